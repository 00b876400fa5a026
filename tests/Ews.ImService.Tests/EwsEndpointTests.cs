using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Ews.ImService.Protocol;

namespace Ews.ImService.Tests;

public sealed class EwsEndpointTests
{
    [Theory]
    [InlineData("/EWS/Exchange.asmx")]
    [InlineData("/ews/exchange.asmx")]
    [InlineData("/EWS/EXCHANGE.ASMX")]
    public async Task The_path_is_matched_in_any_letter_case(string path)
    {
        await using var service = await TestService.StartAsync();

        var response = await service.PostAsync(Encoding.UTF8.GetBytes(EwsRequest.AddImGroup("Team")), path: path);

        response.Should().Succeed();
    }

    [Theory]
    [InlineData("text/xml; charset=utf-8")]
    [InlineData("text/xml;charset=UTF-8")]
    [InlineData("text/xml")]
    [InlineData("TEXT/XML")]
    [InlineData("application/xml")]
    [InlineData("application/atom+xml")]
    [InlineData(null)]
    public async Task XML_media_types_and_a_missing_content_type_are_accepted(string? contentType)
    {
        await using var service = await TestService.StartAsync();

        var response = await service.PostAsync(Encoding.UTF8.GetBytes(EwsRequest.AddImGroup("Team")), contentType);

        response.Should().Succeed();
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/soap+xml")]
    [InlineData("application/soap+xml; charset=utf-8; action=\"a\"")]
    public async Task Any_other_media_type_gets_415_and_changes_nothing(string contentType)
    {
        await using var service = await TestService.StartAsync();

        var response = await service.PostAsync(Encoding.UTF8.GetBytes(EwsRequest.AddImGroup("Team")), contentType);

        response.Status.Should().Be(415);
        response.Text.Should().Contain(contentType);
        (await service.MailboxAsync()).Should().BeNull();
    }

    [Fact]
    public async Task A_compressed_request_is_read_and_a_response_is_compressed_on_request()
    {
        await using var service = await TestService.StartAsync();
        using var handler = new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.GZip };
        using var client = new HttpClient(handler) { BaseAddress = service.Client.BaseAddress };

        using var plain = await service.Client.PostAsync(EwsOptions.Path, Gzipped(EwsRequest.GetImItemList()));
        using var response = await client.PostAsync(EwsOptions.Path, Gzipped(EwsRequest.GetImItemList()));
        service.Client.DefaultRequestHeaders.Add("Accept-Encoding", "gzip, deflate");
        using var compressed = await service.Client.PostAsync(EwsOptions.Path, Gzipped(EwsRequest.GetImItemList()));

        plain.Content.Headers.ContentEncoding.Should().BeEmpty("nobody asked");
        compressed.Content.Headers.ContentEncoding.Should().Equal("gzip");
        (await response.Content.ReadAsStringAsync()).Should().Be(await plain.Content.ReadAsStringAsync()).And.Contain("NoError");
    }

