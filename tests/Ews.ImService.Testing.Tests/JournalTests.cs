using System.Text;

namespace Ews.ImService.Testing.Tests;

public sealed class JournalTests
{
    private const string Alice = "alice@contoso.com";
    private const string Secret = "TOPSECRETXYZ";

    [Fact]
    public async Task A_failure_shows_the_nearest_that_came_and_what_they_miss()
    {
        await using var exchange = await EwsImServer.StartAsync();
        await new ImClient(exchange, "bob@contoso.com").AddImGroupAsync("Team");
        await new ImClient(exchange, Alice).GetImItemListAsync();

        var failure = (await exchange.Journal
            .Invoking(journal => journal.ShouldHaveReceivedAsync(new RequestPattern { Operation = "AddImGroup", Mailbox = Alice, Contains = "Team" }))
            .Should().ThrowAsync<EwsImVerificationException>()).Which.Message.Split(Environment.NewLine);

        failure.Should().Equal(
            "Expected at least one request: AddImGroup for alice@contoso.com with 'Team' in its body; there were 0 among 2.",
            "The nearest that came:",
            "  #1 AddImGroup for bob@contoso.com: NoError — mailbox bob@contoso.com instead of alice@contoso.com",
            "  #2 GetImItemList for alice@contoso.com: NoError — operation GetImItemList instead of AddImGroup, body without 'Team'");
    }

    [Fact]
    public async Task How_often_counts_in_both_directions()
    {
        await using var exchange = await EwsImServer.StartAsync();
        await new ImClient(exchange, Alice).AddImGroupAsync("Team");

        await exchange.Journal.ShouldHaveReceivedAsync("AddImGroup", times: 1);
        await exchange.Journal.ShouldNotHaveReceivedAsync("SetImGroup");
        await exchange.Journal.Invoking(it => it.ShouldHaveReceivedAsync("AddImGroup", times: 2)).Should().ThrowAsync<EwsImVerificationException>().WithMessage("Expected exactly 2*there was 1 among 1*#1 AddImGroup*");
        await exchange.Journal.Invoking(it => it.ShouldNotHaveReceivedAsync("AddImGroup")).Should().ThrowAsync<EwsImVerificationException>().WithMessage("Expected no request*#1 AddImGroup*");
    }

    [Fact]
    public async Task Requests_are_there_with_headers_and_bodies_and_without_credentials()
    {
        await using var exchange = await EwsImServer.StartAsync();
        await new ImClient(exchange, Alice).AddImGroupAsync("Team");

        var request = (await exchange.Journal.ReadAsync()).Single();

        request.Should().BeEquivalentTo(new { Id = 1, State = "answered", Method = "POST", Path = "/EWS/Exchange.asmx", Operation = "AddImGroup", Mailbox = Alice, ResponseCode = "NoError", Status = 200 });
        request.Headers["Authorization"].Should().Be("Basic (hidden)");
        request.Headers["Content-Type"].Should().StartWith("text/xml");
        request.Body.Should().Contain("<m:DisplayName>Team</m:DisplayName>");
        request.ResponseBody.Should().Contain("AddImGroupResponse");
    }

    [Fact]
    public async Task A_request_that_hangs_is_there_and_waiting_for_it_ends_as_soon_as_it_is_answered()
    {
        await using var exchange = await EwsImServer.StartAsync();
        await exchange.Faults.AddAsync(Fault.Delay(TimeSpan.FromMilliseconds(300)));
        var client = new ImClient(exchange, Alice);

        var hanging = client.AddImGroupAsync("Team");
        await exchange.Journal.Invoking(it => it.WaitForAsync(request => request.Operation == "AddImGroup", TimeSpan.FromMilliseconds(50))).Should().ThrowAsync<EwsImVerificationException>().WithMessage("*not answered yet*");
        await exchange.Journal.WaitForArrivalAsync(new RequestPattern { Operation = "AddImGroup" });
        (await exchange.Journal.ReadAsync()).Single().Status.Should().BeNull();
        var answered = await exchange.Journal.WaitForAsync(new RequestPattern { Operation = "AddImGroup", ResponseCode = "NoError" });

        answered.State.Should().Be("answered");
        (await hanging).Should().Contain("NoError");
    }

    [Fact]
    public async Task Waiting_in_vain_ends_in_time_and_says_what_came()
    {
        await using var exchange = await EwsImServer.StartAsync();
        await new ImClient(exchange, Alice).AddImGroupAsync("Team");

        await exchange.Journal.Invoking(it => it.WaitForAsync(request => request.Operation == "RemoveImGroup", TimeSpan.FromMilliseconds(50)))
            .Should().ThrowAsync<EwsImVerificationException>().WithMessage("Within 50 ms, expected at least one request: any request where request => request.Operation == \"RemoveImGroup\"*#1 AddImGroup*not request => *");
    }

    [Fact]
    public async Task It_keeps_the_newest_in_count_and_in_bytes()
    {
        await using var few = await EwsImServer.StartAsync(o => o.Settings["Control:JournalEntries"] = "3");
        await using var small = await EwsImServer.StartAsync(o => o.Settings["Control:JournalBytes"] = "100");
        foreach (var exchange in new[] { few, small })
        {
            for (var i = 0; i < 5; i++)
                await new ImClient(exchange, Alice).AddImGroupAsync($"Group {i}");
        }

        (await few.Journal.ReadAsync()).Select(request => request.Id).Should().Equal(3, 4, 5);
        (await small.Journal.ReadAsync()).Select(request => request.Id).Should().Equal(5);
    }

