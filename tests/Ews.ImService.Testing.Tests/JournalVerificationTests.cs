using System.Globalization;

namespace Ews.ImService.Testing.Tests;

public sealed class JournalVerificationTests
{
    private const string Alice = "alice@contoso.com";

    [Fact]
    public async Task A_failure_shows_the_closest_requests_and_their_differences()
    {
        await using var exchange = await EwsImServer.StartAsync();
        await new ImClient(exchange, "bob@contoso.com").AddImGroupAsync("Team");
        await new ImClient(exchange, Alice).GetImItemListAsync();
        var pattern = new RequestPattern { Operation = "AddImGroup", Mailbox = Alice, Contains = "Team" };

        var failure = await exchange.Journal.Invoking(it => it.ShouldHaveReceivedAsync(pattern))
            .Should().ThrowAsync<EwsImVerificationException>();

        failure.Which.Message.Split(Environment.NewLine).Should().Equal(
            "Expected at least 1 request for the operation AddImGroup to the mailbox alice@contoso.com with the text 'Team' in the body, "
            + "but none of the 2 requests in the journal matches.",
            "The closest requests are:",
            "  #1 AddImGroup for bob@contoso.com: NoError. The mailbox is bob@contoso.com instead of alice@contoso.com.",
            "  #2 GetImItemList for alice@contoso.com: NoError. The operation is GetImItemList instead of AddImGroup. "
            + "The body does not contain 'Team'.");
    }

    [Fact]
    public async Task A_verification_whose_result_depends_on_evicted_requests_fails()
    {
        await using var exchange = await EwsImServer.StartAsync(o => o.Settings["Control:JournalEntries"] = "2");
        const string Evicted = "The requests up to #2 were evicted and may match. "
            + "Set Control:JournalEntries and Control:JournalBytes to greater values.";
        var client = new ImClient(exchange, Alice);
        await client.AddImGroupAsync("Team");
        for (var i = 0; i < 3; i++)
            await client.GetImItemListAsync();

        (await FailureAsync("AddImGroup", 0)).Should()
            .Be($"Expected no request for the operation AddImGroup, but the journal is incomplete. {Evicted}");
        (await FailureAsync("AddImGroup", null)).Should().EndWith(Evicted);
        (await FailureAsync("GetImItemList", 2)).Should().EndWith(Evicted);
        await exchange.Journal.ShouldHaveReceivedAsync("GetImItemList");
        var later = new RequestPattern { Operation = "AddImGroup", AfterId = 2 };
        await exchange.Journal.ShouldNotHaveReceivedAsync(later);
        (await exchange.Journal.Invoking(it => it.WaitForAsync(later with { AfterId = 1 }, TimeSpan.Zero))
            .Should().ThrowAsync<EwsImVerificationException>()).Which.Message.Should().EndWith(Evicted);
        await exchange.Journal.ClearAsync();
        await exchange.Journal.ShouldNotHaveReceivedAsync("AddImGroup");

        async Task<string> FailureAsync(string operation, int? times) =>
            (await exchange.Journal.Invoking(it => it.ShouldHaveReceivedAsync(operation, times))
                .Should().ThrowAsync<EwsImVerificationException>()).Which.Message;
    }

    [Fact]
    public async Task A_failure_states_the_number_of_requests_that_match()
    {
        await using var exchange = await EwsImServer.StartAsync();
        var pattern = new RequestPattern { Operation = "AddImGroup", ResponseCode = "NoError", AfterId = 0 };
        const string Requests = "for the operation AddImGroup with the response code NoError after request #0";

        (await FailureAsync(null)).Should().Be($"Expected at least 1 request {Requests}, but the journal is empty.");
        await new ImClient(exchange, Alice).AddImGroupAsync("1");
        (await FailureAsync(0)).Should().Be(
            $"Expected no request {Requests}, but the only request in the journal matches:\n  #1 AddImGroup for {Alice}: NoError");
        await new ImClient(exchange, Alice).GetImItemListAsync();
        (await FailureAsync(2)).Should().Be(
            $"""
            Expected exactly 2 requests {Requests}, but 1 of the 2 requests in the journal matches:
              #1 AddImGroup for {Alice}: NoError
            The closest request is:
              #2 GetImItemList for {Alice}: NoError. The operation is GetImItemList instead of AddImGroup.
            """);
        for (var i = 2; i <= 7; i++)
            await new ImClient(exchange, Alice).AddImGroupAsync($"{i}");
        (await FailureAsync(1)).Should()
            .StartWith($"Expected exactly 1 request {Requests}, but 7 of the 8 requests in the journal match:\n")
            .And.EndWith("\n  and 2 more");

        async Task<string> FailureAsync(int? times) => (await exchange.Journal
            .Invoking(it => it.ShouldHaveReceivedAsync(pattern, times))
            .Should().ThrowAsync<EwsImVerificationException>()).Which.Message.ReplaceLineEndings("\n");
    }

