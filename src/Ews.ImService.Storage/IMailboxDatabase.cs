namespace Ews.ImService.Storage;

/// <summary>A database that stores mailboxes as rows.</summary>
/// <remarks>
/// <para>
/// <see cref="SingleWriterStore"/> calls <see cref="Open"/> first, all other members after it, and never two members at the same
/// time. An implementation caches no rows and applies no rules; <see cref="RowMapper"/> defines the rows of every database.
/// </para>
/// <para>Every member throws a <see cref="StorageException"/> if the database cannot be used.</para>
/// </remarks>
internal interface IMailboxDatabase : IDisposable
{
    /// <summary>Opens the database, and creates or migrates its tables.</summary>
    /// <returns>The mailbox rows of all realms.</returns>
    IReadOnlyList<MailboxRow> Open();

    /// <summary>Returns all rows of one mailbox.</summary>
    MailboxRows LoadMailbox(int mailboxId);

    /// <summary>Returns entries of the change log of a mailbox.</summary>
    /// <param name="mailboxId">The key of the mailbox's row.</param>
    /// <param name="after">The number after which entries are returned.</param>
    /// <param name="maxRows">The maximum number of entries.</param>
    /// <returns>The first entries after the number, ordered by number.</returns>
    IReadOnlyList<ChangeRow> LoadChanges(int mailboxId, long after, int maxRows);

    /// <summary>Applies changes in one transaction; returns after they are durable.</summary>
    /// <param name="changes">The changes, at least one.</param>
    /// <exception cref="StorageException">The transaction failed; the database is unchanged.</exception>
    void Commit(RowChanges changes);

    /// <summary>Deletes rows of one mailbox in one transaction: its content first, then its own row.</summary>
    /// <param name="mailboxId">The key of the mailbox's row, which need not exist.</param>
    /// <param name="maxRows">The maximum number of rows to delete.</param>
    /// <returns><c>true</c> if no row of the mailbox remains; otherwise, <c>false</c>.</returns>
    /// <exception cref="StorageException">The transaction failed; the database is unchanged.</exception>
    bool DeleteSlice(int mailboxId, int maxRows);
}
