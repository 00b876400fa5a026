namespace Ews.ImService.Testing.Tests;

public sealed class JournalWatchTests : IDisposable
{
    private const string Alice = "alice@contoso.com";
    private const string Bob = "bob@contoso.com";

    /// <summary>Longer than a request takes on a busy machine.</summary>
    private readonly CancellationTokenSource _timeout = new(TimeSpan.FromMinutes(1));

    public void Dispose() => _timeout.Dispose();

    [Fact]
    public async Task Requests_are_returned_with_bodies_as_they_are_completed_beginning_with_those_in_the_journal()
    {
        await using var exchange = await EwsImServer.StartAsync();
        await new ImClient(exchange, Alice).AddImGroupAsync("First");

        await using var requests = exchange.Journal.WatchAsync(cancellationToken: _timeout.Token).GetAsyncEnumerator();
        var first = await NextAsync(requests);
        await new ImClient(exchange, Bob).AddImGroupAsync("Second");
        var second = await NextAsync(requests);

        first.Should().BeEquivalentTo(new { Id = 1, State = JournalState.Answered, Mailbox = Alice, ResponseCode = "NoError" });
        first.RequestBody.Should().Contain("First");
        second.Should().BeEquivalentTo(new { Id = 2, State = JournalState.Answered, Mailbox = Bob });
        second.ResponseHeaders.Should().ContainKey("Content-Type");
    }

    [Fact]
    public async Task Each_request_that_matches_is_returned_once()
    {
        await using var exchange = await EwsImServer.StartAsync();
        var clients = Enumerable.Range(0, 5).Select(async number =>
        {
            var client = new ImClient(exchange, $"user{number}@contoso.com");
            for (var i = 0; i < 20; i++)
            {
                await client.AddImGroupAsync($"Group {i}");
                await client.GetImItemListAsync();
            }
        });
        var pattern = new RequestPattern { Operation = "AddImGroup", Contains = "Group 1" }; // 1 and 10 to 19

        var sending = Task.WhenAll(clients);
        var ids = new List<long>();
        await foreach (var request in exchange.Journal.WatchAsync(pattern, _timeout.Token))
        {
            ids.Add(request.Id);
            if (ids.Count == 55)
                break;
        }

        await sending;
        ids.Should().OnlyHaveUniqueItems();
        (await exchange.Journal.ShouldHaveReceivedAsync(pattern)).Select(request => request.Id).Should().BeEquivalentTo(ids);
    }

    [Fact]
    public async Task A_request_without_a_complete_response_is_returned_when_it_fails()
    {
        await using var exchange = await EwsImServer.StartAsync();
        await exchange.Faults.AddAsync(Fault.Delay(TimeSpan.FromHours(1)).OnMailbox(Alice));
        using var canceled = new CancellationTokenSource();
        var delayed = new ImClient(exchange, Alice).PostAsync(cancellationToken: canceled.Token);
        await exchange.Journal.WaitForArrivalAsync(new RequestPattern { Mailbox = Alice });
        await new ImClient(exchange, Bob).GetImItemListAsync();

        await using var requests = exchange.Journal.WatchAsync(cancellationToken: _timeout.Token).GetAsyncEnumerator();
        var first = await NextAsync(requests);
        await canceled.CancelAsync();
        var second = await NextAsync(requests);

        first.Mailbox.Should().Be(Bob);
        second.Should().BeEquivalentTo(new { Mailbox = Alice, State = JournalState.Failed });
        await FluentActions.Awaiting(() => delayed).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task After_a_reset_the_requests_of_the_realm_are_returned_again()
    {
        await using var exchange = await EwsImServer.StartAsync();
        await using var requests = exchange.Journal.WatchAsync(cancellationToken: _timeout.Token).GetAsyncEnumerator();
        await new ImClient(exchange, Alice).GetImItemListAsync();
        await NextAsync(requests);

        await exchange.ResetAsync();
        await new ImClient(exchange, Bob).GetImItemListAsync();

        (await NextAsync(requests)).Mailbox.Should().Be(Bob);
    }

    [Fact]
    public async Task The_enumeration_ends_when_the_realm_is_deleted_or_the_server_stops()
    {
        await using var exchange = await EwsImServer.StartAsync();
        var realm = exchange.CreateRealm();
        var requests = realm.Journal.WatchAsync(cancellationToken: _timeout.Token).GetAsyncEnumerator();
        await new ImClient(realm, Alice).GetImItemListAsync();
        await NextAsync(requests);
        await realm.DisposeAsync();

        (await requests.MoveNextAsync()).Should().BeFalse();

        await using var others = exchange.Journal.WatchAsync(cancellationToken: _timeout.Token).GetAsyncEnumerator();
        await new ImClient(exchange, Alice).GetImItemListAsync();
        await NextAsync(others);
        var stopping = exchange.DisposeAsync();

        (await others.MoveNextAsync()).Should().BeFalse();
        await stopping;
    }

    [Fact]
    public async Task An_unknown_operation_and_a_canceled_token_are_reported()
    {
        await using var exchange = await EwsImServer.StartAsync();
        await using var unknown = exchange.Journal.WatchAsync(new RequestPattern { Operation = "AddImGruop" }).GetAsyncEnumerator();
        using var canceled = new CancellationTokenSource();
        await using var waiting = exchange.Journal.WatchAsync(cancellationToken: canceled.Token).GetAsyncEnumerator();

        var next = waiting.MoveNextAsync().AsTask();
        await canceled.CancelAsync();

        await FluentActions.Awaiting(() => next).Should().ThrowAsync<OperationCanceledException>();
        await FluentActions.Awaiting(() => unknown.MoveNextAsync().AsTask())
            .Should().ThrowAsync<EwsImServerException>().WithMessage("*EWS operation*'AddImGruop'*");
    }

    private static async Task<JournalEntry> NextAsync(IAsyncEnumerator<JournalEntry> requests)
    {
        (await requests.MoveNextAsync()).Should().BeTrue();
        return requests.Current;
    }
}
