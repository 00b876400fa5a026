using Ews.ImService.Harness;
using Ews.ImService.Mailbox;
using Ews.ImService.Postgres.Connections;
using Ews.ImService.Postgres.Mailboxes;

namespace Ews.ImService.Storage.Tests.Postgres;

/// <summary>Several stores, as several instances of the service have them, on one database.</summary>
public sealed class SharedMailboxTests : IDisposable
{
    private const int Stores = 3;

    private static readonly MailboxKey Me = TestMailboxes.Key("me@contoso.com");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly PostgresTestDatabase _database = new();

    public void Dispose() => _database.Dispose();

    [PostgresFact]
    public async Task A_change_of_one_store_is_in_the_next_read_of_every_other()
    {
        await using var stores = await StoreGroup.OpenAsync(_database, Stores);

        for (var i = 0; i < 60; i++)
        {
            var name = $"Group {i}";
            (await stores[i].ChangeAsync(Me, edit => edit.AddImGroup(name), default)).Succeeded.Should().BeTrue();
            foreach (var reader in stores)
                (await reader.FindAsync(Me, default))!.HasGroupNamed(name).Should().BeTrue();
        }

        var logs = await Task.WhenAll(stores.Select(store => store.ReadLogAsync(Me, 0, 1000, default)));
        logs.Should().AllSatisfy(log =>
        {
            log.Entries.Should().HaveCount(60);
            log.Entries[^1].LastNumber.Should().Be(log.Mailbox.Log.End);
        });
    }

    [PostgresFact]
    public async Task A_change_of_a_mailbox_that_another_store_has_changed_since_is_based_on_the_new_version()
    {
        await using var stores = await StoreGroup.OpenAsync(_database, Stores);
        await stores[0].ChangeAsync(Me, edit => edit.AddImGroup("Old"), default);
        await stores[1].ChangeAsync(Me, edit => edit.AddImGroup("New"), default);

        (await stores[0].ChangeAsync(Me, edit => edit.AddImGroup("New"), default)).Error
            .Should().Be(EwsError.ImGroupDisplayNameAlreadyExists);
        (await stores[1].ChangeAsync(Me, edit => edit.AddImGroup("Newest"), default)).Succeeded.Should().BeTrue();
        (await stores[0].ChangeAsync(Me, edit => edit.AddImGroup("Last"), default)).Succeeded.Should().BeTrue();

        (await stores[2].FindAsync(Me, default))!.LimitedGroups.Should().Be(4);
    }

    [PostgresFact]
    public async Task A_change_is_not_rejected_because_of_a_version_that_another_store_has_changed_since()
    {
        await using var stores = await StoreGroup.OpenAsync(_database, Stores);
        var added = await stores[0].ChangeAsync(Me, edit => edit.AddImGroup("Group"), default);
        await stores[1].ChangeAsync(Me, edit => edit.RemoveImGroup(added.Value!.Id.Value), default);

        (await stores[0].ChangeAsync(Me, edit => edit.AddImGroup("Group"), default)).Succeeded.Should().BeTrue();
        await stores[1].ReplaceAsync(Me.Realm, removed: null, added: [], onPublished: null, default);
        await stores[0].EnsureCreatedAsync(Me, "en-US", default);
        (await stores[0].ChangeAsync(Me, edit => edit.AddImGroup("Group"), default)).Succeeded.Should().BeTrue();
    }

    [PostgresFact]
    public async Task A_replacement_does_not_block_its_caller_while_all_connections_are_in_use()
    {
        var connectionString = PrivatePostgres.Shared.ConnectionString(_database.Name) + ";Maximum Pool Size=1;Timeout=60";
        await using var connections = new PostgresConnections(new PostgresOptions(connectionString, "one"));
        await using var store = SingleWriterStore.Start(
            new PostgresMailboxDatabase(connections), new MailboxLimits(), TestRealms.Random);
        await store.WaitUntilReadyAsync();
        Task replacement;
        await using (await connections.OpenAsync(default))
        {
            replacement = store.ReplaceAsync(Me.Realm, null, [new MailboxState(Guid.NewGuid(), Me.SmtpAddress)], null, default);
            replacement.IsCompleted.Should().BeFalse();
        }

        await replacement;
        (await store.FindAsync(Me, default)).Should().NotBeNull();
    }

