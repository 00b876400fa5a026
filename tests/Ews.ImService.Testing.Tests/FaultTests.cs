using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Xml;
using System.Xml.Linq;

namespace Ews.ImService.Testing.Tests;

public sealed class FaultTests
{
    private const string Alice = "alice@contoso.com";

    [Fact]
    public async Task A_busy_server_says_how_long_to_stay_away_and_the_journal_shows_who_does_not()
    {
        var backOff = TimeSpan.FromMilliseconds(300);
        await using var exchange = await EwsImServer.StartAsync();
        var impatient = new ImClient(exchange, Alice);
        var patient = new ImClient(exchange, "bob@contoso.com");
        await exchange.Faults.AddAsync(Fault.ServerBusy(backOff).OnMailbox(Alice).Once());
        await exchange.Faults.AddAsync(Fault.ServerBusy(backOff).OnMailbox("bob@contoso.com").Once());

        using var busy = await impatient.PostAsync();
        var fault = XDocument.Parse(await busy.Content.ReadAsStringAsync());
        (await impatient.GetImItemListAsync()).Should().Contain("NoError");
        await patient.GetImItemListAsync();
        await Task.Delay(backOff + TimeSpan.FromMilliseconds(50));
        (await patient.GetImItemListAsync()).Should().Contain("NoError");

        busy.StatusCode.Should().Be(HttpStatusCode.InternalServerError);
        fault.Descendants().Single(element => element.Name.LocalName == "ResponseCode").Value.Should().Be("ErrorServerBusy");
        fault.Descendants().Single(element => element.Name.LocalName == "Value").Should().Match<XElement>(value => value.Attribute("Name")!.Value == "BackOffMilliseconds" && value.Value == "300");
        var early = await exchange.Journal.ShouldHaveReceivedAsync(new RequestPattern { IsEarly = true }, times: 1);
        early.Single().Should().Match<ReceivedRequest>(request => request.Mailbox == Alice && request.EarlyByMilliseconds > 0 && request.EarlyByMilliseconds <= 300);
    }

    [Fact]
    public async Task Any_response_code_takes_the_place_of_the_operation_s_answer_and_the_operation_does_not_run()
    {
        await using var exchange = await EwsImServer.StartAsync();
        await exchange.Faults.AddAsync(Fault.ResponseCode("ErrorItemNotFound").OnOperation("AddImGroup").Times(1));
        await exchange.Faults.AddAsync(Fault.ResponseCode("ErrorQuotaExceeded", "Full.").OnOperation("AddImGroup").Times(1));
        await exchange.Faults.AddAsync(Fault.SoapFault("ErrorMailboxStoreUnavailable").OnOperation("AddImGroup").Times(1));
        var client = new ImClient(exchange, Alice);

        using var known = await client.PostAsync("AddImGroup", "<m:DisplayName>Team</m:DisplayName>");
        using var named = await client.PostAsync("AddImGroup", "<m:DisplayName>Team</m:DisplayName>");
        using var fault = await client.PostAsync("AddImGroup", "<m:DisplayName>Team</m:DisplayName>");

        known.StatusCode.Should().Be(HttpStatusCode.OK);
        (await known.Content.ReadAsStringAsync()).Should().Contain("<AddImGroupResponse ResponseClass=\"Error\"").And.Contain("The specified object was not found in the store.").And.Contain("<ResponseCode>ErrorItemNotFound</ResponseCode>");
        (await named.Content.ReadAsStringAsync()).Should().Contain("<MessageText>Full.</MessageText><ResponseCode>ErrorQuotaExceeded</ResponseCode>");
        fault.StatusCode.Should().Be(HttpStatusCode.InternalServerError);
        (await fault.Content.ReadAsStringAsync()).Should().Contain(":ErrorMailboxStoreUnavailable</faultcode>");
        (await exchange.ReadMailboxAsync(Alice)).Should().BeNull();
    }

