using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Ews.ImService.Control.Contract;
using Ews.ImService.Protocol;

namespace Ews.ImService.Tests.Recording;

public sealed class RecorderTests : IAsyncLifetime
{
    private TestService _service = null!;
    private TestRecorder _recorder = null!;

    public async Task InitializeAsync()
    {
        _service = await TestService.StartAsync();
        _recorder = await TestRecorder.StartAsync(_service);
    }

    public async Task DisposeAsync()
    {
        await _recorder.DisposeAsync();
        await _service.DisposeAsync();
    }

    [Fact]
    public async Task A_request_and_its_response_are_forwarded_and_recorded()
    {
        using var request = Request(EwsRequest.AddImGroup("Team"));
        request.Headers.Add("X-AnchorMailbox", "alice@contoso.com");
        request.Headers.Add("client-request-id", "1234");
        request.Headers.Add("return-client-request-id", "true");

        using var response = await _recorder.Client.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        var entry = _recorder.TakeEntry();

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        response.Headers.GetValues("client-request-id").Should().Equal("1234");
        (await _service.MailboxAsync())!.HasGroupNamed("Team").Should().BeTrue();
        entry.Should().BeEquivalentTo(new
        {
            Id = 1L,
            State = JournalState.Answered,
            Method = "POST",
            Path = EwsOptions.Path,
            Operation = "AddImGroup",
            Mailbox = "alice@contoso.com",
            ResponseCode = "NoError",
            Status = 200,
            ResponseBytes = body.Length,
        });
        entry.Request!.Body.Should().Be(EwsRequest.AddImGroup("Team"));
        entry.Request.Headers["X-AnchorMailbox"].Should().Be("alice@contoso.com");
        entry.Response!.Body.Should().Be(body);
        entry.Response.Headers["Content-Type"].Should().Be("text/xml; charset=utf-8");
    }

