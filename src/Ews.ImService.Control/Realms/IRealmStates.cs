using Ews.ImService.Mailbox;

namespace Ews.ImService.Control.Realms;

/// <summary>Keeps the realms of this process in agreement with those of the other instances of the service.</summary>
/// <remarks>
/// The live objects of a realm are in this process. A shared implementation confirms them when a request enters the realm, and applies
/// every change to the state that all instances share. Members that use a database throw an <see cref="IOException"/> if it cannot be
/// used.
/// </remarks>
internal interface IRealmStates
{
    /// <summary>Gets a value that indicates whether other instances can use the same realms.</summary>
    bool IsShared { get; }

    /// <summary>Updates a realm of the registry, which is added if another instance created it and removed if another one deleted it.
    /// </summary>
    /// <param name="name">The name of the realm.</param>
    /// <param name="cancellationToken">A token that cancels waiting.</param>
    ValueTask ConfirmAsync(string name, CancellationToken cancellationToken);

    /// <summary>Creates a realm, unless it exists.</summary>
    /// <param name="name">The name of the realm.</param>
    /// <param name="isLimited"><c>true</c> if the limit of realms applies.</param>
    /// <returns>The realm, or <c>null</c> if there are as many realms as allowed; <c>true</c> if this call created it.</returns>
    ValueTask<(Realm? Realm, bool IsNew)> CreateAsync(string name, bool isLimited);

    /// <summary>Returns the names of the realms of all instances, in no particular order.</summary>
    /// <param name="cancellationToken">A token that cancels waiting.</param>
    ValueTask<IReadOnlyCollection<string>> FindNamesAsync(CancellationToken cancellationToken);

    /// <summary>Changes the state of a realm. Without effect on other instances if the realm was deleted.</summary>
    /// <typeparam name="T">The result of the change.</typeparam>
    /// <param name="realm">The realm.</param>
    /// <param name="change">The change, which can run more than once on copies of the state, and must not throw.</param>
    /// <param name="cancellationToken">A token that cancels waiting; the change may take place.</param>
    /// <returns>The result of the run that took effect.</returns>
    ValueTask<T> ChangeAsync<T>(Realm realm, Func<RealmState, T> change, CancellationToken cancellationToken);

    /// <summary>Runs an operation on all mailboxes of a realm while no other instance runs one. The state of the realm is confirmed first.
    /// </summary>
    /// <param name="realm">The realm, which may be deleted when the operation runs.</param>
    /// <param name="work">The operation. Its token is canceled if another instance may run one.</param>
    Task RunExclusiveAsync(Realm realm, Func<CancellationToken, Task> work);

    /// <summary>Deletes a realm with its state, but not its mailboxes.</summary>
    /// <param name="realm">The realm, for which an exclusive operation is running.</param>
    /// <param name="cancellationToken">A token that cancels the deletion before it takes place.</param>
    Task DeleteAsync(Realm realm, CancellationToken cancellationToken);

    /// <summary>Adds a snapshot; a snapshot with the same name is replaced.</summary>
    /// <param name="realm">The realm, for which an exclusive operation is running.</param>
    /// <param name="name">The name of the snapshot.</param>
    /// <param name="takenAt">The time of the realm at which it was taken.</param>
    /// <param name="mailboxes">The mailboxes.</param>
    /// <param name="cancellationToken">A token that cancels the operation before it takes place.</param>
    Task AddSnapshotAsync(
        Realm realm, string name, DateTimeOffset takenAt, IReadOnlyList<MailboxState> mailboxes, CancellationToken cancellationToken);

    /// <summary>Returns the mailboxes of a snapshot, or <c>null</c> if it was deleted.</summary>
    /// <param name="realm">The realm.</param>
    /// <param name="snapshot">The snapshot.</param>
    /// <param name="cancellationToken">A token that cancels waiting.</param>
    ValueTask<IReadOnlyList<MailboxState>?> ReadSnapshotAsync(Realm realm, Snapshot snapshot, CancellationToken cancellationToken);

    /// <summary>Returns the number of objects of a kind that a mailbox of a realm had, including a new one. It can block.</summary>
    /// <param name="realm">The realm.</param>
    /// <param name="kind">The kind of the objects.</param>
    /// <param name="mailbox">The mailbox.</param>
    int Count(Realm realm, string kind, SmtpAddress mailbox);
}
