using Ews.ImService.Mailbox;

namespace Ews.ImService.Storage.Tests;

/// <summary>The addresses of changed mailboxes that a watch collects.</summary>
public abstract class MailboxWatchTests : IDisposable
{
    private static readonly MailboxKey Me = TestMailboxes.Key("me@contoso.com");
    private static readonly MailboxKey You = TestMailboxes.Key("you@contoso.com");

    private readonly StoreDatabase _file;

    protected MailboxWatchTests(DatabaseKind kind) => _file = StoreDatabase.Create(kind);

    public void Dispose()
    {
        _file.Dispose();
        GC.SuppressFinalize(this);
    }

    [StoreFact]
    public async Task A_watch_collects_each_changed_mailbox_once_until_it_is_taken()
    {
        await using var store = await _file.OpenAsync();
        await AddGroupAsync(store, Me, "Before");
        using var watch = store.Watch(MailboxKey.DefaultRealm);

        watch.TakeChanges().Should().BeEmpty();
        await AddGroupAsync(store, Me, "One");
        await AddGroupAsync(store, Me, "Two");
        await AddGroupAsync(store, You, "One");

        watch.TakeChanges().Should().BeEquivalentTo([Me.SmtpAddress, You.SmtpAddress]);
        watch.TakeChanges().Should().BeEmpty();
        await AddGroupAsync(store, You, "Two");
        watch.TakeChanges().Should().Equal(You.SmtpAddress);
    }

    [StoreFact]
    public async Task Mailboxes_that_are_created_by_reading_replaced_or_deleted_are_collected()
    {
        await using var store = await _file.OpenAsync();
        using var watch = store.Watch(MailboxKey.DefaultRealm);

        await store.EnsureCreatedAsync(Me, "en-US", default);
        watch.TakeChanges().Should().Equal(Me.SmtpAddress);
        await store.ReplaceAsync(MailboxKey.DefaultRealm, null, [TestMailboxes.State(Guid.NewGuid(), "you@contoso.com")], null, default);
        watch.TakeChanges().Should().BeEquivalentTo([Me.SmtpAddress, You.SmtpAddress]);
    }

    [StoreFact]
    public async Task Reading_and_rejected_changes_are_not_collected()
    {
        await using var store = await _file.OpenAsync();
        await AddGroupAsync(store, Me, "Team");
        using var watch = store.Watch(MailboxKey.DefaultRealm);

        await store.ReadLogAsync(Me, 0, 100, default);
        (await store.ChangeAsync(Me, edit => edit.AddImGroup("Team"), default)).Succeeded.Should().BeFalse();

        watch.TakeChanges().Should().BeEmpty();
    }

    [StoreFact]
    public async Task A_watch_collects_the_mailboxes_of_its_realm_until_it_is_disposed()
    {
        await using var store = await _file.OpenAsync();
        var disposed = store.Watch(MailboxKey.DefaultRealm);
        using var other = store.Watch("other");
        using var watch = store.Watch(MailboxKey.DefaultRealm);

        disposed.Dispose();
        await AddGroupAsync(store, Me, "Team");

        disposed.TakeChanges().Should().BeEmpty();
        other.TakeChanges().Should().BeEmpty();
        watch.TakeChanges().Should().Equal(Me.SmtpAddress);
    }

    [StoreFact]
    public async Task A_watch_of_too_many_changed_mailboxes_returns_null_once()
    {
        await using var store = await _file.OpenAsync();
        using var watch = store.Watch(MailboxKey.DefaultRealm);
        var states = Enumerable.Range(0, IMailboxWatch.MaxAddresses + 1)
            .Select(i => TestMailboxes.State(Guid.NewGuid(), $"user{i}@contoso.com"))
            .ToList();

        await store.ReplaceAsync(MailboxKey.DefaultRealm, null, states[1..], null, default);
        watch.TakeChanges().Should().HaveCount(IMailboxWatch.MaxAddresses);
        await store.ReplaceAsync(MailboxKey.DefaultRealm, null, states, null, default);
        watch.TakeChanges().Should().BeNull();

        watch.TakeChanges().Should().BeEmpty();
        await AddGroupAsync(store, Me, "Team");
        watch.TakeChanges().Should().Equal(Me.SmtpAddress);
    }

    private static async Task AddGroupAsync(SingleWriterStore store, MailboxKey mailbox, string name) =>
        (await store.ChangeAsync(mailbox, edit => edit.AddImGroup(name), default)).Succeeded.Should().BeTrue();

    public sealed class OnSqlite() : MailboxWatchTests(DatabaseKind.Sqlite);

    public sealed class OnPostgres() : MailboxWatchTests(DatabaseKind.Postgres);
}