    [PostgresFact]
    public async Task A_version_that_was_lost_is_not_taken_for_the_version_of_a_later_change()
    {
        await using var stores = await StoreGroup.OpenAsync(_database, Stores);
        await stores[0].ChangeAsync(Me, edit => edit.AddImGroup("Old"), default);
        await stores[1].FindAsync(Me, default);
        _database.Execute("""CREATE TABLE "Before" AS SELECT "Version", "LastCounter", "LogEnd" FROM "Mailboxes" """);
        await stores[0].ChangeAsync(Me, edit => edit.AddImGroup("Lost"), default);
        _database.Execute(
            """
            DELETE FROM "ImGroups" WHERE "DisplayName" = 'Lost';
            DELETE FROM "Changes" WHERE "Number" > (SELECT "LogEnd" FROM "Before");
            UPDATE "Mailboxes" SET ("Version", "LastCounter", "LogEnd") = (SELECT "Version", "LastCounter", "LogEnd" FROM "Before");
            """);
        await stores[1].ChangeAsync(Me, edit => edit.AddImGroup("New"), default);

        (await stores[0].FindAsync(Me, default))!.HasGroupNamed("New").Should().BeTrue();
        (await stores[0].ChangeAsync(Me, edit => edit.AddImGroup("Lost"), default)).Succeeded.Should().BeTrue();
        (await stores[1].FindAsync(Me, default))!.LimitedGroups.Should().Be(3);
    }

    [PostgresFact]
    public async Task Exactly_one_of_many_concurrent_groups_with_a_name_is_added()
    {
        await using var stores = await StoreGroup.OpenAsync(_database, Stores);

        var results = await Task.WhenAll(Enumerable.Range(0, 240).Select(i => Task.Run(async () => (
            Name: i % 40,
            Result: await stores[i].ChangeAsync(Me, edit => edit.AddImGroup($"Group {i % 40}"), default)))));

        results.GroupBy(result => result.Name).Should().HaveCount(40)
            .And.OnlyContain(name => name.Count(result => result.Result.Succeeded) == 1);
        results.Where(result => !result.Result.Succeeded).Should()
            .OnlyContain(result => result.Result.Error == EwsError.ImGroupDisplayNameAlreadyExists);
        foreach (var store in stores)
            (await store.FindAsync(Me, default))!.LimitedGroups.Should().Be(40);
    }

    [PostgresFact]
    public async Task A_limit_holds_for_the_changes_of_all_stores()
    {
        var limits = new MailboxLimits(MaxGroups: 20);
        await using var stores = await StoreGroup.OpenAsync(_database, Stores, limits);

        var results = await Task.WhenAll(Enumerable.Range(0, 90).Select(i =>
            Task.Run(() => stores[i].ChangeAsync(Me, edit => edit.AddImGroup($"Group {i}"), default))));

        results.Count(result => result.Succeeded).Should().Be(20);
        (await stores[0].FindAsync(Me, default))!.LimitedGroups.Should().Be(20);
    }

    [PostgresFact]
    public async Task A_mailbox_that_several_stores_create_is_created_once()
    {
        await using var stores = await StoreGroup.OpenAsync(_database, Stores);

        for (var i = 0; i < 20; i++)
        {
            var key = TestMailboxes.Key($"user{i}@contoso.com");
            var changes = await Task.WhenAll(stores.Select((store, index) => Task.Run(() =>
                store.ChangeAsync(key, edit => edit.AddImGroup($"Group {index}"), default))));
            changes.Should().OnlyContain(change => change.Succeeded);
            (await stores[i].FindAsync(key, default))!.LimitedGroups.Should().Be(Stores);
        }

        _database.Count("""SELECT COUNT(*) FROM "Mailboxes" """).Should().Be(20);
        (await stores[0].FindAddressesAsync(MailboxKey.DefaultRealm, default)).Should().HaveCount(20);
    }

