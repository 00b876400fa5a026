using System.Globalization;
using Ews.ImService.Control.Contract;
using Ews.ImService.Control.Journal;
using Ews.ImService.Harness;
using Ews.ImService.Postgres.Connections;
using static Ews.ImService.Tests.Postgres.Journal.SampleEntries;

namespace Ews.ImService.Tests.Postgres.Journal;

/// <summary>The journal while its database is stopped, after a crash, and after lost connections.</summary>
public sealed class JournalRecoveryTests : IDisposable
{
    private const string Realm = "orders";

    private static readonly TimeSpan MaxWait = TimeSpan.FromMinutes(1);

    private readonly PrivatePostgres? _server = PrivatePostgres.IsInstalled ? PrivatePostgres.Start() : null;
    private readonly string? _database;

    public JournalRecoveryTests()
    {
        if (_server is null)
            return;
        _database = _server.CreateDatabase();
        using var connections = new PostgresConnections(
            new PostgresOptions(_server.ConnectionString(_database) + ";Pooling=false", "migration"));
        new PostgresSchema(connections).Migrate();
    }

    public void Dispose() => _server?.Dispose();

    [PostgresFact]
    public async Task Requests_are_stored_when_the_database_is_available_again()
    {
        await using var database = new JournalDatabase(Connect);
        var (first, second) = (database.StartInstance()(Realm), database.StartInstance()(Realm));
        await EndAsync(first, Begin(first, "Before"));

        _server!.Stop();
        for (var request = 0; request < 5; request++)
            await EndAsync(first, Begin(first, $"During{request}")).WaitAsync(TimeSpan.FromSeconds(4));
        await first.Invoking(it => it.ClearAsync()).Should().ThrowAsync<IOException>();
        var waiting = second.WaitAsync(new JournalFilter { OperationContains = "During" }, 5, null, MaxWait, CancellationToken.None);
        _server!.StartAgain();

        (await waiting).Entries.Select(entry => entry.Operation).Should().Equal(
            Enumerable.Range(0, 5).Select(request => $"During{request}"), "the call to clear the journal failed");
        await EndAsync(first, Begin(first, "After"));
        (await second.FindAsync(new JournalFilter(), CancellationToken.None)).Entries.Select(entry => (entry.Id, entry.Operation))
            .Should().Equal((1, "Before"), (2, "During0"), (3, "During1"), (4, "During2"), (5, "During3"), (6, "During4"), (7, "After"));
    }

    [PostgresFact]
    public async Task After_a_crash_the_journal_is_empty_and_ids_are_not_used_again()
    {
        await using var database = new JournalDatabase(Connect);
        var journal = database.StartInstance()(Realm);
        var feed = new JournalFeed(new JournalFilter(), limit: 100, start: null);
        for (var request = 0; request < 3; request++)
            await EndAsync(journal, Begin(journal, "Before"));
        await journal.UpdateAsync(feed, CancellationToken.None);
        var version = feed.Run() is not null ? feed.Version : null;

        _server!.Stop(asCrash: true);
        _server!.StartAgain();
        var lost = await FindAsync(journal);
        await EndAsync(journal, Begin(journal, "After"));
        var found = await FindAsync(journal);
        await journal.UpdateAsync(feed, CancellationToken.None);
        var changes = feed.Run()!;

        lost.Entries.Should().BeEmpty();
        lost.EvictedThroughId.Should().BeGreaterThanOrEqualTo(3, "a client must know that entries are missing");
        found.Entries.Should().ContainSingle().Which.Id.Should().Be(lost.EvictedThroughId + 1);
        found.Version.Should().BeGreaterThan(version!.Value);
        (changes.Reset, changes.Entries.Count).Should().Be((true, 1));
    }

    [PostgresFact]
    public async Task After_a_crash_requests_that_have_not_ended_are_stored_again()
    {
        await using var database = new JournalDatabase(Connect);
        var journal = database.StartInstance()(Realm);
        var entry = Begin(journal, "During");
        await journal.StoreAsync(entry);

        _server!.Stop(asCrash: true);
        _server!.StartAgain();
        await EndAsync(journal, entry);

        var found = (await FindAsync(journal)).Entries.Should().ContainSingle().Subject;
        (found.Operation, found.State).Should().Be(("During", JournalState.Answered));
    }

    [PostgresFact]
    public async Task The_size_of_a_journal_includes_a_large_body_after_a_crash()
    {
        await using var database = new JournalDatabase(Connect);
        var journal = database.StartInstance()(Realm);
        await EndAsync(journal, Begin(journal, "Before"), new byte[100_000]);

        _server!.Stop(asCrash: true);
        _server!.StartAgain();
        await EndAsync(journal, Begin(journal, "After"), new byte[100_000]);

        _server.Execute("""SELECT "Bytes" BETWEEN 100000 AND 105000 FROM "Journals" """, _database!).Should().Be("t");
    }

    [PostgresFact]
    public async Task Entries_are_stored_once_although_connections_are_cut()
    {
        const int Writers = 4, Requests = 50;
        await using var database = new JournalDatabase(Connect);
        IRequestJournal[] journals = [database.StartInstance()(Realm), database.StartInstance()(Realm)];
        using var end = new CancellationTokenSource();

        var cutting = Task.Run(() =>
        {
            while (!end.IsCancellationRequested)
                _server!.CutConnections(_database!);
        });
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            for (var request = 0; request < Requests; request++)
                await EndAsync(journals[writer % 2], Begin(journals[writer % 2], $"W{writer}R{request}"));
        })));
        await end.CancelAsync();
        await cutting;

        var all = await journals[0].WaitAsync(new JournalFilter(), Writers * Requests, null, MaxWait, CancellationToken.None);
        all.Entries.Select(entry => entry.Operation).Should().OnlyHaveUniqueItems().And.HaveCount(Writers * Requests);
        all.Entries.Select(entry => entry.Id).Should().Equal(Enumerable.Range(1, Writers * Requests).Select(id => (long)id));
    }

    [PostgresFact]
    public async Task An_entry_is_stored_once_although_the_database_executes_a_transaction_whose_connection_was_cut()
    {
        using var proxy = new ClientCut(_server!.Port);
        await using var database = new JournalDatabase(Connect);
        await using var overProxy = new JournalDatabase(instance => new PostgresConnections(new PostgresOptions(
            string.Create(CultureInfo.InvariantCulture, $"{_server.ConnectionString(_database!)};Port={proxy.Port}"), instance)));
        var journal = overProxy.StartInstance()(Realm);
        await EndAsync(journal, Begin(journal, "Before"));
        Task stored;
        await using (await database.LockAsync(Realm))
        {
            stored = EndAsync(journal, Begin(journal, "During"));
            await WaitForBlockedAsync(transactions: 1);
            proxy.Cut();
            await WaitForBlockedAsync(transactions: 2);
        }

        await stored.WaitAsync(MaxWait);
        (await FindAsync(journal)).Entries.Select(entry => entry.Operation).Should().Equal("Before", "During");
    }

    private async Task WaitForBlockedAsync(int transactions)
    {
        const string Blocked = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'";
        using var deadline = new CancellationTokenSource(MaxWait);
        while (int.Parse(_server!.Execute(Blocked), CultureInfo.InvariantCulture) < transactions)
            await Task.Delay(TimeSpan.FromMilliseconds(10), deadline.Token);
    }

    private static ValueTask<JournalSnapshot> FindAsync(IRequestJournal journal) =>
        journal.FindAsync(new JournalFilter(), CancellationToken.None);

    private PostgresConnections Connect(string instance) =>
        new(new PostgresOptions(_server!.ConnectionString(_database!), instance));
}
