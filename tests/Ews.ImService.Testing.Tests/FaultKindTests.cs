using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Xml;
using System.Xml.Linq;

namespace Ews.ImService.Testing.Tests;

public sealed class FaultKindTests
{
    private const string Alice = "alice@contoso.com";
    private const string Bob = "bob@contoso.com";

    /// <summary>Longer than a request takes on a busy machine.</summary>
    private static readonly TimeSpan MaxWait = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task ServerBusy_returns_the_back_off_and_the_journal_marks_early_requests()
    {
        var backOff = TimeSpan.FromHours(1);
        await using var exchange = await EwsImServer.StartAsync();
        var impatient = new ImClient(exchange, Alice);
        var patient = new ImClient(exchange, Bob);
        await exchange.Faults.AddAsync(Fault.ServerBusy(backOff).OnMailbox(Alice).Once());
        await exchange.Faults.AddAsync(Fault.ServerBusy(backOff).OnMailbox(Bob).Once());

        using var busy = await impatient.PostAsync();
        var fault = XDocument.Parse(await busy.Content.ReadAsStringAsync());
        (await impatient.GetImItemListAsync()).Should().Contain("NoError");
        await patient.GetImItemListAsync();
        await exchange.Clock.AdvanceAsync(backOff);
        (await patient.GetImItemListAsync()).Should().Contain("NoError");

        busy.StatusCode.Should().Be(HttpStatusCode.InternalServerError);
        fault.Descendants().Single(element => element.Name.LocalName == "ResponseCode").Value.Should().Be("ErrorServerBusy");
        fault.Descendants().Single(element => element.Name.LocalName == "Value")
            .Should().Match<XElement>(value => value.Attribute("Name")!.Value == "BackOffMilliseconds" && value.Value == "3600000");
        var early = await exchange.Journal.ShouldHaveReceivedAsync(new RequestPattern { IsEarly = true }, times: 1);
        early.Single().Mailbox.Should().Be(Alice);
        early.Single().EarlyByMilliseconds.Should().BePositive().And.BeLessThanOrEqualTo(backOff.TotalMilliseconds);
    }

    [Fact]
    public async Task ResponseCode_and_SoapFault_replace_the_response_and_the_operation_is_not_executed()
    {
        await using var exchange = await EwsImServer.StartAsync();
        await exchange.Faults.AddAsync(Fault.ResponseCode("ErrorItemNotFound").OnOperation("AddImGroup").Once());
        await exchange.Faults.AddAsync(Fault.ResponseCode("ErrorQuotaExceeded", "Full.").OnOperation("AddImGroup").Once());
        await exchange.Faults.AddAsync(Fault.SoapFault("ErrorMailboxStoreUnavailable").OnOperation("AddImGroup").Once());
        var client = new ImClient(exchange, Alice);

        using var withKnownText = await client.PostAsync("AddImGroup", "<m:DisplayName>Team</m:DisplayName>");
        using var withGivenText = await client.PostAsync("AddImGroup", "<m:DisplayName>Team</m:DisplayName>");
        using var soapFault = await client.PostAsync("AddImGroup", "<m:DisplayName>Team</m:DisplayName>");

        withKnownText.StatusCode.Should().Be(HttpStatusCode.OK);
        (await withKnownText.Content.ReadAsStringAsync()).Should().Contain("<AddImGroupResponse ResponseClass=\"Error\"")
            .And.Contain("The specified object was not found in the store.").And.Contain("<ResponseCode>ErrorItemNotFound</ResponseCode>");
        (await withGivenText.Content.ReadAsStringAsync())
            .Should().Contain("<MessageText>Full.</MessageText><ResponseCode>ErrorQuotaExceeded</ResponseCode>");
        soapFault.StatusCode.Should().Be(HttpStatusCode.InternalServerError);
        (await soapFault.Content.ReadAsStringAsync()).Should().Contain(":ErrorMailboxStoreUnavailable</faultcode>");
        (await exchange.FindMailboxAsync(Alice)).Should().BeNull();
    }

