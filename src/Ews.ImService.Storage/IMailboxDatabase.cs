using Ews.ImService.Mailbox;

namespace Ews.ImService.Storage;

/// <summary>A database that stores mailboxes as rows.</summary>
/// <remarks>
/// <para>
/// <see cref="SingleWriterStore"/> calls <see cref="Open"/> first, all other members after it, and never two members at the same
/// time, except for <see cref="ReserveIdsAsync"/>, which any thread calls. An implementation caches no rows and applies no rules;
/// <see cref="RowMapper"/> defines the rows of every database.
/// </para>
/// <para>Every member throws a <see cref="StorageException"/> if the database cannot be used.</para>
/// </remarks>
internal interface IMailboxDatabase : IDisposable
{
    /// <summary>Gets the access of any thread to a database that other processes change; <c>null</c> if this process has the database
    /// exclusively.</summary>
    ISharedMailboxes? Shared { get; }

    /// <summary>Opens the database, and verifies its tables. The time it takes does not grow with the number of mailboxes.</summary>
    void Open();

    /// <summary>Reserves row keys for new mailboxes. They are never returned again, even if no mailbox is created.</summary>
    /// <param name="count">The number of keys, at least 1.</param>
    /// <returns>The first of the keys, which follow each other.</returns>
    int ReserveIds(int count);

    /// <inheritdoc cref="ReserveIds"/>
    ValueTask<int> ReserveIdsAsync(int count) => new(ReserveIds(count));

    /// <summary>Returns the names of the realms that have a mailbox. The time it takes does not grow with the number of mailboxes of a
    /// realm.</summary>
    IReadOnlyList<string> FindRealms();

    /// <summary>Returns the rows of mailboxes of a realm, without their content, in no particular order.</summary>
    /// <param name="realm">The name of the realm.</param>
    /// <param name="addresses">The addresses, of which those without a mailbox are ignored; <c>null</c> for all mailboxes.</param>
    IReadOnlyList<MailboxRow> FindMailboxes(string realm, IReadOnlyCollection<SmtpAddress>? addresses);

    /// <summary>Returns the rows of hidden mailboxes, see <see cref="RowMapper.IsHidden"/>.</summary>
    IReadOnlyList<MailboxRow> FindHidden();

    /// <summary>Determines whether a mailbox of a realm has a GUID.</summary>
    bool HasMailboxGuid(string realm, Guid mailboxGuid);

    /// <summary>Reads mailboxes at one point in time.</summary>
    /// <param name="mailboxes">The mailboxes, with the states that are known.</param>
    /// <returns>The mailboxes, in the order of the argument.</returns>
    IReadOnlyList<MailboxReading> Read(IReadOnlyList<KnownMailbox> mailboxes);

    /// <summary>Returns entries of the change log of a mailbox.</summary>
    /// <param name="mailboxId">The key of the mailbox's row.</param>
    /// <param name="after">The number after which entries are returned.</param>
    /// <param name="maxRows">The maximum number of entries.</param>
    /// <returns>The first entries after the number, ordered by number.</returns>
    IReadOnlyList<ChangeRow> LoadChanges(int mailboxId, long after, int maxRows);

    /// <summary>Applies changes in one transaction; returns after they are durable.</summary>
    /// <param name="changes">The changes, at least one.</param>
    /// <returns>
    /// <c>true</c> if the changes are durable; <c>false</c> if nothing was changed, because other processes changed mailboxes that are
    /// updated, or created mailboxes that are inserted.
    /// </returns>
    /// <exception cref="StorageException">The transaction failed; the database is unchanged, or
    /// <see cref="StorageException.MayRunAgain"/> is <c>false</c>.</exception>
    bool TryCommit(RowChanges changes);

    /// <summary>Deletes rows of one mailbox in one transaction: its content first, then its own row.</summary>
    /// <param name="mailboxId">The key of the mailbox's row, which need not exist.</param>
    /// <param name="maxRows">The maximum number of rows to delete.</param>
    /// <returns><c>true</c> if no row of the mailbox remains; otherwise, <c>false</c>.</returns>
    /// <exception cref="StorageException">The transaction failed; the database is unchanged.</exception>
    bool DeleteSlice(int mailboxId, int maxRows);
}
