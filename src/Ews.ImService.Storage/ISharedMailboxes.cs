using Ews.ImService.Mailbox;

namespace Ews.ImService.Storage;

/// <summary>Reads mailboxes of a database that other processes change. All members are thread-safe.</summary>
internal interface ISharedMailboxes
{
    /// <summary>
    /// Occurs after another process changed a mailbox, or any mailboxes if the argument is <c>null</c>. It is a hint, which can come late
    /// or be missed.
    /// </summary>
    event Action<MailboxKey?>? Changed;

    /// <summary>Gets the lease under which the caller replaces mailboxes, which the database verifies in the transaction; <c>null</c> for
    /// none.</summary>
    ReplacementLease? CurrentLease { get; }

    /// <summary>Reads mailboxes at one point in time after the call.</summary>
    /// <param name="mailboxes">The mailboxes, with the states that are known.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The mailboxes, in the order of the argument.</returns>
    /// <exception cref="StorageException">The database cannot be used.</exception>
    Task<IReadOnlyList<MailboxReading>> ReadAsync(IReadOnlyList<KnownMailbox> mailboxes, CancellationToken cancellationToken);

    /// <summary>Reads all mailboxes of a realm at one point in time after the call.</summary>
    /// <param name="realm">The name of the realm.</param>
    /// <param name="known">Returns the state of a mailbox that is known.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The mailboxes, in no particular order.</returns>
    /// <exception cref="StorageException">The database cannot be used.</exception>
    Task<IReadOnlyList<(MailboxKey Key, MailboxReading Reading)>> ReadRealmAsync(
        string realm, Func<MailboxKey, KnownMailbox> known, CancellationToken cancellationToken);

    /// <summary>Raises <see cref="Changed"/> in the other processes, in the background.</summary>
    /// <param name="mailboxes">The mailboxes that this process has changed.</param>
    void Announce(IReadOnlyCollection<MailboxKey> mailboxes);
}

/// <summary>A mailbox, and the version of it that is known.</summary>
/// <param name="Key">The realm and address.</param>
/// <param name="Id">The key of its row, or 0 if no version is known.</param>
/// <param name="Version">The version of its row.</param>
internal sealed record KnownMailbox(MailboxKey Key, int Id, long Version);

/// <summary>The result of reading a mailbox: unchanged, its rows, or neither if it does not exist.</summary>
/// <param name="IsUnchanged"><c>true</c> if the known version is that of the database.</param>
/// <param name="Rows">The rows of another version, or <c>null</c>.</param>
internal sealed record MailboxReading(bool IsUnchanged, MailboxRows? Rows)
{
    /// <summary>The known version is that of the database.</summary>
    public static readonly MailboxReading Unchanged = new(IsUnchanged: true, null);

    /// <summary>The mailbox does not exist.</summary>
    public static readonly MailboxReading None = new(IsUnchanged: false, null);
}
