using Ews.ImService.Mailbox;

namespace Ews.ImService.Storage.Tests;

/// <summary>The queue, the batches and the cache, on a database that the test controls.</summary>
public abstract class SingleWriterStoreTests : IDisposable
{
    private static readonly MailboxKey Me = TestMailboxes.Key("me@contoso.com");

    private readonly StoreDatabase _file;
    private readonly ControlledDatabase _database;

    protected SingleWriterStoreTests(DatabaseKind kind)
    {
        _file = StoreDatabase.Create(kind);
        _database = new ControlledDatabase(_file.NewDatabase());
    }

    public void Dispose()
    {
        _file.Dispose();
        GC.SuppressFinalize(this);
    }

    [StoreFact]
    public async Task Requests_wait_until_the_database_is_open()
    {
        _database.MayOpen.Reset();
        await using var store = Start();

        var requests = new Task[]
        {
            store.WaitUntilReadyAsync(),
            store.FindAsync(Me, default).AsTask(),
            store.FindRealmsAsync(default),
            store.ReadAllAsync(MailboxKey.DefaultRealm, default),
            store.ChangeAsync(Me, edit => edit.AddImGroup("Team"), default),
        };
        await Task.Delay(50);
        var completedEarly = requests.Count(request => request.IsCompleted);
        var wasReady = store.IsReady;
        _database.MayOpen.Set();
        await Task.WhenAll(requests);

        completedEarly.Should().Be(0);
        wasReady.Should().BeFalse();
        store.IsReady.Should().BeTrue();
        (await store.FindAsync(Me, default))!.HasGroupNamed("Team").Should().BeTrue();
    }

    [StoreFact]
    public async Task Requests_fail_with_the_exception_of_a_database_that_cannot_be_opened()
    {
        _file.MakeUnusable();
        _database.MayOpen.Reset();
        await using var store = Start();
        var early = store.ChangeAsync(Me, edit => edit.AddImGroup("Team"), default);
        _database.MayOpen.Set();

        var failure = (await store.Invoking(it => it.WaitUntilReadyAsync()).Should().ThrowAsync<StorageException>()).Which;

        (await early.Invoking(it => it).Should().ThrowAsync<StorageException>()).Which.Should().BeSameAs(failure);
        (await store.Invoking(it => it.FindAsync(Me, default).AsTask()).Should().ThrowAsync<StorageException>())
            .Which.Should().BeSameAs(failure);
        (await store.Invoking(it => it.FindRealmsAsync(default)).Should().ThrowAsync<StorageException>())
            .Which.Should().BeSameAs(failure);
        store.IsReady.Should().BeFalse();
    }

    [StoreFact]
    public async Task A_change_completes_and_becomes_visible_only_after_its_commit()
    {
        await using var store = Start();
        await store.ChangeAsync(Me, edit => edit.AddImGroup("Before"), default);
        _database.IsCommitting.Reset();
        _database.MayCommit.Reset();

        var change = store.ChangeAsync(Me, edit => edit.AddImGroup("Team"), default);
        _database.IsCommitting.Wait();
        await Task.Delay(50);

        var completedEarly = change.IsCompleted;
        var stateDuringCommit = await store.FindAsync(Me, default);
        _database.MayCommit.Set();

        (await change).Succeeded.Should().BeTrue();
        completedEarly.Should().BeFalse();
        stateDuringCommit!.HasGroupNamed("Team").Should().BeFalse();
        (await store.FindAsync(Me, default))!.HasGroupNamed("Team").Should().BeTrue();
    }

