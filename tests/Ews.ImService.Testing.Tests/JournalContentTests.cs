using System.Text;

namespace Ews.ImService.Testing.Tests;

public sealed class JournalContentTests
{
    private const string Alice = "alice@contoso.com";
    private const string Secret = "TOPSECRETXYZ";

    [Fact]
    public async Task A_request_has_headers_and_bodies_without_credentials()
    {
        await using var exchange = await EwsImServer.StartAsync();
        await new ImClient(exchange, Alice).AddImGroupAsync("Team");

        var request = (await exchange.Journal.GetEntriesAsync()).Single();

        request.Should().BeEquivalentTo(new
        {
            Id = 1,
            State = JournalState.Answered,
            Method = "POST",
            Path = "/EWS/Exchange.asmx",
            Operation = "AddImGroup",
            Mailbox = Alice,
            ResponseCode = "NoError",
            Status = 200,
        });
        request.RequestHeaders["Authorization"].Should().Be("Basic (hidden)");
        request.RequestHeaders["Content-Type"].Should().StartWith("text/xml");
        request.RequestBody.Should().Contain("<m:DisplayName>Team</m:DisplayName>");
        request.ResponseHeaders["content-type"].Should().StartWith("text/xml");
        request.ResponseBody.Should().Contain("AddImGroupResponse");
        request.Duration.Should().BePositive().And.Be(TimeSpan.FromMilliseconds(request.Milliseconds!.Value));
    }

    [Fact]
    public async Task A_request_has_the_id_of_the_trace_that_its_client_sent()
    {
        await using var exchange = await EwsImServer.StartAsync();
        using var http = exchange.CreateClient();
        await new ImClient(http, exchange.Url, Alice).AddImGroupAsync("Untraced");
        http.DefaultRequestHeaders.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

        await new ImClient(http, exchange.Url, Alice).AddImGroupAsync("Traced");

        (await exchange.Journal.GetEntriesAsync()).Select(request => request.TraceId)
            .Should().Equal(null, "0af7651916cd43dd8448eb211c80319c");
    }

    [Fact]
    public async Task The_oldest_requests_are_evicted_by_number_and_by_bytes()
    {
        await using var few = await EwsImServer.StartAsync(o => o.Settings["Control:JournalEntries"] = "3");
        await using var small = await EwsImServer.StartAsync(o => o.Settings["Control:JournalBytes"] = "100");
        foreach (var exchange in new[] { few, small })
        {
            for (var i = 0; i < 5; i++)
                await new ImClient(exchange, Alice).AddImGroupAsync($"Group {i}");
        }

        (await few.Journal.GetEntriesAsync()).Select(request => request.Id).Should().Equal(3, 4, 5);
        (await small.Journal.GetEntriesAsync()).Select(request => request.Id).Should().Equal(5);
    }

    [Fact]
    public async Task Credentials_are_redacted_and_cannot_be_searched_for()
    {
        await using var exchange = await EwsImServer.StartAsync();
        using var http = exchange.CreateClient();
        var withPassword =
            $"""
            <s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Header>
            <o:Security xmlns:o='http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd'>
            <o:UsernameToken><o:Password><![CDATA[{Secret}]]></o:Password></o:UsernameToken></o:Security>
            </s:Header><s:Body/></s:Envelope>
            """;
        byte[][] bodies =
        [
            Encoding.UTF8.GetBytes(withPassword),
            [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(withPassword)],
            Encoding.UTF8.GetBytes(withPassword + "<"),
        ];
        foreach (var body in bodies)
        {
            var url = new Uri(exchange.Url, $"?access_token={Secret}&x=1");
            using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
            request.Content.Headers.TryAddWithoutValidation("Content-Type", "text/xml");
            request.Headers.Add("Cookie", $"sid={Secret}; b={Secret}");
            request.Headers.Add("X-Api-Key", Secret);
            request.Headers.Add("Referer", $"http://contoso.com/?Code={Secret}");
            request.Headers.Add("Proxy-Authorization", $"{Secret} {Secret}");
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {Secret}");
            (await http.SendAsync(request)).Dispose();
        }

        var journal = await http.GetStringAsync(new Uri(exchange.Url, "/_control/v1/journal?bodies=true"));

        journal.Should().Contain("Bearer (hidden)").And.Contain("access_token=(hidden)&x=1");
        journal.Should().NotContain(Secret).And.NotContain(Convert.ToBase64String(Encoding.Unicode.GetBytes(Secret))[4..12]);
        foreach (var text in new[] { Secret, Secret[..3], "&o" })
            (await CountAsync(text)).Should().Contain("\"count\": 0");

        Task<string> CountAsync(string text) =>
            http.GetStringAsync(new Uri(exchange.Url, "/_control/v1/journal/count?contains=" + Uri.EscapeDataString(text)));
    }

    [Fact]
    public async Task Requests_that_are_not_EWS_requests_are_in_the_journal()
    {
        await using var exchange = await EwsImServer.StartAsync();
        using var http = exchange.CreateClient();

        using var withWrongType = await http.PostAsync(exchange.Url, new StringContent("{}", null, "application/json"));
        using var malformed = await http.PostAsync(exchange.Url, new StringContent("<a", null, "text/xml"));
        using var elsewhere = await http.GetAsync(new Uri(exchange.Url, "/elsewhere?x=1"));

        var requests = await exchange.Journal.GetEntriesAsync();
        requests.Select(request => $"{request.Method} {request.Path} {request.Status} {request.ResponseCode}").Should().Equal(
            "POST /EWS/Exchange.asmx 415 ", "POST /EWS/Exchange.asmx 500 ErrorSchemaValidation", "GET /elsewhere?x=1 404 ");
    }
}
