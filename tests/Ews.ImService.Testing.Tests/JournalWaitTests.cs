using System.Diagnostics;

namespace Ews.ImService.Testing.Tests;

public sealed class JournalWaitTests
{
    private const string Alice = "alice@contoso.com";

    /// <summary>Longer than a request takes on a busy machine.</summary>
    private static readonly TimeSpan MaxWait = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_request_is_in_the_journal_before_its_response_is_complete()
    {
        await using var exchange = await EwsImServer.StartAsync();
        await exchange.Faults.AddAsync(Fault.Delay(TimeSpan.FromHours(1)));
        using var canceled = new CancellationTokenSource();

        var delayed = new ImClient(exchange, Alice).PostAsync(cancellationToken: canceled.Token);
        var arrived = await exchange.Journal.WaitForArrivalAsync(new RequestPattern { Operation = "GetImItemList" }, MaxWait);
        var wait = exchange.Journal
            .Invoking(it => it.WaitForAsync(request => request.Operation == "GetImItemList", TimeSpan.FromMilliseconds(50)));

        arrived.Should().BeEquivalentTo(new { State = JournalState.Arrived, Status = (int?)null, Duration = (TimeSpan?)null });
        arrived.RequestHeaders["Authorization"].Should().Be("Basic (hidden)");
        await wait.Should().ThrowAsync<EwsImVerificationException>().WithMessage("*Its response is not complete yet.");
        await canceled.CancelAsync();
        await FluentActions.Awaiting(() => delayed).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task Waiting_ends_when_the_response_is_complete()
    {
        await using var exchange = await EwsImServer.StartAsync();
        await exchange.Faults.AddAsync(Fault.Delay(TimeSpan.FromMilliseconds(100)));

        var waiting = exchange.Journal.WaitForAsync(new RequestPattern { Operation = "AddImGroup", ResponseCode = "NoError" }, MaxWait);
        var response = await new ImClient(exchange, Alice).AddImGroupAsync("Team");

        (await waiting).State.Should().Be(JournalState.Answered);
        response.Should().Contain("NoError");
    }

    [Fact]
    public async Task A_timeout_fails_with_the_closest_requests()
    {
        await using var exchange = await EwsImServer.StartAsync();
        await new ImClient(exchange, Alice).AddImGroupAsync("Team");

        var failure = await exchange.Journal
            .Invoking(it => it.WaitForAsync(request => request.Operation == "RemoveImGroup", TimeSpan.FromMilliseconds(50)))
            .Should().ThrowAsync<EwsImVerificationException>();

        failure.Which.Message.Should()
            .StartWith("The timeout of 50 ms expired. Expected at least 1 request with the condition request => request.Operation == ")
            .And.Match("*#1 AddImGroup*. The condition request => * is not met.");
    }

    [Fact]
    public async Task A_timeout_ends_the_wait_while_other_requests_arrive()
    {
        await using var exchange = await EwsImServer.StartAsync();
        await using var traffic = new Traffic(exchange);

        var started = Stopwatch.GetTimestamp();
        await exchange.Journal
            .Invoking(it => it.WaitForAsync(request => request.Operation == "RemoveImGroup", TimeSpan.FromMilliseconds(200)))
            .Should().ThrowAsync<EwsImVerificationException>();

        Stopwatch.GetElapsedTime(started).Should().BeLessThan(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task AfterId_waits_for_a_later_request()
    {
        await using var exchange = await EwsImServer.StartAsync();
        await using var traffic = new Traffic(exchange);

        var pattern = new RequestPattern { Operation = "GetImItemList" };
        var first = await exchange.Journal.WaitForAsync(pattern, Timeout.InfiniteTimeSpan);
        var second = await exchange.Journal.WaitForAsync(pattern with { AfterId = first.Id }, TimeSpan.MaxValue);

        second.Id.Should().BeGreaterThan(first.Id);
    }

    [Fact]
    public async Task A_wait_ends_when_the_realm_is_deleted()
    {
        await using var exchange = await EwsImServer.StartAsync();
        await using var temporary = exchange.CreateRealm();
        foreach (var realm in new[] { exchange.GetRealm("a"), temporary })
        {
            await realm.ResetAsync();
            var waiting = realm.Journal.WaitForAsync(new RequestPattern { Operation = "AddImGroup" }, Timeout.InfiniteTimeSpan);
            await new ImClient(realm, Alice).GetImItemListAsync();
            await exchange.DeleteRealmAsync(realm.Name);

            await FluentActions.Awaiting(() => waiting.WaitAsync(MaxWait))
                .Should().ThrowAsync<EwsImServerException>().WithMessage($"The realm '{realm.Name}' was deleted.");
        }

        (await exchange.GetRealmsAsync()).Should().Equal(exchange);
    }

    /// <summary>Sends requests until it is disposed of.</summary>
    private sealed class Traffic : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly Task _running;

        public Traffic(EwsImRealm realm)
        {
            var client = new ImClient(realm, Alice);
            _running = Task.Run(async () =>
            {
                while (!_stop.IsCancellationRequested)
                    await client.GetImItemListAsync();
            });
        }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _running;
            _stop.Dispose();
        }
    }
}