    [StoreFact]
    public async Task Neither_changes_nor_reads_nor_errors_of_a_batch_complete_before_its_commit()
    {
        await using var store = Start();
        await store.ChangeAsync(Me, edit => edit.AddImGroup("Before"), default);
        string[] names = [.. Enumerable.Range(0, 20).Select(i => $"Group {i}")];

        List<Task<EwsResult<ImGroup>>> changes, repetitions;
        Task<LoggedMailbox> read;
        using (new BusyWriter(store, edit => (EwsResult<Done>)default(Done)))
        {
            changes = [.. names.Select(name => store.ChangeAsync(Me, edit => edit.AddImGroup(name), default))];
            repetitions = [.. names.Select(name => store.ChangeAsync(Me, edit => edit.AddImGroup(name), default))];
            read = store.ReadLogAsync(Me, 0, 1, default);
            _database.IsCommitting.Reset();
            _database.MayCommit.Reset();
        }

        _database.IsCommitting.Wait();
        await Task.Delay(50);
        var completedEarly = ((Task[])[.. changes, .. repetitions, read]).Count(task => task.IsCompleted);
        var visibleEarly = (await store.FindAsync(Me, default))!.LimitedGroups;
        _database.MayCommit.Set();

        (await Task.WhenAll(changes)).Should().OnlyContain(result => result.Succeeded);
        (await Task.WhenAll(repetitions)).Should().OnlyContain(result => result.Error == EwsError.ImGroupDisplayNameAlreadyExists);
        completedEarly.Should().Be(0);
        visibleEarly.Should().Be(1);
        (await read).Mailbox.LimitedGroups.Should().Be(1 + names.Length);
        _database.Commits.Should().HaveCount(2, "all requests were in one batch");
        await AssertMemoryEqualsDatabaseAsync(store);
    }

    [StoreFact]
    public async Task Waiting_changes_are_committed_in_one_transaction_with_one_update_of_the_mailbox()
    {
        await using var store = Start();
        await store.ChangeAsync(Me, edit => edit.AddImGroup("Before"), default);

        List<Task<EwsResult<ImGroup>>> changes;
        using (new BusyWriter(store))
            changes = [.. Enumerable.Range(0, 10).Select(i => store.ChangeAsync(Me, edit => edit.AddImGroup($"Group {i}"), default))];
        await Task.WhenAll(changes);

        _database.Commits.Should().HaveCount(3);
        _database.Commits[2].Rows.OfType<RowChange.Insert>().Select(insert => insert.Row.GetType()).Should().BeEquivalentTo(
            Enumerable.Repeat(typeof(ImGroupRow), 10).Concat(Enumerable.Repeat(typeof(ChangeRow), 10)));
        _database.Commits[2].Rows.OfType<RowChange.Update>().Should().ContainSingle().Which.Row.Should().BeOfType<MailboxRow>();
    }

    [StoreFact]
    public async Task A_rejected_batch_is_committed_change_by_change_and_only_the_rejected_change_fails()
    {
        _database.Rejects = changes => changes.Rows.OfType<RowChange.Insert>().Any(IsGroupNamedRejected);
        await using (var store = Start())
        {
            await store.ChangeAsync(Me, edit => edit.AddImGroup("Before"), default);
            string[] names = ["First", "Rejected", "Last"];

            List<Task<EwsResult<ImGroup>>> changes;
            using (new BusyWriter(store))
                changes = [.. names.Select(name => store.ChangeAsync(Me, edit => edit.AddImGroup(name), default))];

            (await changes[0]).Succeeded.Should().BeTrue();
            await changes[1].Invoking(change => change).Should().ThrowAsync<StorageException>();
            (await changes[2]).Succeeded.Should().BeTrue();
            _database.Commits.Skip(2).Select(commit => commit.Rows.Count(change => change.Row is ImGroupRow)).Should().Equal(3, 1, 1, 1);
            (await store.FindAsync(Me, default))!.HasGroupNamed("Rejected").Should().BeFalse();
            await AssertMemoryEqualsDatabaseAsync(store);
        }

        static bool IsGroupNamedRejected(RowChange.Insert insert) => insert.Row is ImGroupRow { DisplayName: "Rejected" };
    }