    [PostgresFact]
    public async Task Changes_and_replacements_of_several_stores_leave_no_torn_mailbox()
    {
        await using var stores = await StoreGroup.OpenAsync(_database, Stores);
        var initial = TestMailboxes.State(Guid.NewGuid(), "me@contoso.com");

        await Task.WhenAll(Enumerable.Range(0, 60).Select(i => Task.Run(() => i % 6 == 0
            ? stores[i].ReplaceAsync(Me.Realm, null, [initial], null, default)
            : stores[i].ChangeAsync(Me, edit => SampleChanges.ChurnGroup(edit, i % 7), default))));

        var states = await Task.WhenAll(stores.Select(store => store.FindAsync(Me, default).AsTask()));
        await using var reopened = await _database.OpenAsync();
        states.Append(await reopened.FindAsync(Me, default)).Should().AllBeEquivalentTo(states[0]);
        _database.Count("""SELECT COUNT(*) FROM "Mailboxes" WHERE "Realm" = '' """).Should().Be(1);
    }

    [PostgresFact]
    public async Task A_change_of_one_store_signals_the_readers_that_wait_at_another()
    {
        await using var stores = await StoreGroup.OpenAsync(_database, 2);
        await AddGroupAsync(stores[0], "Before");
        await stores[1].FindAsync(Me, default);
        using var watch = stores[1].Watch(Me.Realm);
        var changed = stores[1].WaitForChangeAsync(Me);
        var other = stores[1].WaitForChangeAsync(TestMailboxes.Key("you@contoso.com"));

        await AddGroupAsync(stores[0], "Next");

        await changed.WaitAsync(Patience);
        other.IsCompleted.Should().BeFalse();
        watch.TakeChanges().Should().Equal(Me.SmtpAddress);
    }

    [PostgresFact]
    public async Task Realms_of_one_store_are_found_by_the_others()
    {
        await using var stores = await StoreGroup.OpenAsync(_database, 2);
        foreach (var realm in new[] { "", "a", "A", "b-1", "z" })
        {
            for (var i = 0; i < 3; i++)
                await stores[0].EnsureCreatedAsync(new MailboxKey(realm, SmtpAddress.Parse($"user{i}@contoso.com")), "en-US", default);
        }

        (await stores[1].FindRealmsAsync(default)).Should().BeEquivalentTo("", "a", "A", "b-1", "z");
        (await stores[1].ReadAllAsync("A", default)).Should().HaveCount(3);
    }

    [PostgresFact]
    public void Row_keys_are_unique_in_all_instances()
    {
        using var one = _database.NewDatabase();
        using var two = _database.NewDatabase();
        one.Open();
        two.Open();

        var keys = Enumerable.Range(0, 50).SelectMany(i => Reserve(i % 2 == 0 ? one : two, (i * 7 % 100) + 1)).ToList();

        keys.Should().OnlyHaveUniqueItems().And.OnlyContain(key => key > 0);

        static IEnumerable<int> Reserve(IMailboxDatabase database, int count) => Enumerable.Range(database.ReserveIds(count), count);
    }

