using System.Diagnostics;

namespace Ews.ImService.Testing.Tests;

public sealed class JournalWaitTests
{
    private const string Alice = "alice@contoso.com";

    [Fact]
    public async Task A_delayed_request_is_in_the_journal_and_waiting_ends_when_its_response_is_complete()
    {
        await using var exchange = await EwsImServer.StartAsync();
        await exchange.Faults.AddAsync(Fault.Delay(TimeSpan.FromMilliseconds(300)));

        var delayed = new ImClient(exchange, Alice).AddImGroupAsync("Team");
        await exchange.Journal
            .Invoking(it => it.WaitForAsync(request => request.Operation == "AddImGroup", TimeSpan.FromMilliseconds(50)))
            .Should().ThrowAsync<EwsImVerificationException>().WithMessage("*no complete response yet*");
        await exchange.Journal.WaitForArrivalAsync(new RequestPattern { Operation = "AddImGroup" });
        (await exchange.Journal.GetEntriesAsync()).Single().Status.Should().BeNull();
        var answered = await exchange.Journal.WaitForAsync(new RequestPattern { Operation = "AddImGroup", ResponseCode = "NoError" });

        answered.State.Should().Be(JournalState.Answered);
        (await delayed).Should().Contain("NoError");
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
            .StartWith("No match within 50 ms. Expected at least 1 request: any request where request => request.Operation == ")
            .And.Match("*#1 AddImGroup*not where request => *");
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