    [Fact]
    public async Task Compressed_bodies_are_forwarded_as_they_are_and_recorded_as_text()
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionMode.Compress))
            gzip.Write(Encoding.UTF8.GetBytes(EwsRequest.GetImItemList()));
        using var request = Request("");
        request.Content = new ByteArrayContent(compressed.ToArray());
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("text/xml");
        request.Content.Headers.ContentEncoding.Add("gzip");
        request.Headers.AcceptEncoding.ParseAdd("gzip");

        using var response = await _recorder.Client.SendAsync(request);
        using var received = new GZipStream(await response.Content.ReadAsStreamAsync(), CompressionMode.Decompress);
        var body = await new StreamReader(received).ReadToEndAsync();
        var entry = _recorder.TakeEntry();

        response.Content.Headers.ContentEncoding.Should().Equal("gzip");
        entry.Request!.Body.Should().Be(EwsRequest.GetImItemList());
        entry.Response!.Body.Should().Be(body).And.Contain("GetImItemListResponse");
    }

    [Fact]
    public async Task A_redirect_is_forwarded_and_not_followed()
    {
        await AddFaultAsync("""{ "kind": "http", "status": 302, "headers": { "Location": "https://other.contoso.com/?code=secret" } }""");
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var request = Request(EwsRequest.AddImGroup("Team"));
        request.RequestUri = _recorder.Client.BaseAddress;

        using var response = await client.SendAsync(request);
        var entry = _recorder.TakeEntry();

        response.StatusCode.Should().Be(HttpStatusCode.Found);
        response.Headers.Location.Should().Be("https://other.contoso.com/?code=secret");
        entry.Status.Should().Be(302);
        entry.Response!.Headers["Location"].Should().Be("https://other.contoso.com/?code=(hidden)");
    }

    [Theory]
    [InlineData("truncate", true)]
    [InlineData("drop", false)]
    public async Task A_connection_that_the_server_closes_is_recorded_as_failed(string kind, bool hasBegun)
    {
        await AddFaultAsync($$"""{ "kind": "{{kind}}" }""");

        var send = () => _recorder.Client.PostAsync("", new StringContent(EwsRequest.AddImGroup("Team"), null, "text/xml"));
        if (hasBegun)
            await send.Should().ThrowAsync<HttpRequestException>();
        else
            (await send()).StatusCode.Should().Be(HttpStatusCode.BadGateway);

        var entry = _recorder.TakeEntry();
        entry.State.Should().Be(JournalState.Failed);
        entry.Status.Should().BeNull();
        entry.Operation.Should().Be("AddImGroup");
        (entry.Response!.Body!.Length > 0).Should().Be(hasBegun);
    }

    [Fact]
    public async Task A_server_that_does_not_respond_is_status_502()
    {
        var root = new Uri(_service.Client.BaseAddress!, "/");
        await _service.DisposeAsync();

        using var response = await _recorder.Client.PostAsync("", new StringContent("x"));

        response.StatusCode.Should().Be(HttpStatusCode.BadGateway);
        (await response.Content.ReadAsStringAsync()).Should().StartWith($"{root} does not respond: ");
        _recorder.TakeEntry().State.Should().Be(JournalState.Failed);
    }

    [Fact]
    public async Task Events_are_forwarded_while_the_stream_is_open()
    {
        var subscribed = await _service.PostAsync(EwsRequest.For(
            "Subscribe",
            "<m:StreamingSubscriptionRequest><t:FolderIds><t:DistinguishedFolderId Id='contacts'/></t:FolderIds>"
            + "<t:EventTypes><t:EventType>CreatedEvent</t:EventType></t:EventTypes></m:StreamingSubscriptionRequest>"));
        using var request = Request(EwsRequest.For(
            "GetStreamingEvents",
            $"<m:SubscriptionIds><t:SubscriptionId>{subscribed.Value("SubscriptionId")}</t:SubscriptionId></m:SubscriptionIds>"
            + "<m:ConnectionTimeout>30</m:ConnectionTimeout>"));

        using (var response = await _recorder.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead))
        {
            var stream = await response.Content.ReadAsStreamAsync();
            await ReadUntilAsync(stream, "ConnectionStatus>OK");
            (await _service.PostAsync(EwsRequest.CreateItem("<t:GivenName>Erin</t:GivenName>"))).Should().Succeed();
            await ReadUntilAsync(stream, "CreatedEvent");
        }

        var entry = _recorder.TakeEntry();
        entry.State.Should().Be(JournalState.Failed);
        entry.ResponseCode.Should().Be("NoError");
        entry.Response!.Body.Should().Contain("CreatedEvent");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Urls_of_the_server_in_the_contract_are_those_of_the_recorder(bool keepsUrls)
    {
        await using var recorder = await TestRecorder.StartAsync(TestRecorder.OptionsFor(_service) with { KeepsUrls = keepsUrls });

        var wsdl = await recorder.Client.GetStringAsync("/EWS/Services.wsdl");

        var (own, original) = ($"\"{recorder.Client.BaseAddress}\"", $"\"{_service.Client.BaseAddress}\"");
        wsdl.Should().Contain(keepsUrls ? original : own).And.NotContain(keepsUrls ? own : original);
        recorder.TakeEntry().Response!.Body.Should().Contain(original).And.NotContain(own);
    }

    [Fact]
    public async Task Urls_of_the_server_in_compressed_Autodiscover_responses_are_those_of_the_recorder()
    {
        using var client = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.All });
        const string Query = """
            <Autodiscover xmlns="http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006"><Request>
            <EMailAddress>alice@contoso.com</EMailAddress>
            <AcceptableResponseSchema>
            http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a</AcceptableResponseSchema>
            </Request></Autodiscover>
            """;

        using var response = await client.PostAsync(
            new Uri(_recorder.Client.BaseAddress!, "/autodiscover/autodiscover.xml"), new StringContent(Query, Encoding.UTF8, "text/xml"));

        (await response.Content.ReadAsStringAsync()).Should().Contain($"<EwsUrl>{_recorder.Client.BaseAddress}</EwsUrl>");
        _recorder.TakeEntry().Response!.Body.Should().Contain($"<EwsUrl>{_service.Client.BaseAddress}</EwsUrl>");
    }

    private static HttpRequestMessage Request(string body) => new(HttpMethod.Post, (Uri?)null)
    {
        Content = new StringContent(body, Encoding.UTF8, "text/xml"),
    };

    private static async Task ReadUntilAsync(Stream stream, string text)
    {
        var (received, buffer) = ("", new byte[4096]);
        while (!received.Contains(text, StringComparison.Ordinal))
        {
            var count = await stream.ReadAsync(buffer).AsTask().WaitAsync(TimeSpan.FromSeconds(60));
            count.Should().BePositive("the stream is open");
            received += Encoding.UTF8.GetString(buffer, 0, count);
        }
    }

    private async Task AddFaultAsync(string rule)
    {
        using var body = new StringContent(rule, Encoding.UTF8, "application/json");
        using var added = await _service.Client.PostAsync("/_control/v1/faults", body);
        added.EnsureSuccessStatusCode();
    }
}