    [Fact]
    public async Task Waiting_ends_in_time_though_other_requests_keep_coming_and_waits_for_what_comes_after_a_request_too()
    {
        await using var exchange = await EwsImServer.StartAsync();
        using var enough = new CancellationTokenSource();
        var busy = Task.Run(async () =>
        {
            var client = new ImClient(exchange, Alice);
            while (!enough.IsCancellationRequested)
                await client.GetImItemListAsync();
        });

        var started = System.Diagnostics.Stopwatch.GetTimestamp();
        await exchange.Journal.Invoking(it => it.WaitForAsync(request => request.Operation == "RemoveImGroup", TimeSpan.FromMilliseconds(200))).Should().ThrowAsync<EwsImVerificationException>();
        System.Diagnostics.Stopwatch.GetElapsedTime(started).Should().BeLessThan(TimeSpan.FromSeconds(30));
        var first = await exchange.Journal.WaitForAsync(new RequestPattern { Operation = "GetImItemList" }, Timeout.InfiniteTimeSpan);
        (await exchange.Journal.WaitForAsync(new RequestPattern { Operation = "GetImItemList", After = first.Id }, TimeSpan.MaxValue)).Id.Should().BeGreaterThan(first.Id);
        await enough.CancelAsync();
        await busy;
    }

    [Fact]
    public async Task A_misspelled_operation_is_not_found_missing_with_pleasure()
    {
        await using var exchange = await EwsImServer.StartAsync();

        await exchange.Journal.Invoking(it => it.WaitForAsync(new RequestPattern { Operation = "AddImGruop" })).Should().ThrowAsync<EwsImServerException>().WithMessage("*no EWS operation*");
        await exchange.Journal.Invoking(it => it.ShouldNotHaveReceivedAsync("AddImGruop")).Should().ThrowAsync<EwsImServerException>().WithMessage("*'AddImGruop', which is no EWS operation*");
        await exchange.Faults.Invoking(it => it.AddAsync(Fault.Malformed().OnOperation("AddImGruop").OnMailbox("alice"))).Should().ThrowAsync<EwsImServerException>().WithMessage("*'AddImGruop'*'alice'*");
    }

    [Fact]
    public async Task Credentials_are_in_it_in_no_form()
    {
        await using var exchange = await EwsImServer.StartAsync();
        using var http = exchange.CreateHttpClient();
        var withPassword = $"<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Header><o:Security xmlns:o='http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd'><o:UsernameToken><o:Password><![CDATA[{Secret}]]></o:Password></o:UsernameToken></o:Security></s:Header><s:Body/></s:Envelope>";
        foreach (var body in new[] { Encoding.UTF8.GetBytes(withPassword), Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes(withPassword)).ToArray(), Encoding.UTF8.GetBytes(withPassword + "<") })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(exchange.Url, $"?access_token={Secret}&x=1")) { Content = new ByteArrayContent(body) };
            request.Content.Headers.TryAddWithoutValidation("Content-Type", "text/xml");
            request.Headers.Add("Cookie", $"sid={Secret}; b={Secret}");
            request.Headers.Add("X-Api-Key", Secret);
            request.Headers.Add("Referer", $"http://contoso.com/?Code={Secret}");
            request.Headers.Add("Proxy-Authorization", $"{Secret} {Secret}");
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {Secret}");
            (await http.SendAsync(request)).Dispose();
        }

        var journal = await http.GetStringAsync(new Uri(exchange.Url, "/_control/v1/journal?bodies=true"));

        foreach (var text in new[] { Secret, Secret[..3], "&o" })
            (await http.GetStringAsync(new Uri(exchange.Url, "/_control/v1/journal/count?contains=" + Uri.EscapeDataString(text)))).Should().Contain("\"count\": 0");
        journal.Should().Contain("Bearer (hidden)").And.Contain("access_token=(hidden)&x=1");
        journal.Should().NotContain(Secret).And.NotContain(Convert.ToBase64String(Encoding.Unicode.GetBytes(Secret))[4..12]);
    }

    [Fact]
    public async Task What_is_no_EWS_request_is_there_too()
    {
        await using var exchange = await EwsImServer.StartAsync();
        using var http = exchange.CreateHttpClient();

        using var wrong = await http.PostAsync(exchange.Url, new StringContent("{}", null, "application/json"));
        using var garbage = await http.PostAsync(exchange.Url, new StringContent("<a", null, "text/xml"));
        using var page = await http.GetAsync(new Uri(exchange.Url, "/elsewhere?x=1"));

        (await exchange.Journal.ReadAsync()).Select(request => $"{request.Method} {request.Path} {request.Status} {request.ResponseCode}").Should().Equal(
            "POST /EWS/Exchange.asmx 415 ", "POST /EWS/Exchange.asmx 500 ErrorSchemaValidation", "GET /elsewhere?x=1 404 ");
    }
}
