using Ews.ImService.Harness;
using Ews.ImService.Mailbox;
using Ews.ImService.Postgres.Connections;
using Ews.ImService.Postgres.Mailboxes;
using Npgsql;

namespace Ews.ImService.Storage.Tests.Postgres;

/// <summary>Connections that are lost, and servers that stop, while the store uses them.</summary>
public sealed class LostConnectionTests : IDisposable
{
    private static readonly MailboxKey Me = TestMailboxes.Key("me@contoso.com");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly PostgresTestDatabase _database = new();

    public void Dispose() => _database.Dispose();

    [PostgresFact]
    public async Task A_commit_whose_response_was_lost_is_reported_as_committed()
    {
        using var proxy = new CommitProxy(PrivatePostgres.Shared.Port) { PassesCommit = true };
        await using var store = await OpenBehindAsync(proxy);
        await AddGroupAsync(store, "Before");
        proxy.CutsLeft = 1;

        (await store.ChangeAsync(Me, edit => edit.AddImGroup("Team"), default)).Succeeded.Should().BeTrue();

        proxy.Cuts.Should().Be(1);
        (await store.FindAsync(Me, default))!.LimitedGroups.Should().Be(2);
    }

    [PostgresFact]
    public async Task A_commit_that_the_server_did_not_receive_runs_again()
    {
        using var proxy = new CommitProxy(PrivatePostgres.Shared.Port);
        await using var store = await OpenBehindAsync(proxy);
        await AddGroupAsync(store, "Before");
        proxy.CutsLeft = 2;

        (await store.ChangeAsync(Me, edit => edit.AddImGroup("Team"), default)).Succeeded.Should().BeTrue();

        proxy.Cuts.Should().Be(2);
        (await store.FindAsync(Me, default))!.LimitedGroups.Should().Be(2);
    }

    [PostgresFact]
    public async Task A_commit_whose_outcome_cannot_be_read_fails_and_does_not_run_again()
    {
        using var proxy = new CommitProxy(PrivatePostgres.Shared.Port) { PassesCommit = true };
        await using var store = await OpenBehindAsync(proxy);
        await AddGroupAsync(store, "Before");
        (proxy.CutsLeft, proxy.RejectsConnectionsAfterCut) = (1, true);

        var change = () => store.ChangeAsync(Me, edit => edit.AddImGroup("Team"), default);

        (await change.Should().ThrowAsync<StorageException>().WithMessage("*lost during a commit*")).Which.MayRunAgain.Should().BeFalse();
        proxy.RejectsConnections = false;
        (await store.FindAsync(Me, default))!.LimitedGroups.Should().Be(2);
        (await change()).Error.Should().Be(EwsError.ImGroupDisplayNameAlreadyExists);
    }

    [PostgresFact]
    public async Task A_commit_does_not_run_again_if_the_database_does_not_respond_to_the_question_for_its_outcome()
    {
        using var proxy = new CommitProxy(PrivatePostgres.Shared.Port) { PassesCommit = true };
        await using var store = await OpenBehindAsync(proxy);
        await AddGroupAsync(store, "Before");
        (proxy.CutsLeft, proxy.IsSilentAfterCut) = (1, true);

        var change = () => store.ChangeAsync(Me, edit => edit.AddImGroup("Team"), default);

        await change.Should().ThrowAsync<StorageException>();
        proxy.IsSilentAfterCut = false;
        (await change()).Error.Should().Be(EwsError.ImGroupDisplayNameAlreadyExists);
    }

