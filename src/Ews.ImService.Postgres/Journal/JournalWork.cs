namespace Ews.ImService.Postgres.Journal;

/// <summary>The deletion of all entries of a journal.</summary>
/// <param name="Journal">The journal.</param>
/// <param name="Generation">The generation of the entries that are added later.</param>
/// <param name="Statements">The statements, whose argument is the realm.</param>
internal sealed record JournalEmptying(PostgresJournal Journal, int Generation, IReadOnlyList<string> Statements)
{
    /// <summary>Gets the source of the task that completes when the entries are deleted.</summary>
    public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>An entry with the row to be stored.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Row">The row.</param>
internal sealed record EntryWrite(OpenEntry Entry, JournalEntryRow Row);
