namespace Ews.ImService.Testing.Tests;

public sealed class JournalReplayTests
{
    private const string Alice = "alice@contoso.com";

    [Fact]
    public async Task A_replayed_request_is_executed_as_the_same_user()
    {
        await using var exchange = await EwsImServer.StartAsync();
        await new ImClient(exchange, Alice).AddImGroupAsync("Team");
        await exchange.ResetMailboxAsync(Alice);

        var replayed = await exchange.Journal.ReplayAsync(1);

        replayed.Should().BeEquivalentTo(new { Id = 2, ReplayOf = 1, Operation = "AddImGroup", Mailbox = Alice, ResponseCode = "NoError" });
        replayed.ResponseBody.Should().Contain("AddImGroupResponse");
        (await exchange.FindMailboxAsync(Alice))!.UserGroups.Should().ContainSingle(group => group.DisplayName == "Team");
    }

    [Fact]
    public async Task A_replay_ends_at_its_timeout()
    {
        await using var exchange = await EwsImServer.StartAsync();
        await new ImClient(exchange, Alice).GetImItemListAsync();
        await exchange.Faults.AddAsync(Fault.Delay(TimeSpan.FromHours(1)));

        (await exchange.Journal.ReplayAsync(1, TimeSpan.FromMilliseconds(50))).State.Should().Be(JournalState.Failed);
    }

    [Fact]
    public async Task A_request_that_is_not_in_the_journal_cannot_be_replayed()
    {
        await using var exchange = await EwsImServer.StartAsync();

        await exchange.Journal.Invoking(it => it.ReplayAsync(7))
            .Should().ThrowAsync<EwsImServerException>().WithMessage("*Request 7 has not arrived yet.");
        await exchange.Journal.Invoking(it => it.ReplayAsync(1, Timeout.InfiniteTimeSpan))
            .Should().ThrowAsync<EwsImServerException>().WithMessage("*timeoutMilliseconds*");
    }
}