    [Theory]
    [InlineData(401, "WWW-Authenticate", "Basic realm=\"x\"")]
    [InlineData(403, "X-Reason", "policy")]
    [InlineData(503, "Retry-After", "7")]
    [InlineData(302, "Location", "https://127.0.0.1:1/elsewhere")]
    public async Task Http_returns_the_status_the_header_and_the_body(int status, string header, string value)
    {
        await using var exchange = await EwsImServer.StartAsync();
        await exchange.Faults.AddAsync(Fault.Http(status, "Not now.", new Dictionary<string, string> { [header] = value }));
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });

        using var response = await new ImClient(http, exchange.Url, Alice).PostAsync();

        ((int)response.StatusCode).Should().Be(status);
        response.Headers.GetValues(header).Should().Equal(value);
        (await response.Content.ReadAsStringAsync()).Should().Be("Not now.");
        (await exchange.Journal.GetEntriesAsync()).Should().ContainSingle().Which.Status.Should().Be(status);
    }

    [Fact]
    public async Task Http_returns_a_repeated_header_twice()
    {
        await using var exchange = await EwsImServer.StartAsync();
        await exchange.Faults.AddAsync(Fault.Http(401, headers: [new("WWW-Authenticate", "NTLM"), new("WWW-Authenticate", "Negotiate")]));

        using var response = await new ImClient(exchange, Alice).PostAsync();

        response.Headers.GetValues("WWW-Authenticate").Should().Equal("NTLM", "Negotiate");
    }

    [Fact]
    public async Task Delay_delays_the_response_and_a_request_that_the_client_aborts_is_in_the_journal()
    {
        await using var exchange = await EwsImServer.StartAsync();
        await exchange.Faults.AddAsync(Fault.Delay(TimeSpan.FromMilliseconds(200)).Once());
        await exchange.Faults.AddAsync(Fault.Delay(TimeSpan.FromMinutes(5)));
        var client = new ImClient(exchange, Alice);

        var started = Stopwatch.GetTimestamp();
        (await client.GetImItemListAsync()).Should().Contain("NoError");
        Stopwatch.GetElapsedTime(started).Should().BeGreaterThan(TimeSpan.FromMilliseconds(190));
        using var canceled = new CancellationTokenSource();
        var waiting = client.PostAsync(cancellationToken: canceled.Token);
        await exchange.Journal.WaitForArrivalAsync(new RequestPattern { AfterId = 1 }, MaxWait);
        await canceled.CancelAsync();
        await FluentActions.Awaiting(() => waiting).Should().ThrowAsync<OperationCanceledException>();

        var failed = await exchange.Journal.WaitForAsync(request => request.State == JournalState.Failed, MaxWait);
        failed.Should().BeEquivalentTo(new { Id = 2, Operation = "GetImItemList", Status = (int?)null });
    }

    [Fact]
    public async Task WithDelay_delays_an_injected_response()
    {
        await using var exchange = await EwsImServer.StartAsync();
        await exchange.Faults.AddAsync(Fault.Http(503).WithDelay(TimeSpan.FromMilliseconds(200)));

        var started = Stopwatch.GetTimestamp();
        using var response = await new ImClient(exchange, Alice).PostAsync();

        response.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        Stopwatch.GetElapsedTime(started).Should().BeGreaterThan(TimeSpan.FromMilliseconds(190));
    }

    [Fact]
    public async Task SlowBody_sends_the_complete_response_at_the_given_rate()
    {
        await using var exchange = await EwsImServer.StartAsync();
        await exchange.Faults.AddAsync(Fault.SlowBody(bytesPerSecond: 3000));

        var started = Stopwatch.GetTimestamp();
        var response = await new ImClient(exchange, Alice).GetImItemListAsync();

        XDocument.Parse(response).Root!.Name.LocalName.Should().Be("Envelope");
        Stopwatch.GetElapsedTime(started).Should().BeGreaterThan(TimeSpan.FromSeconds(response.Length / 3000.0 * 0.7));
    }

    [Fact]
    public async Task Drop_does_not_execute_the_operation_and_DropAfter_does()
    {
        await using var exchange = await EwsImServer.StartAsync();
        await exchange.Faults.AddAsync(Fault.Drop().Once());
        await exchange.Faults.AddAsync(Fault.DropAfter().Once());
        var client = new ImClient(exchange, Alice);

        await client.Invoking(it => it.AddImGroupAsync("Before")).Should().ThrowAsync<HttpRequestException>();
        await client.Invoking(it => it.AddImGroupAsync("After")).Should().ThrowAsync<HttpRequestException>();

        (await exchange.FindMailboxAsync(Alice))!.UserGroups.Select(group => group.DisplayName).Should().Equal("After");
        (await exchange.Journal.GetEntriesAsync()).Select(request => (request.State, request.ResponseCode))
            .Should().Equal((JournalState.Failed, null), (JournalState.Failed, "NoError"));
    }

    [Fact]
    public async Task Truncate_ends_a_chunked_response_after_the_given_number_of_bytes()
    {
        await using var exchange = await EwsImServer.StartAsync();
        await exchange.Faults.AddAsync(Fault.Truncate(50).Once());
        using var http = exchange.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, exchange.Url) { Content = new StringContent("<a", null, "text/xml") };

        using var truncated = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);

        truncated.StatusCode.Should().Be(HttpStatusCode.InternalServerError);
        var stream = await truncated.Content.ReadAsStreamAsync();
        var received = new MemoryStream();
        await stream.Invoking(it => it.CopyToAsync(received)).Should().ThrowAsync<IOException>();
        received.Length.Should().Be(50);
    }

    [Fact]
    public async Task Truncate_ends_an_HTTP_1_0_response_after_the_given_number_of_bytes()
    {
        await using var exchange = await EwsImServer.StartAsync();
        await exchange.Faults.AddAsync(Fault.Truncate(50).Once());
        using var client = new TcpClient("127.0.0.1", exchange.Url.Port);

        var request = "POST /EWS/Exchange.asmx HTTP/1.0\r\nContent-Type: text/xml\r\nContent-Length: 2\r\n\r\n<a"u8.ToArray();
        await client.GetStream().WriteAsync(request);
        var response = await new StreamReader(client.GetStream()).ReadToEndAsync();

        response.Should().NotContain("chunked");
        response[(response.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..].Should().HaveLength(50).And.StartWith("<?xml");
    }

    [Fact]
    public async Task Malformed_returns_a_complete_response_that_is_not_XML()
    {
        await using var exchange = await EwsImServer.StartAsync();
        await exchange.Faults.AddAsync(Fault.Malformed().Once());
        var client = new ImClient(exchange, Alice);

        var malformed = await client.GetImItemListAsync();

        FluentActions.Invoking(() => XDocument.Parse(malformed)).Should().Throw<XmlException>();
        malformed.Should().EndWith("Envelope>");
        (await client.GetImItemListAsync()).Should().Contain("NoError");
    }
}
