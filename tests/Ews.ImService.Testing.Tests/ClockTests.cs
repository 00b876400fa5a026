namespace Ews.ImService.Testing.Tests;

public sealed class ClockTests
{
    private const string Alice = "alice@contoso.com";

    [Fact]
    public async Task Creation_times_follow_the_frozen_and_the_advanced_clock()
    {
        var start = new DateTimeOffset(2030, 5, 17, 12, 0, 0, TimeSpan.Zero);
        await using var exchange = await EwsImServer.StartAsync();
        var client = new ImClient(exchange, Alice);

        await exchange.Clock.FreezeAsync(start);
        await client.AddNewImContactToGroupAsync("first@contoso.com");
        await exchange.Clock.AdvanceAsync(TimeSpan.FromHours(1));
        await client.AddNewImContactToGroupAsync("second@contoso.com");

        var alice = (await exchange.FindMailboxAsync(Alice))!;
        alice.ImContacts!.Select(contact => contact.CreationTime).Should().Equal(start, start.AddHours(1));
    }

    [Fact]
    public async Task The_clock_returns_its_time_and_rejects_a_time_that_EWS_cannot_represent()
    {
        var last = new DateTimeOffset(4499, 12, 31, 23, 0, 0, TimeSpan.Zero);
        await using var exchange = await EwsImServer.StartAsync();

        (await exchange.Clock.FreezeAsync(last)).Should().Be(last);
        (await exchange.Clock.AdvanceAsync(TimeSpan.FromHours(1))).Should().Be(last.AddHours(1));
        await exchange.Clock.Invoking(clock => clock.AdvanceAsync(TimeSpan.FromMilliseconds(1))).Should()
            .ThrowAsync<EwsImServerException>().WithMessage("*must move the clock to a time from 1900-01-01 to 4500-01-01*");

        (await exchange.Clock.GetUtcNowAsync()).Should().Be(last.AddHours(1));
    }

    [Fact]
    public async Task A_reset_clock_shows_the_time_of_its_source()
    {
        await using var exchange = await EwsImServer.StartAsync();
        await exchange.Clock.FreezeAsync(new DateTimeOffset(2030, 5, 17, 12, 0, 0, TimeSpan.Zero));

        await exchange.Clock.ResetAsync();

        (await exchange.Clock.GetUtcNowAsync()).Should().BeCloseTo(DateTimeOffset.UtcNow, TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task The_clock_follows_the_TimeProvider_of_the_options()
    {
        var clock = new StoppedClock(new DateTimeOffset(1999, 12, 31, 23, 59, 59, TimeSpan.Zero));
        await using var exchange = await EwsImServer.StartAsync(o => o.TimeProvider = clock);

        await new ImClient(exchange, Alice).AddNewImContactToGroupAsync("bob@contoso.com");

        (await exchange.FindMailboxAsync(Alice))!.GetImContact("bob@contoso.com").CreationTime.Should().Be(clock.GetUtcNow());
    }

    private sealed class StoppedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
