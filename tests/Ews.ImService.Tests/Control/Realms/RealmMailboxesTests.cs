using Ews.ImService.Control;
using Ews.ImService.Control.Contract;
using Ews.ImService.Control.Documents;
using Ews.ImService.Control.Realms;
using Ews.ImService.Control.Seeds;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol;
using Ews.ImService.Storage;

namespace Ews.ImService.Tests.Control.Realms;

/// <summary>Operations on a realm that run at the same time. The store is held between the operations and the database.</summary>
public sealed class RealmMailboxesTests : IAsyncLifetime
{
    private static readonly MailboxKey Alice = new("test", SmtpAddress.Parse("alice@contoso.com"));

    private readonly RealmRegistry _registry = new(new ControlOptions { MaxSnapshots = 1 });
    private readonly HeldStore _store;
    private readonly RealmMailboxes _mailboxes;

    public RealmMailboxesTests()
    {
        _store = HeldStore.Start(_registry);
        var accounts = new AccountDirectory([], autoCreate: true, new ImpersonationRights([]));
        var seed = """{ "mailboxes": [{ "smtpAddress": "alice@contoso.com", "groups": [{ "displayName": "Seeded" }] }] }"""u8.ToArray();
        _mailboxes = new RealmMailboxes(
            _registry,
            _store,
            accounts,
            new EwsOptions(),
            new MailboxLimits(),
            new StartSeed([("seed.json", seed)]));
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _store.DisposeAsync().AsTask();

    [Fact]
    public async Task A_request_during_the_deletion_of_a_realm_finds_the_start_seed_afterwards()
    {
        await _mailboxes.EnsureSeededAsync(_registry[Alice.Realm]);
        _store.Hold();
        var deletion = _mailboxes.DeleteAsync(_registry[Alice.Realm]);
        await _store.WaitUntilHeldAsync();

        var request = _mailboxes.EnsureSeededAsync(_registry[Alice.Realm]);
        _store.Release();
        await Task.WhenAll(deletion, request);

        (await _store.FindAsync(Alice, default))!.HasGroupNamed("Seeded").Should().BeTrue();
    }

    [Fact]
    public async Task A_write_during_the_deletion_of_a_realm_that_completes_after_it_is_kept()
    {
        await _mailboxes.EnsureSeededAsync(_registry[Alice.Realm]);
        _store.Hold();
        var deletion = _mailboxes.DeleteAsync(_registry[Alice.Realm]);
        await _store.WaitUntilHeldAsync();
        var request = WriteAsync(_registry[Alice.Realm]);
        _store.Release();
        await Task.WhenAll(deletion, request);

        await _mailboxes.EnsureSeededAsync(_registry[Alice.Realm]);

        (await _store.FindAsync(Alice, default))!.HasGroupNamed("Added").Should().BeTrue();

        async Task WriteAsync(Realm realm)
        {
            await _mailboxes.EnsureSeededAsync(realm);
            (await _store.ChangeAsync(Alice, edit => edit.AddImGroup("Added"), default)).Succeeded.Should().BeTrue();
        }
    }

    [Fact]
    public async Task A_deletion_that_fails_keeps_the_realm()
    {
        await _mailboxes.EnsureSeededAsync(_registry[Alice.Realm]);
        await _store.ChangeAsync(Alice, edit => edit.AddImGroup("Added"), default);
        _store.FailNext();

        await _mailboxes.Invoking(it => it.DeleteAsync(_registry[Alice.Realm])).Should().ThrowAsync<IOException>();

        await _mailboxes.EnsureSeededAsync(_registry[Alice.Realm]);
        (await _store.FindAsync(Alice, default))!.HasGroupNamed("Added").Should().BeTrue("a realm is seeded once");
    }

    [Fact]
    public async Task Snapshots_that_are_taken_at_the_same_time_do_not_exceed_the_limit()
    {
        var realm = _registry[Alice.Realm];
        await _mailboxes.EnsureSeededAsync(realm);
        _store.Hold();
        var first = _mailboxes.TakeSnapshotAsync(realm, "one");
        var second = _mailboxes.TakeSnapshotAsync(realm, "two");
        await _store.WaitUntilHeldAsync();
        _store.Release();

        (await first).Should().BeTrue();
        (await second).Should().BeFalse();

        realm.Snapshots.All.Select(snapshot => snapshot.Name).Should().Equal("one");
    }

    [Theory]
    [InlineData(null, 0)]
    [InlineData("0b0b7a3e-6c57-4d5c-9d5b-1d6ed4d9a6f1", 1)]
    public async Task A_document_is_compared_with_the_mailboxes_of_the_realm_only_if_it_contains_GUIDs(string? mailboxGuid, int reads)
    {
        await _mailboxes.EnsureSeededAsync(_registry[Alice.Realm]);
        var mailbox = new SeedMailbox
        {
            SmtpAddress = "bob@contoso.com",
            MailboxGuid = mailboxGuid is null ? null : Guid.Parse(mailboxGuid),
        };
        var problems = new DocumentProblems();

        await _mailboxes.LoadAsync(
            _registry[Alice.Realm], new SeedDocument { Mailboxes = [mailbox] }, problems, replaceAll: false);

        problems.Count.Should().Be(0);
        _store.RealmReads.Should().Be(reads);
        (await _store.FindAddressesAsync(Alice.Realm, default)).Should().HaveCount(2);
    }

    /// <summary>A store whose operations on a whole realm wait.</summary>
    private sealed class HeldStore(SingleWriterStore store) : IMailboxStore, IAsyncDisposable
    {
        private TaskCompletionSource _held = new();
        private TaskCompletionSource _released = Completed();
        private bool _fails;

        public static HeldStore Start(IRealms realms) =>
            new(MailboxStorage.Start(new MailboxStoreOptions(MailboxStoreOptions.InMemory, new MailboxLimits(), realms)));

        public int RealmReads { get; private set; }

        public void Hold() => (_held, _released) = (new TaskCompletionSource(), new TaskCompletionSource());

        public Task WaitUntilHeldAsync() => _held.Task;

        public void Release() => _released.SetResult();

        public void FailNext() => _fails = true;

        public ValueTask<MailboxState?> FindAsync(MailboxKey mailbox, CancellationToken cancellationToken) =>
            store.FindAsync(mailbox, cancellationToken);

        public Task EnsureCreatedAsync(MailboxKey mailbox, string culture, CancellationToken cancellationToken) =>
            store.EnsureCreatedAsync(mailbox, culture, cancellationToken);

        public Task<EwsResult<T>> ChangeAsync<T>(
            MailboxKey mailbox, Func<MailboxEdit, EwsResult<T>> change, CancellationToken cancellationToken) =>
            store.ChangeAsync(mailbox, change, cancellationToken);

        public Task<LoggedMailbox> ReadLogAsync(
            MailboxKey mailbox, long after, int maxEntries, CancellationToken cancellationToken) =>
            store.ReadLogAsync(mailbox, after, maxEntries, cancellationToken);

        public Task WaitForChangeAsync(MailboxKey mailbox) => store.WaitForChangeAsync(mailbox);

        public IMailboxWatch Watch(string realm) => store.Watch(realm);

        public Task<IReadOnlyCollection<string>> FindRealmsAsync(CancellationToken cancellationToken) =>
            store.FindRealmsAsync(cancellationToken);

        public Task<IReadOnlyCollection<SmtpAddress>> FindAddressesAsync(string realm, CancellationToken cancellationToken) =>
            store.FindAddressesAsync(realm, cancellationToken);

        public Task<IReadOnlyList<MailboxState>> ReadManyAsync(
            string realm, IReadOnlyList<SmtpAddress> addresses, CancellationToken cancellationToken) =>
            store.ReadManyAsync(realm, addresses, cancellationToken);

        public async Task<IReadOnlyList<MailboxState>> ReadAllAsync(string realm, CancellationToken cancellationToken)
        {
            RealmReads++;
            await WaitAsync();
            return await store.ReadAllAsync(realm, cancellationToken);
        }

        public async Task ReplaceAsync(
            string realm,
            IReadOnlyCollection<SmtpAddress>? removed,
            IReadOnlyCollection<MailboxState> added,
            Action? onPublished,
            CancellationToken cancellationToken)
        {
            await WaitAsync();
            await store.ReplaceAsync(realm, removed, added, onPublished, cancellationToken);
        }

        public ValueTask DisposeAsync() => store.DisposeAsync();

        /// <summary>Holds the first operation after <see cref="Hold"/>; later ones run at once.</summary>
        private async Task WaitAsync()
        {
            if (_fails)
            {
                _fails = false;
                throw new IOException("The disk is full.");
            }

            if (_held.TrySetResult())
                await _released.Task;
        }

        private static TaskCompletionSource Completed()
        {
            var source = new TaskCompletionSource();
            source.SetResult();
            return source;
        }
    }
}