    [PostgresFact]
    public void A_commit_based_on_an_older_version_changes_nothing()
    {
        using var database = (PostgresMailboxDatabase)_database.NewDatabase();
        database.Open();
        var (id, otherId) = (database.ReserveIds(2), 0);
        otherId = id + 1;
        database.TryCommit(new RowChanges([], [Insert(id, "me@contoso.com"), Insert(otherId, "you@contoso.com")])).Should().BeTrue();

        database.TryCommit(new RowChanges([], [Update(id, "me@contoso.com", version: 0)])).Should().BeTrue();
        database.TryCommit(new RowChanges([], [Update(id, "me@contoso.com", 0), Update(otherId, "you@contoso.com", 0)])).Should().BeFalse();
        database.TryCommit(new RowChanges([], [Insert(database.ReserveIds(1), "me@contoso.com")])).Should().BeFalse();

        var read = database.Read([new KnownMailbox(Me, id, 1), new KnownMailbox(TestMailboxes.Key("you@contoso.com"), otherId, 0)]);
        read.Should().OnlyContain(mailbox => mailbox.IsUnchanged);
        _database.Count("""SELECT COUNT(*) FROM "Mailboxes" """).Should().Be(2);
    }

    [PostgresFact]
    public void A_hidden_mailbox_that_is_being_deleted_cannot_become_visible()
    {
        using var database = (PostgresMailboxDatabase)_database.NewDatabase();
        database.Open();
        var (id, visible) = (database.ReserveIds(1), database.ReserveIds(1));
        database.TryCommit(new RowChanges([], [new RowChange.Insert(RowMapper.ToHiddenRow(id, Me)), Insert(visible, "you@contoso.com")]));
        database.TryCommit(new RowChanges([], [.. Enumerable.Range(1, 5).Select(number => Change(id, number))]));

        database.DeleteSlice(id, 3).Should().BeFalse();
        database.TryCommit(new RowChanges([], [Update(id, "me@contoso.com", version: 0)])).Should().BeFalse();
        database.DeleteSlice(id, 3).Should().BeTrue();
        database.DeleteSlice(id, 3).Should().BeTrue("nothing remains");
        database.DeleteSlice(visible, 3).Should().BeTrue("it is not hidden");

        _database.Count("""SELECT COUNT(*) FROM "Mailboxes" """).Should().Be(1);
        _database.Count("""SELECT COUNT(*) FROM "Changes" """).Should().Be(0);
    }

    [PostgresFact]
    public async Task Rows_that_an_ended_process_left_are_deleted_by_a_later_one_and_those_of_a_running_one_are_not()
    {
        using (var database = _database.NewDatabase())
        {
            database.Open();
            var (old, recent) = (RowMapper.ToHiddenRow(database.ReserveIds(1), Me), RowMapper.ToHiddenRow(database.ReserveIds(1), Me));
            old.LogId -= (long)TimeSpan.FromHours(2).TotalSeconds;
            database.TryCommit(new RowChanges([], [new RowChange.Insert(old), new RowChange.Insert(recent), Change(old.Id, 1)]));
        }

        await using (var store = await _database.OpenAsync())
        {
            for (var i = 0; i < 5; i++)
                await AddGroupAsync(store, $"Group {i}");
        }

        _database.Count("""SELECT COUNT(*) FROM "Mailboxes" WHERE "Realm" LIKE '*%' """).Should().Be(1);
    }

    private static RowChange.Insert Insert(int id, string address) => new(Row(id, address, version: 0, baseVersion: 0));

    private static RowChange.Update Update(int id, string address, long version) => new(Row(id, address, version + 1, version));

    private static MailboxRow Row(int id, string address, long version, long baseVersion) =>
        RowMapper.ToRow(id, MailboxKey.DefaultRealm, TestMailboxes.State(Guid.NewGuid(), address), version, baseVersion);

    private static RowChange.Insert Change(int mailboxId, long number) => new(new ChangeRow
    {
        MailboxId = mailboxId,
        Number = number,
        ObjectId = "id",
    });

    private static async Task AddGroupAsync(SingleWriterStore store, string name) =>
        (await store.ChangeAsync(Me, edit => edit.AddImGroup(name), default)).Succeeded.Should().BeTrue();
}