    [StoreFact]
    public async Task A_rejected_change_leaves_no_trace_in_memory()
    {
        await using var store = Start();
        await store.ChangeAsync(Me, edit => edit.AddImGroup("Before"), default);
        var before = await store.FindAsync(Me, default);
        var other = TestMailboxes.Key("other@contoso.com");

        _database.Rejects = _ => true;
        await store.Invoking(it => it.ChangeAsync(Me, edit => edit.AddImGroup("Team"), default)).Should().ThrowAsync<StorageException>();
        await store.Invoking(it => it.ChangeAsync(other, edit => edit.AddImGroup("Team"), default)).Should().ThrowAsync<StorageException>();
        await store.Invoking(it => it.ReplaceAsync(MailboxKey.DefaultRealm, null, [], null, default))
            .Should().ThrowAsync<StorageException>();
        _database.Rejects = _ => false;

        (await store.FindAsync(Me, default)).Should().BeSameAs(before);
        (await store.FindAsync(other, default)).Should().BeNull();
        (await store.ChangeAsync(Me, edit => edit.AddImGroup("Team"), default)).Succeeded.Should().BeTrue();
        await AssertMemoryEqualsDatabaseAsync(store);
    }

    [StoreFact]
    public async Task A_rule_that_fails_or_changes_nothing_commits_nothing()
    {
        await using var store = Start();
        await store.ChangeAsync(Me, edit => edit.AddImGroup("Team"), default);

        (await store.ChangeAsync(Me, edit => edit.AddImGroup("Team"), default)).Error.Should().Be(EwsError.ImGroupDisplayNameAlreadyExists);
        (await store.ChangeAsync(Me, _ => (EwsResult<Done>)default(Done), default)).Succeeded.Should().BeTrue();

        _database.Commits.Should().ContainSingle();
    }

    [StoreFact]
    public async Task A_rule_that_throws_fails_its_own_caller_and_stores_nothing()
    {
        await using var store = Start();
        await store.ChangeAsync(Me, edit => edit.AddImGroup("Before"), default);

        List<Task<EwsResult<ImGroup>>> changes;
        using (new BusyWriter(store))
        {
            changes =
            [
                store.ChangeAsync(Me, edit => edit.AddImGroup("First"), default),
                store.ChangeAsync(Me, AddThenThrow, default),
                store.ChangeAsync(Me, edit => edit.AddImGroup("Partial"), default),
            ];
        }

        (await changes[0]).Succeeded.Should().BeTrue();
        await changes[1].Invoking(change => change).Should().ThrowAsync<InvalidOperationException>().WithMessage("A bug.");
        (await changes[2]).Succeeded.Should().BeTrue();

        static EwsResult<ImGroup> AddThenThrow(MailboxEdit edit)
        {
            edit.AddImGroup("Partial");
            throw new InvalidOperationException("A bug.");
        }
    }

    [StoreFact]
    public async Task A_source_of_GUIDs_that_throws_fails_its_own_caller_and_creates_no_mailbox()
    {
        var isBroken = false;
        var other = TestMailboxes.Key("other@contoso.com");
        var realms = new TestRealms(() => isBroken ? throw new InvalidOperationException("No GUIDs left.") : Guid.NewGuid());
        await using var store = Start(realms);
        await store.ChangeAsync(Me, edit => edit.AddImGroup("Before"), default);
        isBroken = true;

        List<Task<EwsResult<ImGroup>>> changes;
        using (new BusyWriter(store))
        {
            changes = [.. Enumerable.Range(0, 20).Select(i =>
                store.ChangeAsync(i == 10 ? other : Me, edit => edit.AddImGroup($"Group {i}"), default))];
        }

        await changes[10].Invoking(change => change).Should().ThrowAsync<InvalidOperationException>();
        (await Task.WhenAll(changes.Where((_, i) => i != 10))).Should().OnlyContain(result => result.Succeeded);
        (await store.FindAsync(other, default)).Should().BeNull();
        await AssertMemoryEqualsDatabaseAsync(store);
    }

    [StoreFact]
    public async Task A_request_canceled_before_it_runs_changes_nothing()
    {
        await using var store = Start();
        using var cancellation = new CancellationTokenSource();

        Task<EwsResult<ImGroup>> canceled;
        using (new BusyWriter(store))
        {
            canceled = store.ChangeAsync(Me, edit => edit.AddImGroup("Canceled"), cancellation.Token);
            await cancellation.CancelAsync();
        }

        await canceled.Invoking(change => change).Should().ThrowAsync<OperationCanceledException>();
        (await store.ChangeAsync(Me, edit => edit.AddImGroup("Last"), default)).Succeeded.Should().BeTrue();
        (await store.FindAsync(Me, default))!.HasGroupNamed("Canceled").Should().BeFalse();
    }

