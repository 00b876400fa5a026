namespace Ews.ImService.Control.Journal;

/// <summary>The lock of a journal during assignments to an entry. They have no effect if it was evicted or deleted.</summary>
/// <param name="journal">The journal.</param>
/// <param name="entry">The entry.</param>
/// <param name="scope">The lock.</param>
internal readonly ref struct EntryUpdate(IRequestJournal journal, RecordedRequest entry, Lock.Scope scope)
{
    private readonly Lock.Scope _scope = scope;

    /// <summary>Ends the assignments.</summary>
    public void Dispose()
    {
        journal.OnUpdated(entry);
        _scope.Dispose();
    }
}
