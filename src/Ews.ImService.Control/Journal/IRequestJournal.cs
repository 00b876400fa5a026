namespace Ews.ImService.Control.Journal;

/// <summary>The newest requests of a realm. The objects that the journal returns are immutable.</summary>
internal interface IRequestJournal
{
    /// <summary>Gets the number of entries, as far as this instance of the service knows it.</summary>
    int Count { get; }

    /// <summary>Gets the size of all entries in bytes, as far as this instance of the service knows it.</summary>
    long Bytes { get; }

    /// <summary>Adds an entry. Its id is assigned when it is stored, at the latest.</summary>
    void Add(RecordedRequest entry);

    /// <summary>
    /// Locks an entry for assignments, until the result is disposed. The last assignment is that of the state.
    /// </summary>
    EntryUpdate Update(RecordedRequest entry);

    /// <summary>Observes the end of the assignments to an entry, under the lock.</summary>
    void OnUpdated(RecordedRequest entry);

    /// <summary>Ensures that a client finds an entry as it is now, in every instance of the service.</summary>
    /// <returns>A task that completes when the entry is stored, or cannot be stored in time. It does not fail.</returns>
    Task StoreAsync(RecordedRequest entry);

    /// <summary>Returns the entries that match a filter, oldest first.</summary>
    ValueTask<JournalSnapshot> FindAsync(JournalFilter filter, CancellationToken cancellationToken);

    /// <summary>Returns the entry with an id, or <c>null</c>.</summary>
    ValueTask<RecordedRequest?> FindAsync(long id, CancellationToken cancellationToken);

    /// <summary>Returns the id of the last entry, even if it was evicted; 0 if there was none.</summary>
    ValueTask<long> FindLastIdAsync(CancellationToken cancellationToken);

    /// <summary>Passes the changes that a feed does not know to the feed.</summary>
    /// <returns><c>true</c> if there are any; otherwise, <c>false</c>.</returns>
    ValueTask<bool> UpdateAsync(JournalFeed feed, CancellationToken cancellationToken);

    /// <summary>Waits until a number of entries match a filter and the journal has changed.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="count">The number of entries.</param>
    /// <param name="version">The version after which the journal must have changed, or <c>null</c> for any version.</param>
    /// <param name="timeout">The maximum duration.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The entries that match; after the timeout, there may be fewer than <paramref name="count"/>.</returns>
    Task<JournalSnapshot> WaitAsync(
        JournalFilter filter, int count, long? version, TimeSpan timeout, CancellationToken cancellationToken);

    /// <summary>Ends all waits in this instance of the service, because the realm was deleted.</summary>
    void EndWaits();

    /// <summary>Deletes all entries; ids continue.</summary>
    Task ClearAsync();

    /// <summary>Resets the journal to the initial state; ids start at 1 again. Requests that have not ended are not recorded any more.
    /// </summary>
    /// <returns>A task that completes when the journal is reset in all instances of the service.</returns>
    Task ResetAsync();

    /// <summary>Deletes the journal with its realm. Requests that have not ended are not recorded any more.</summary>
    /// <returns>A task that completes when the journal is deleted in all instances of the service.</returns>
    Task DeleteAsync();
}