    [StoreFact]
    public async Task Exactly_one_of_many_concurrent_groups_with_the_same_name_is_added()
    {
        await using var store = Start();

        var results = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ =>
            Task.Run(() => store.ChangeAsync(Me, edit => edit.AddImGroup("Team"), default))));

        results.Count(result => result.Succeeded).Should().Be(1);
        results.Where(result => !result.Succeeded).Should()
            .OnlyContain(result => result.Error == EwsError.ImGroupDisplayNameAlreadyExists);
    }

    [StoreFact]
    public async Task Changes_before_and_after_a_replacement_are_neither_lost_nor_merged_into_it()
    {
        var other = TestMailboxes.Key("other@contoso.com");
        await using var store = Start();
        await store.ChangeAsync(other, edit => edit.AddImGroup("Kept"), default);

        SmtpAddress[] removed = [SmtpAddress.Parse("ME@contoso.com"), SmtpAddress.Parse("missing@contoso.com")];

        Task before, replacement, after;
        using (new BusyWriter(store))
        {
            before = store.ChangeAsync(Me, edit => edit.AddImGroup("Before"), default);
            replacement = store.ReplaceAsync(MailboxKey.DefaultRealm, removed, [], null, default);
            after = store.ChangeAsync(Me, edit => edit.AddImGroup("After"), default);
        }

        await Task.WhenAll(before, replacement, after);
        (await store.FindAsync(Me, default))!.OrderedGroups.Select(group => group.DisplayName)
            .Should().EndWith("After").And.NotContain("Before");
        (await store.FindAsync(other, default))!.HasGroupNamed("Kept").Should().BeTrue();
    }

    [StoreFact]
    public async Task A_read_after_a_replacement_returns_only_the_new_mailboxes()
    {
        var added = TestMailboxes.State(Guid.NewGuid(), "new@contoso.com");
        await using var store = Start();

        Task replacement;
        Task<LoggedMailbox> read;
        using (new BusyWriter(store))
        {
            replacement = store.ReplaceAsync(MailboxKey.DefaultRealm, removed: null, [added], null, default);
            read = store.ReadLogAsync(TestMailboxes.Key("new@contoso.com"), 0, 1, default);
        }

        await replacement;
        ((await read).Mailbox with { Log = added.Log }).Should().Be(added);
        (await store.ReadAllAsync(MailboxKey.DefaultRealm, default)).Select(state => state with { Log = added.Log }).Should().Equal(added);
    }

    [StoreFact]
    public async Task Changes_fail_if_the_database_does_not_respond_and_only_the_one_in_work_may_be_stored()
    {
        await using (var before = await _file.OpenAsync())
            await before.ChangeAsync(Me, edit => edit.AddImGroup("Before"), default);
        await using var store = Start(responseTimeout: TimeSpan.FromSeconds(1));
        await store.ReadAllAsync(MailboxKey.DefaultRealm, default);
        _database.MayCommit.Reset();

        var inWork = store.ChangeAsync(Me, edit => edit.AddImGroup("In work"), default);
        _database.IsCommitting.Wait();
        var replacement = store.ReplaceAsync("other", null, [], null, default);
        var waiting = store.ChangeAsync(Me, edit => edit.AddImGroup("Waiting"), default);
        var load = store.FindAsync(Me, default);

        (load.IsCompletedSuccessfully || _database.Shared is not null).Should().BeTrue("reads from memory continue");
        (await load)!.HasGroupNamed("Before").Should().BeTrue();
        await inWork.Invoking(change => change).Should().ThrowAsync<StorageException>().WithMessage("*did not respond*");
        await waiting.Invoking(change => change).Should().ThrowAsync<StorageException>().WithMessage("*did not respond*");
        replacement.IsCompleted.Should().BeFalse("a replacement may take longer");
        _database.MayCommit.Set();

        await replacement;
        var after = store.ReadAllAsync(MailboxKey.DefaultRealm, default);
        (await after).Single().HasGroupNamed("In work").Should().BeTrue();
        (await after).Single().HasGroupNamed("Waiting").Should().BeFalse();
        await AssertMemoryEqualsDatabaseAsync(store);
    }

    [StoreFact]
    public async Task The_times_of_a_slow_change_are_kept()
    {
        await using var store = Start();
        await store.ReadAllAsync(MailboxKey.DefaultRealm, default);
        _database.MayCommit.Reset();
        var other = TestMailboxes.Key("other@contoso.com");

        var inWork = store.ChangeAsync(Me, edit => edit.AddImGroup("In work"), default);
        _database.IsCommitting.Wait();
        var waiting = store.ChangeAsync(other, edit => edit.AddImGroup("Waiting"), default);
        var started = Environment.TickCount64;
        SpinWait.SpinUntil(() => Environment.TickCount64 - started > 200);
        _database.MayCommit.Set();
        await Task.WhenAll(inWork, waiting);

        var within = TimeSpan.FromHours(1);
        store.FindTimesOfSlowRequest(Me, within)!.Value.Commit.TotalMilliseconds.Should().BeGreaterThan(150);
        store.FindTimesOfSlowRequest(other, within)!.Value.Queue.TotalMilliseconds.Should().BeGreaterThan(150);
        store.FindTimesOfSlowRequest(TestMailboxes.Key("fast@contoso.com"), within).Should().BeNull();
    }

    [StoreFact]
    public async Task A_disposed_store_completes_waiting_changes_and_rejects_new_requests()
    {
        var store = Start();
        var change = store.ChangeAsync(Me, edit => edit.AddImGroup("Team"), default);

        await store.DisposeAsync();
        await store.DisposeAsync();

        (await change).Succeeded.Should().BeTrue();
        await store.Invoking(it => it.ChangeAsync(Me, edit => edit.AddImGroup("Late"), default))
            .Should().ThrowAsync<ObjectDisposedException>();
        await using var reopened = await _file.OpenAsync();
        (await reopened.FindAsync(Me, default))!.HasGroupNamed("Team").Should().BeTrue();
    }

    private async Task AssertMemoryEqualsDatabaseAsync(SingleWriterStore store)
    {
        var states = await store.ReadAllAsync(MailboxKey.DefaultRealm, default);
        var stored = _database
            .Read([.. _database.FindMailboxes(MailboxKey.DefaultRealm, null).Select(row => new KnownMailbox(RowMapper.ToKey(row), 0, 0))])
            .Select(reading => RowMapper.ToState(reading.Rows!));
        states.Should().BeEquivalentTo(stored);
    }

    private SingleWriterStore Start(IRealms? realms = null, TimeSpan? responseTimeout = null) =>
        SingleWriterStore.Start(_database, new MailboxLimits(), realms ?? TestRealms.Random, responseTimeout: responseTimeout);

    /// <summary>Occupies the writer with a request until it is disposed, so that the requests sent meanwhile wait together.</summary>
    private sealed class BusyWriter : IDisposable
    {
        private readonly ManualResetEventSlim _mayEnd = new();

        public BusyWriter(SingleWriterStore store)
            : this(store, edit => edit.AddImGroup("Busy").Select(_ => default(Done)))
        {
        }

        public BusyWriter(SingleWriterStore store, Func<MailboxEdit, EwsResult<Done>> change)
        {
            using var isRunning = new ManualResetEventSlim();
            _ = store.ChangeAsync(
                Me,
                edit =>
                {
                    isRunning.Set();
                    _mayEnd.Wait();
                    return change(edit);
                },
                default);
            isRunning.Wait();
        }

        public void Dispose() => _mayEnd.Set();
    }

    public sealed class OnSqlite() : SingleWriterStoreTests(DatabaseKind.Sqlite);

    public sealed class OnPostgres() : SingleWriterStoreTests(DatabaseKind.Postgres);
}
