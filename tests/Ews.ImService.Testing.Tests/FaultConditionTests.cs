namespace Ews.ImService.Testing.Tests;

public sealed class FaultConditionTests
{
    private const string Alice = "alice@contoso.com";
    private const string Bob = "bob@contoso.com";

    [Fact]
    public async Task A_rule_is_triggered_for_its_operation_and_mailbox_from_the_nth_request_up_to_its_number_of_times()
    {
        await using var exchange = await EwsImServer.StartAsync();
        var rule = Fault.Http(503).OnOperation("GetImItemList").OnMailbox("ALICE@contoso.com").FromNth(2).AtMost(2);
        var id = await exchange.Faults.AddAsync(rule);
        var alice = new ImClient(exchange, Alice);

        (await StatusesAsync(new ImClient(exchange, Bob), 3)).Should().Equal(200, 200, 200);
        await alice.AddImGroupAsync("Team");
        (await StatusesAsync(alice, 4)).Should().Equal(200, 503, 503, 200);

        (await exchange.Faults.GetTriggeredCountAsync(id)).Should().Be(2);
        (await exchange.Journal.GetEntriesAsync()).Where(request => request.Fault == id).Should().HaveCount(2);
    }

    [Fact]
    public async Task The_same_seed_triggers_a_rule_with_a_probability_for_the_same_requests()
    {
        await using var exchange = await EwsImServer.StartAsync();
        var runs = new List<List<int>>();

        foreach (var seed in new[] { 7, 7, 8 })
        {
            await exchange.Faults.ClearAsync();
            await exchange.Faults.AddAsync(Fault.Http(503).WithProbability(0.5, seed));
            runs.Add(await StatusesAsync(new ImClient(exchange, Bob), 20));
        }

        runs[0].Should().Equal(runs[1]).And.NotEqual(runs[2]).And.Contain(200).And.Contain(503);
    }

    [Fact]
    public async Task Rules_are_listed_in_order_with_the_numbers_of_requests()
    {
        await using var exchange = await EwsImServer.StartAsync();
        await exchange.Faults.AddAsync(Fault.Http(503).FromNth(2).OnMailbox(Alice));
        await exchange.Faults.AddAsync(Fault.ResponseCode("ErrorItemNotFound").Once());
        await StatusesAsync(new ImClient(exchange, Alice), 3);

        var rules = await exchange.Faults.GetRulesAsync();

        rules.Select(rule => (rule.Kind, rule.Matched, rule.Triggered))
            .Should().Equal((FaultKind.Http, 3, 2), (FaultKind.ResponseCode, 3, 1));
    }

    [Fact]
    public async Task A_deleted_rule_is_not_triggered_and_does_not_exist()
    {
        await using var exchange = await EwsImServer.StartAsync();
        var id = await exchange.Faults.AddAsync(Fault.Http(503));

        await exchange.Faults.DeleteAsync(id);

        (await StatusesAsync(new ImClient(exchange, Alice), 1)).Should().Equal(200);
        await exchange.Faults.Invoking(it => it.DeleteAsync(id))
            .Should().ThrowAsync<EwsImServerException>().WithMessage($"*'{id}'*");
        await exchange.Faults.Invoking(it => it.GetTriggeredCountAsync(id))
            .Should().ThrowAsync<EwsImServerException>().WithMessage($"*'{id}'*");
    }

    [Fact]
    public async Task Advancing_the_clock_ends_a_back_off()
    {
        await using var exchange = await EwsImServer.StartAsync();
        await exchange.Faults.AddAsync(Fault.ServerBusy(TimeSpan.FromMinutes(5)).Once());
        var client = new ImClient(exchange, Alice);

        await client.GetImItemListAsync();
        await exchange.Clock.AdvanceAsync(TimeSpan.FromMinutes(4));
        await client.GetImItemListAsync();
        await exchange.Clock.FreezeAsync(await exchange.Clock.GetUtcNowAsync() + TimeSpan.FromMinutes(2));
        await client.GetImItemListAsync();

        (await exchange.Journal.GetEntriesAsync()).Select(request => request.EarlyByMilliseconds is not null)
            .Should().Equal(false, true, false);
    }

    [Fact]
    public async Task An_invalid_rule_is_rejected_with_every_problem()
    {
        await using var exchange = await EwsImServer.StartAsync();

        await ShouldRejectAsync(Fault.ResponseCode("<oops>"), "*$.responseCode*");
        await ShouldRejectAsync(Fault.Malformed().OnOperation("AddImGruop").OnMailbox("alice"), "*'AddImGruop'*'alice'*");
        await ShouldRejectAsync(Fault.Http(204, "x", [new("Transfer-Encoding", "chunked")]), "*'Transfer-Encoding'*$.body*204*");

        async Task ShouldRejectAsync(FaultRule rule, string message) =>
            await exchange.Faults.Invoking(it => it.AddAsync(rule)).Should().ThrowAsync<EwsImServerException>().WithMessage(message);
    }

    public static TheoryData<Func<FaultRule>, string> InvalidArguments => new()
    {
        { () => Fault.Http(99), "status" },
        { () => Fault.Http(600), "status" },
        { () => Fault.ServerBusy(TimeSpan.FromMilliseconds(-1)), "backOff" },
        { () => Fault.Delay(TimeSpan.Zero), "delay" },
        { () => Fault.Delay(TimeSpan.FromHours(25)), "delay" },
        { () => Fault.SlowBody(0), "bytesPerSecond" },
        { () => Fault.Truncate(-1), "bytes" },
        { () => Fault.Drop().WithDelay(Timeout.InfiniteTimeSpan), "delay" },
        { () => Fault.Drop().WithProbability(1.1), "probability" },
        { () => Fault.Drop().WithProbability(double.NaN), "probability" },
        { () => Fault.Drop().WithProbability(0.5, seed: -1), "seed" },
        { () => Fault.Drop().FromNth(0), "nth" },
        { () => Fault.Drop().AtMost(0), "times" },
    };

    [Theory]
    [MemberData(nameof(InvalidArguments))]
    public void An_argument_out_of_range_is_rejected_when_the_rule_is_created(Func<FaultRule> create, string name) =>
        create.Should().Throw<ArgumentOutOfRangeException>().Which.ParamName.Should().Be(name);

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