    [Theory]
    [InlineData(401, "WWW-Authenticate", "Basic realm=\"x\"")]
    [InlineData(403, "X-Reason", "policy")]
    [InlineData(503, "Retry-After", "7")]
    [InlineData(302, "Location", "https://127.0.0.1:1/elsewhere")]
    public async Task HTTP_itself_can_answer(int status, string header, string value)
    {
        await using var exchange = await EwsImServer.StartAsync();
        await exchange.Faults.AddAsync(Fault.Http(status, "Not now.", new Dictionary<string, string> { [header] = value }));
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });

        using var response = await new ImClient(http, exchange.Url, Alice).PostAsync();

        ((int)response.StatusCode).Should().Be(status);
        response.Headers.GetValues(header).Should().Equal(value);
        (await response.Content.ReadAsStringAsync()).Should().Be("Not now.");
        (await exchange.Journal.ReadAsync()).Should().ContainSingle().Which.Status.Should().Be(status);
    }

    [Fact]
    public async Task A_late_answer_is_the_right_one_and_a_client_that_does_not_wait_is_in_the_journal()
    {
        await using var exchange = await EwsImServer.StartAsync();
        await exchange.Faults.AddAsync(Fault.Delay(TimeSpan.FromMilliseconds(200)).Once());
        await exchange.Faults.AddAsync(Fault.Delay(TimeSpan.FromMinutes(5)));
        var client = new ImClient(exchange, Alice);

        var started = Stopwatch.GetTimestamp();
        (await client.GetImItemListAsync()).Should().Contain("NoError");
        Stopwatch.GetElapsedTime(started).Should().BeGreaterThan(TimeSpan.FromMilliseconds(190));
        using var impatience = new CancellationTokenSource();
        var waiting = client.PostAsync(cancellation: impatience.Token);
        await exchange.Journal.WaitForArrivalAsync(new RequestPattern { After = 1 });
        await impatience.CancelAsync();
        await FluentActions.Awaiting(() => waiting).Should().ThrowAsync<OperationCanceledException>();

        (await exchange.Journal.WaitForAsync(request => request.State == "failed")).Should().Match<ReceivedRequest>(request => request.Id == 2 && request.Operation == "GetImItemList" && request.Status == null);
    }

    [Fact]
    public async Task A_slow_body_comes_whole_in_the_end()
    {
        await using var exchange = await EwsImServer.StartAsync();
        await exchange.Faults.AddAsync(Fault.SlowBody(bytesPerSecond: 3000));

        var started = Stopwatch.GetTimestamp();
        var answer = await new ImClient(exchange, Alice).GetImItemListAsync();

        XDocument.Parse(answer).Should().NotBeNull();
        Stopwatch.GetElapsedTime(started).Should().BeGreaterThan(TimeSpan.FromSeconds(answer.Length / 3000.0 * 0.7));
    }

    [Fact]
    public async Task A_dropped_connection_may_have_run_the_operation_or_not()
    {
        await using var exchange = await EwsImServer.StartAsync();
        await exchange.Faults.AddAsync(Fault.Drop().Once());
        await exchange.Faults.AddAsync(Fault.DropAfter().Once());
        var client = new ImClient(exchange, Alice);

        await client.Invoking(it => it.AddImGroupAsync("Before")).Should().ThrowAsync<HttpRequestException>();
        await client.Invoking(it => it.AddImGroupAsync("After")).Should().ThrowAsync<HttpRequestException>();

        (await exchange.ReadMailboxAsync(Alice))!.UserGroups.Select(group => group.DisplayName).Should().Equal("After");
        (await exchange.Journal.ReadAsync()).Select(request => (request.State, request.ResponseCode)).Should().Equal(("failed", null), ("failed", "NoError"));
    }

    [Fact]
    public async Task A_truncated_answer_breaks_off_and_a_malformed_one_is_whole_and_no_XML()
    {
        await using var exchange = await EwsImServer.StartAsync();
        await exchange.Faults.AddAsync(Fault.Truncate(50).Once());
        var client = new ImClient(exchange, Alice);

        using (var http = new HttpClient())
        using (var request = new HttpRequestMessage(HttpMethod.Post, exchange.Url) { Content = new StringContent("<a", null, "text/xml") })
        using (var truncated = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead))
        {
            truncated.StatusCode.Should().Be(HttpStatusCode.InternalServerError);
            var stream = await truncated.Content.ReadAsStreamAsync();
            var received = new MemoryStream();
            await stream.Invoking(it => it.CopyToAsync(received)).Should().ThrowAsync<IOException>();
            received.Length.Should().Be(50);
        }

        await exchange.Faults.AddAsync(Fault.Truncate(50).Once());
        using (var old = new TcpClient("127.0.0.1", exchange.Url.Port))
        {
            await old.GetStream().WriteAsync("POST /EWS/Exchange.asmx HTTP/1.0\r\nContent-Type: text/xml\r\nContent-Length: 2\r\n\r\n<a"u8.ToArray());
            var text = await new StreamReader(old.GetStream()).ReadToEndAsync();
            text.Should().NotContain("chunked");
            text[(text.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..].Should().HaveLength(50).And.StartWith("<?xml");
        }

        await exchange.Faults.ClearAsync();
        await exchange.Faults.AddAsync(Fault.Malformed().Once());

        var malformed = await client.GetImItemListAsync();

        FluentActions.Invoking(() => XDocument.Parse(malformed)).Should().Throw<XmlException>();
        malformed.Should().EndWith("Envelope>");
        XDocument.Parse(await client.GetImItemListAsync()).Should().NotBeNull();
    }

    [Fact]
    public async Task A_rule_says_for_whom_from_when_how_often_and_by_what_chance()
    {
        await using var exchange = await EwsImServer.StartAsync();
        var nth = await exchange.Faults.AddAsync(Fault.Http(503).OnOperation("GetImItemList").OnMailbox("ALICE@contoso.com").FromNth(2).Times(2));
        var alice = new ImClient(exchange, Alice);
        var bob = new ImClient(exchange, "bob@contoso.com");

        (await StatusesAsync(bob, 3)).Should().Equal(200, 200, 200);
        await alice.AddImGroupAsync("Team");
        (await StatusesAsync(alice, 4)).Should().Equal(200, 503, 503, 200);
        (await exchange.Faults.CountStruckAsync(nth)).Should().Be(2);
        await exchange.Faults.RemoveAsync(nth);
        await exchange.Faults.Invoking(it => it.RemoveAsync(nth)).Should().ThrowAsync<EwsImServerException>();

        var runs = new List<List<int>>();
        foreach (var seed in new[] { 7, 7, 8 })
        {
            await exchange.Faults.ClearAsync();
            await exchange.Faults.AddAsync(Fault.Http(503).WithProbability(0.5, seed));
            runs.Add(await StatusesAsync(bob, 20));
        }

        runs[0].Should().Equal(runs[1]).And.NotEqual(runs[2]).And.Contain(200).And.Contain(503);
    }

    [Fact]
    public async Task Moving_the_clock_by_hand_is_waiting_too()
    {
        await using var exchange = await EwsImServer.StartAsync();
        await exchange.Faults.AddAsync(Fault.ServerBusy(TimeSpan.FromMinutes(5)).Once());
        var client = new ImClient(exchange, Alice);

        await client.GetImItemListAsync();
        await exchange.Clock.AdvanceAsync(TimeSpan.FromMinutes(4));
        await client.GetImItemListAsync();
        await exchange.Clock.FreezeAsync(await exchange.Clock.ReadAsync() + TimeSpan.FromMinutes(2));
        await client.GetImItemListAsync();

        (await exchange.Journal.ReadAsync()).Select(request => request.EarlyByMilliseconds is not null).Should().Equal(false, true, false);
    }

    [Fact]
    public async Task A_header_may_be_there_several_times_and_none_may_say_where_the_answer_ends()
    {
        await using var exchange = await EwsImServer.StartAsync();
        using var http = exchange.CreateHttpClient();
        var faults = new Uri(exchange.Url, "/_control/v1/faults");

        using var refused = await http.PostAsync(faults, new StringContent("""{ "kind": "http", "status": 204, "body": "x", "headers": { "Transfer-Encoding": "chunked" } }"""));
        using var added = await http.PostAsync(faults, new StringContent("""{ "kind": "http", "status": 401, "headers": { "WWW-Authenticate": ["NTLM", "Negotiate"] } }"""));
        using var response = await new ImClient(exchange, Alice).PostAsync();

        (await refused.Content.ReadAsStringAsync()).Should().Contain("$.headers has 'Transfer-Encoding', which the web server sets itself.").And.Contain("$.body cannot go with the status 204.");
        response.Headers.GetValues("WWW-Authenticate").Should().Equal("NTLM", "Negotiate");
    }

    [Fact]
    public async Task A_rule_that_cannot_be_is_refused_with_everything_that_is_wrong_with_it()
    {
        await using var exchange = await EwsImServer.StartAsync();

        await exchange.Faults.Invoking(it => it.AddAsync(Fault.Http(99).WithProbability(2))).Should().ThrowAsync<EwsImServerException>().WithMessage("*$.status*$.probability*");
        await exchange.Faults.Invoking(it => it.AddAsync(Fault.ResponseCode("<oops>"))).Should().ThrowAsync<EwsImServerException>().WithMessage("*$.responseCode*");
    }

    private static async Task<List<int>> StatusesAsync(ImClient client, int count)
    {
        var statuses = new List<int>();
        for (var i = 0; i < count; i++)
        {
            using var response = await client.PostAsync();
            statuses.Add((int)response.StatusCode);
        }

        return statuses;
    }
}
