namespace Ews.ImService.Postgres.Journal;

/// <summary>The deletion of all entries of a journal.</summary>
/// <param name="Journal">The entries of the journal.</param>
/// <param name="Generation">The generation of the entries that are added later.</param>
/// <param name="Statements">The statements, whose argument is the realm.</param>
internal sealed record JournalEmptying(JournalEntries Journal, int Generation, IReadOnlyList<string> Statements)
{
    /// <summary>Gets the source of the task that completes when the entries are deleted.</summary>
    public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>An entry with the row to be stored.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Row">The row.</param>
/// <param name="Body">The large response body to which the row refers, or <c>null</c>.</param>
internal sealed record EntryWrite(OpenEntry Entry, JournalEntryRow Row, SharedBody? Body)
{
    /// <summary>Gets the approximate number of bytes that are sent to the database.</summary>
    public int Size => Row.Size + (HasNewBody ? Body!.Length : 0);

    /// <summary>Gets a value that indicates whether the body must be stored.</summary>
    public bool HasNewBody => Body is not null && Body.StoredIn != Row.Realm;
}
