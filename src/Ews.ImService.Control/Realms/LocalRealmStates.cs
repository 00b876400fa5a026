using Ews.ImService.Mailbox;

namespace Ews.ImService.Control.Realms;

/// <summary>The states of realms that only this process uses: the live objects. Nothing waits.</summary>
/// <param name="registry">The realms.</param>
internal sealed class LocalRealmStates(RealmRegistry registry) : IRealmStates
{
    public bool IsShared => false;

    public ValueTask ConfirmAsync(string name, CancellationToken cancellationToken) => default;

    public ValueTask<(Realm? Realm, bool IsNew)> CreateAsync(string name, bool isLimited) => new(registry.CreateLocal(name, isLimited));

    public ValueTask<IReadOnlyCollection<string>> FindNamesAsync(CancellationToken cancellationToken) =>
        new(registry.All.Select(realm => realm.Name).ToList());

    public ValueTask<T> ChangeAsync<T>(Realm realm, Func<RealmState, T> change, CancellationToken cancellationToken) =>
        new(change(realm.State));

    public Task RunExclusiveAsync(Realm realm, Func<CancellationToken, Task> work) => work(CancellationToken.None);

    public Task DeleteAsync(Realm realm, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task AddSnapshotAsync(
        Realm realm, string name, DateTimeOffset takenAt, IReadOnlyList<MailboxState> mailboxes, CancellationToken cancellationToken)
    {
        realm.Snapshots.Set(new Snapshot(name, takenAt, mailboxes.Count, Guid.Empty) { Mailboxes = mailboxes });
        return Task.CompletedTask;
    }

    public ValueTask<IReadOnlyList<MailboxState>?> ReadSnapshotAsync(
        Realm realm, Snapshot snapshot, CancellationToken cancellationToken) => new(snapshot.Mailboxes);

    public int Count(Realm realm, string kind, SmtpAddress mailbox) => realm.CountLocally(kind, mailbox);
}