    [Fact]
    public async Task Each_difference_is_a_sentence()
    {
        await using var exchange = await EwsImServer.StartAsync();
        using var http = exchange.CreateClient();
        using var elsewhere = await http.GetAsync(new Uri(exchange.Url, "/elsewhere"));

        await ShouldDifferAsync(new() { Operation = "AddImGroup" }, "It has no operation; AddImGroup is expected.");
        await ShouldDifferAsync(new() { Mailbox = Alice }, "It has no mailbox; alice@contoso.com is expected.");
        await ShouldDifferAsync(new() { Contains = "x" }, "The body does not contain 'x'.");
        await ShouldDifferAsync(new() { ResponseCode = "NoError" }, "It has no response code; NoError is expected.");
        await ShouldDifferAsync(new() { Status = 200 }, "The HTTP status is 404 instead of 200.");
        await ShouldDifferAsync(new() { IsEarly = true }, "It did not arrive before the end of a back-off.");
        await ShouldDifferAsync(new() { AfterId = 1 }, "It is not after request #1.");
        await ShouldDifferAsync(new() { Where = _ => false }, "The condition Where is not met.");

        async Task ShouldDifferAsync(RequestPattern pattern, string difference) =>
            (await exchange.Journal.Invoking(it => it.ShouldHaveReceivedAsync(pattern)).Should().ThrowAsync<EwsImVerificationException>())
            .Which.Message.Should().EndWith($"  #1 GET /elsewhere for -: HTTP 404. {difference}");
    }

    [Fact]
    public async Task A_pattern_ignores_case_where_the_journal_does()
    {
        await using var exchange = await EwsImServer.StartAsync();
        await new ImClient(exchange, Alice).AddImGroupAsync("Team");
        using var http = exchange.CreateClient();
        var pattern = new RequestPattern { Mailbox = "ALICE@CONTOSO.COM", ResponseCode = "noerror", Contains = ">TEAM<" };

        var matches = await exchange.Journal.ShouldHaveReceivedAsync(pattern, times: 1);
        var count = await http.GetStringAsync(new Uri(
            exchange.Url, $"/_control/v1/journal/count?mailbox={pattern.Mailbox}&responseCode={pattern.ResponseCode}&contains=%3ETEAM%3C"));

        count.Should().Contain($"\"count\": {matches.Count}");
    }

    [Fact]
    public async Task A_different_number_of_requests_fails()
    {
        await using var exchange = await EwsImServer.StartAsync();
        await new ImClient(exchange, Alice).AddImGroupAsync("Team");

        await exchange.Journal.ShouldHaveReceivedAsync("AddImGroup", times: 1);
        await exchange.Journal.ShouldNotHaveReceivedAsync("SetImGroup");
        await exchange.Journal.Invoking(it => it.ShouldHaveReceivedAsync("AddImGroup", times: 2))
            .Should().ThrowAsync<EwsImVerificationException>()
            .WithMessage("Expected exactly 2 requests for the operation AddImGroup, but the only request * matches:*#1 AddImGroup*");
        await exchange.Journal.Invoking(it => it.ShouldNotHaveReceivedAsync("AddImGroup"))
            .Should().ThrowAsync<EwsImVerificationException>()
            .WithMessage("Expected no request for the operation AddImGroup, but the only request * matches:*#1 AddImGroup*");
    }

    [Fact]
    public async Task A_misspelled_operation_is_rejected()
    {
        await using var exchange = await EwsImServer.StartAsync();

        await exchange.Journal.Invoking(it => it.WaitForAsync(new RequestPattern { Operation = "AddImGruop" }))
            .Should().ThrowAsync<EwsImServerException>().WithMessage("*EWS operation*'AddImGruop'*");
        await exchange.Journal.Invoking(it => it.ShouldNotHaveReceivedAsync("AddImGruop"))
            .Should().ThrowAsync<EwsImServerException>().WithMessage("*EWS operation*'AddImGruop'*");
    }

    [Fact]
    public void The_description_of_a_pattern_contains_every_condition()
    {
        foreach (var property in typeof(RequestPattern).GetProperties())
        {
            var pattern = new RequestPattern();
            var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            property.SetValue(pattern, type == typeof(string) ? "value"
                : type == typeof(Func<JournalEntry, bool>) ? (Func<JournalEntry, bool>)(_ => true)
                : Convert.ChangeType(1, type, CultureInfo.InvariantCulture));

            pattern.ToString().Should().NotBe(new RequestPattern().ToString(), property.Name);
        }
    }
}
