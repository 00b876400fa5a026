namespace Ews.ImService.Storage;

/// <summary>The changes of one transaction.</summary>
/// <param name="DeletedMailboxes">The row keys of the mailboxes to delete, with all their rows, before the other changes.</param>
/// <param name="Rows">The changes of rows. Applied one after another, they satisfy every constraint of the schema at each step.</param>
internal sealed record RowChanges(IReadOnlyList<int> DeletedMailboxes, IReadOnlyList<RowChange> Rows)
{
    /// <summary>Gets the change logs to shorten after the other changes.</summary>
    public IReadOnlyList<ShortenedLog> ShortenedLogs { get; init; } = [];

    /// <summary>Gets the lease without which the transaction must fail, or <c>null</c>.</summary>
    public ReplacementLease? Lease { get; init; }

    /// <summary>Gets a value that indicates whether there are no changes.</summary>
    public bool IsEmpty => DeletedMailboxes.Count == 0 && Rows.Count == 0;
}

/// <summary>A change log whose oldest entries are deleted.</summary>
/// <param name="MailboxId">The key of the mailbox's row.</param>
/// <param name="Start">The number of the last entry to delete.</param>
internal sealed record ShortenedLog(int MailboxId, long Start);

/// <summary>A change of one row. A transaction may change the same row several times.</summary>
/// <param name="Row">The row. For a deletion, only the key is used.</param>
internal abstract record RowChange(Row Row)
{
    /// <summary>Inserts a row.</summary>
    public sealed record Insert(Row Row) : RowChange(Row);

    /// <summary>Updates all columns of a row except its key.</summary>
    public sealed record Update(Row Row) : RowChange(Row);

    /// <summary>Deletes a row, to which no other row refers.</summary>
    public sealed record Delete(Row Row) : RowChange(Row);
}