    [Fact]
    public async Task A_body_that_decompresses_beyond_the_limit_gets_413_and_a_damaged_one_400()
    {
        await using var service = await TestService.StartAsync();
        using var bomb = Gzipped(EwsRequest.AddImGroup("Team") + new string(' ', 100_000_000));
        using var damaged = new ByteArrayContent([1, 2, 3])
        {
            Headers = { { "Content-Type", "text/xml" }, { "Content-Encoding", "gzip" } },
        };
        using var unknown = new ByteArrayContent([1, 2, 3])
        {
            Headers = { { "Content-Type", "text/xml" }, { "Content-Encoding", "zstd" } },
        };

        (await service.Client.PostAsync(EwsOptions.Path, bomb)).StatusCode.Should().Be(HttpStatusCode.RequestEntityTooLarge);
        (await service.Client.PostAsync(EwsOptions.Path, damaged)).StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await service.Client.PostAsync(EwsOptions.Path, unknown)).StatusCode.Should().Be(HttpStatusCode.UnsupportedMediaType);
        (await service.MailboxAsync()).Should().BeNull();
    }

    [Theory]
    [InlineData("br", 0, 415)]
    [InlineData("deflate", 0, 415)]
    [InlineData("gzip, gzip", 0, 415)]
    [InlineData("gzip", 1, 400)]
    [InlineData("gzip", 8, 400)]
    [InlineData("gzip", 100, 400)]
    [InlineData("GZIP", 100, 400)]
    public async Task An_incomplete_compressed_body_is_rejected_and_changes_nothing(string encoding, int missing, int status)
    {
        await using var service = await TestService.StartAsync();
        var whole = await Gzipped(EwsRequest.AddImGroup("Team")).ReadAsByteArrayAsync();
        using var content = new ByteArrayContent(whole[..^missing])
        {
            Headers = { { "Content-Type", "text/xml" }, { "Content-Encoding", encoding } },
        };

        using var response = await service.Client.PostAsync(EwsOptions.Path, content);

        ((int)response.StatusCode).Should().Be(status);
        (await service.MailboxAsync()).Should().BeNull();
        (await service.PostAsync(EwsRequest.AddImGroup("Team"))).Should().Succeed();
    }

    [Fact]
    public async Task Connections_beyond_the_limit_are_rejected_until_another_is_closed()
    {
        await using var service = await TestService.StartAsync(TestService.InMemory with { MaxConnections = 1 });
        using var first = new TcpClient();
        await first.ConnectAsync(IPAddress.Loopback, service.Client.BaseAddress!.Port);
        await first.GetStream().WriteAsync("GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n"u8.ToArray());
        (await first.GetStream().ReadAsync(new byte[1000])).Should().BePositive("it is connected");

        var second = () => service.Client.GetAsync("/livez");

        await second.Should().ThrowAsync<HttpRequestException>();
        first.Close();
        await second.Should().NotThrowAfterAsync(TimeSpan.FromSeconds(30), TimeSpan.FromMilliseconds(20));
    }

    [Fact]
    public async Task Too_many_or_too_large_headers_get_431()
    {
        await using var service = await TestService.StartAsync();
        using var many = new HttpRequestMessage(HttpMethod.Get, EwsOptions.Path);
        for (var i = 0; i < 200; i++)
            many.Headers.Add($"X-{i}", "a");
        using var large = new HttpRequestMessage(HttpMethod.Get, EwsOptions.Path) { Headers = { { "X-Large", new string('a', 40_000) } } };

        ((int)(await service.Client.SendAsync(many)).StatusCode).Should().Be(431);
        ((int)(await service.Client.SendAsync(large)).StatusCode).Should().Be(431);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_above_the_limit_gets_413_and_one_at_the_limit_is_processed(bool withLength)
    {
        var fits = EwsRequest.AddImGroup(new string('a', 3000));
        await using var service = await TestService.StartAsync(new EwsOptions { MaxRequestBytes = fits.Length });

        var tooLarge = await PostChunkedAsync(service, EwsRequest.AddImGroup(new string('b', 3001)), withLength);
        var atTheCap = await PostChunkedAsync(service, fits, withLength);

        tooLarge.StatusCode.Should().Be(HttpStatusCode.RequestEntityTooLarge);
        atTheCap.StatusCode.Should().Be(HttpStatusCode.OK);
        (await service.MailboxAsync())!.Groups.Values
            .Should().ContainSingle(group => group.DisplayName.Length == 3000).And.NotContain(group => group.DisplayName.Length == 3001);
    }

    [Fact]
    public async Task A_body_of_one_megabyte_is_accepted_by_default()
    {
        await using var service = await TestService.StartAsync();
        var name = new string('a', 1024 * 1024 - EwsRequest.AddImGroup("").Length);

        var fits = await service.PostAsync(EwsRequest.AddImGroup(name));
        var tooLarge = await service.PostAsync(EwsRequest.AddImGroup(name + "b"));

        fits.Should().Succeed().Value("DisplayName").Should().Be(name);
        tooLarge.Status.Should().Be(413);
    }

    [Fact]
    public async Task A_limit_above_that_of_the_web_server_applies()
    {
        await using var service = await TestService.StartAsync(new EwsOptions { MaxRequestBytes = 40_000_000 });

        var response = await service.PostAsync(EwsRequest.AddImGroup("Team") + new string(' ', 31_000_000));

        response.Should().Succeed();
    }

    [Fact]
    public async Task A_GET_returns_a_page_and_other_methods_get_405()
    {
        await using var service = await TestService.StartAsync();

        using var page = await service.Client.GetAsync(EwsOptions.Path);
        using var put = await service.Client.PutAsync(EwsOptions.Path, new StringContent(""));
        using var delete = await service.Client.DeleteAsync(EwsOptions.Path);

        page.StatusCode.Should().Be(HttpStatusCode.OK);
        (await page.Content.ReadAsStringAsync()).Should().Contain("Exchange Web Services");
        put.StatusCode.Should().Be(HttpStatusCode.MethodNotAllowed);
        delete.StatusCode.Should().Be(HttpStatusCode.MethodNotAllowed);
        delete.Content.Headers.Allow.Should().BeEquivalentTo("GET", "HEAD", "OPTIONS", "POST");
        using var options = await service.Client.SendAsync(new HttpRequestMessage(HttpMethod.Options, EwsOptions.Path));
        options.StatusCode.Should().Be(HttpStatusCode.NoContent);
        options.Content.Headers.Allow.Should().Contain("POST");
    }

    [Fact]
    public async Task Health_endpoints_respond_and_an_unknown_path_names_the_endpoints()
    {
        await using var service = await TestService.StartAsync();

        using var live = await service.Client.GetAsync("/livez");
        using var ready = await service.Client.GetAsync("/readyz");
        using var nothing = await service.Client.GetAsync("/elsewhere");
        using var almost = await service.Client.PostAsync("/Exchange.asmx", new StringContent("<a/>"));

        live.StatusCode.Should().Be(HttpStatusCode.OK);
        ready.StatusCode.Should().Be(HttpStatusCode.OK);
        nothing.StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await nothing.Content.ReadAsStringAsync()).Should().Contain(EwsOptions.Path);
        almost.StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await almost.Content.ReadAsStringAsync()).Should().Contain(EwsOptions.Path);
    }

    [Fact]
    public async Task A_response_has_a_length_a_request_id_and_on_request_the_client_s_id()
    {
        await using var service = await TestService.StartAsync();
        service.Client.DefaultRequestHeaders.Add("client-request-id", "mine");
        service.Client.DefaultRequestHeaders.Add("return-client-request-id", "true");

        using var response = await service.Client.PostAsync(
            EwsOptions.Path, new StringContent(EwsRequest.AddImGroup("Team"), Encoding.UTF8, "text/xml"));

        response.Content.Headers.ContentLength.Should().BePositive();
        response.Headers.GetValues("request-id").Single().Should().NotBeEmpty();
        response.Headers.GetValues("client-request-id").Should().Equal("mine");
    }

    [Theory]
    [InlineData("\u00e9")]
    [InlineData("a\u4e2d")]
    public async Task A_client_id_that_is_not_a_valid_header_value_is_not_returned(string id)
    {
        await using var service = await TestService.StartAsync();
        using var handler = new SocketsHttpHandler { RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8 };
        using var client = new HttpClient(handler) { BaseAddress = service.Client.BaseAddress };
        client.DefaultRequestHeaders.TryAddWithoutValidation("client-request-id", id).Should().BeTrue();
        client.DefaultRequestHeaders.Add("return-client-request-id", "true");

        using var response = await client.PostAsync(
            EwsOptions.Path, new StringContent(EwsRequest.AddImGroup("Team"), Encoding.UTF8, "text/xml"));

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        response.Headers.Contains("client-request-id").Should().BeFalse();
    }

    [Fact]
    public async Task A_client_that_expects_100_Continue_receives_it()
    {
        await using var service = await TestService.StartAsync();
        service.Client.DefaultRequestHeaders.ExpectContinue = true;

        var response = await service.PostAsync(EwsRequest.AddImGroup("Team"));

        response.Should().Succeed();
    }

    private static ByteArrayContent Gzipped(string text)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        return new ByteArrayContent(bytes.ToArray())
        {
            Headers = { { "Content-Type", "text/xml; charset=utf-8" }, { "Content-Encoding", "gzip" } },
        };
    }

    private static async Task<HttpResponseMessage> PostChunkedAsync(TestService service, string body, bool withLength)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, EwsOptions.Path)
        {
            Content = new StringContent(body, Encoding.UTF8, "text/xml"),
        };
        request.Headers.TransferEncodingChunked = !withLength;
        return await service.Client.SendAsync(request);
    }
}