    [PostgresFact]
    public async Task Acknowledged_changes_are_present_once_when_connections_are_cut_while_they_run()
    {
        const int Writers = 8;
        const int Changes = 25;
        await using var stores = await StoreGroup.OpenAsync(_database, 2);
        var writers = Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            var key = TestMailboxes.Key($"user{writer % 4}@contoso.com");
            var acknowledged = new List<(MailboxKey Key, string Name)>();
            for (var i = 0; i < Changes; i++)
            {
                var name = $"{writer}@contoso.com".Insert(0, $"c{i}-");
                try
                {
                    var result = await stores[writer + i].ChangeAsync(key, edit => edit.AddNewImContactToGroup(name, null, null), default);
                    result.Succeeded.Should().BeTrue();
                    acknowledged.Add((key, name));
                }
                catch (StorageException)
                {
                    // Not acknowledged: it can be present or absent.
                }
            }

            return acknowledged;
        })).ToList();

        while (!Task.WhenAll(writers).IsCompleted)
        {
            PrivatePostgres.Shared.CutConnections(_database.Name);
            await Task.Delay(20);
        }

        foreach (var (key, name) in (await Task.WhenAll(writers)).SelectMany(acknowledged => acknowledged))
        {
            (await stores[0].FindAsync(key, default))!.Contacts.Values.Should().ContainSingle(contact => contact.ImAddress == name);
        }

        (await AcknowledgedAsync(writers)).Should().BePositive();
        await using var reopened = await _database.OpenAsync();
        for (var i = 0; i < 4; i++)
        {
            var key = TestMailboxes.Key($"user{i}@contoso.com");
            (await reopened.FindAsync(key, default)).Should().BeEquivalentTo(await stores[0].FindAsync(key, default));
        }
    }

    [PostgresFact]
    public async Task A_store_fails_within_five_seconds_while_the_server_is_stopped_and_continues_after_its_start()
    {
        using var server = PrivatePostgres.Start();
        using var database = new PostgresTestDatabase(server);
        await using var store = await database.OpenAsync();
        await AddGroupAsync(store, "Before");
        server.Stop(asCrash: true);

        var read = () => store.FindAsync(Me, default).AsTask().WaitAsync(TimeSpan.FromSeconds(5));
        var change = () => store.ChangeAsync(Me, edit => edit.AddImGroup("Team"), default).WaitAsync(TimeSpan.FromSeconds(5));
        await read.Should().ThrowAsync<StorageException>().WithMessage("*cannot be reached*");
        await change.Should().ThrowAsync<StorageException>().WithMessage("*cannot be reached*");

        server.StartAgain();
        (await store.FindAsync(Me, default))!.LimitedGroups.Should().Be(1);
        await AddGroupAsync(store, "Team");
    }

    [PostgresFact]
    public async Task A_transaction_that_a_crash_has_undone_is_not_taken_for_a_later_one_with_its_number()
    {
        using var server = PrivatePostgres.Start();
        using var database = new PostgresTestDatabase(server);
        using var connections = database.Connect();
        var transactions = new PostgresTransactions(connections);
        await transactions.RunAsync(connection => ExecuteAsync(connection, """INSERT INTO "Counters" VALUES ('a', 0)"""), default);
        await using var lost = connections.Open();
        await using var transaction = await lost.BeginTransactionAsync();
        await using var begin = new NpgsqlCommand(TransactionOutcome.SelectId, lost);
        TransactionId id;
        await using (var reader = await begin.ExecuteReaderAsync())
            id = await reader.ReadAsync() ? TransactionOutcome.ReadId(reader) : throw new InvalidOperationException();
        server.Stop(asCrash: true);
        server.StartAgain();
        await transaction.Invoking(it => it.CommitAsync()).Should().ThrowAsync<NpgsqlException>();
        connections.DataSource.Clear();
        for (var count = 0; count < 20; count++)
            await transactions.RunAsync(connection => ExecuteAsync(connection, """UPDATE "Counters" SET "Value" = "Value" + 1"""), default);

        var outcome = () => new TransactionOutcome(connections).IsCommittedAsync(lost, id, new NpgsqlException("The connection is lost."));

        (await outcome.Should().ThrowAsync<StorageException>()).Which.MayRunAgain.Should().BeFalse();

        static async Task<int> ExecuteAsync(NpgsqlConnection connection, string text)
        {
            await using var command = new NpgsqlCommand(text, connection);
            return await command.ExecuteNonQueryAsync();
        }
    }

    [PostgresFact]
    public async Task A_transaction_of_an_instance_that_is_suspended_is_ended_by_the_database()
    {
        using var suspended = _database.Connect();
        using var rows = new PostgresMailboxDatabase(suspended);
        await using var store = SingleWriterStore.Start(
            new PostgresMailboxDatabase(_database.Connect()), new MailboxLimits(), TestRealms.Random, responseTimeout: Patience);
        await AddGroupAsync(store, "Before");
        var row = rows.FindMailboxes(Me.Realm, [Me.SmtpAddress]).Single();
        row.BaseVersion = row.Version++;
        var changes = new RowChanges([], [new RowChange.Update(row)]);
        using var connection = suspended.Open();
        using var transaction = new MailboxTransaction(connection, changes, new NetChanges(changes.Rows));
        transaction.Execute();

        await AddGroupAsync(store, "Team");

        transaction.Invoking(it => it.Commit()).Should().Throw<NpgsqlException>();
    }

    [PostgresFact]
    public async Task Waiting_readers_are_signaled_after_the_connection_for_notifications_was_lost()
    {
        await using var stores = await StoreGroup.OpenAsync(_database, 2);
        await AddGroupAsync(stores[0], "Before");
        await stores[1].FindAsync(Me, default);
        PrivatePostgres.Shared.CutConnections(_database.Name);

        var changed = stores[1].WaitForChangeAsync(Me);
        await AddGroupAsync(stores[0], "Next");

        await changed.WaitAsync(Patience);
    }

    private static async Task<int> AcknowledgedAsync(IEnumerable<Task<List<(MailboxKey Key, string Name)>>> writers) =>
        (await Task.WhenAll(writers)).Sum(acknowledged => acknowledged.Count);

    private static async Task AddGroupAsync(SingleWriterStore store, string name) =>
        (await store.ChangeAsync(Me, edit => edit.AddImGroup(name), default)).Succeeded.Should().BeTrue();

    private async Task<SingleWriterStore> OpenBehindAsync(CommitProxy proxy)
    {
        var store = SingleWriterStore.Start(
            new PostgresMailboxDatabase(_database.Connect(proxy.Port)), new MailboxLimits(), TestRealms.Random);
        await store.WaitUntilReadyAsync();
        return store;
    }
}
