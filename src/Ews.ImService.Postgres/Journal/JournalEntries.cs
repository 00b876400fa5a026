using Ews.ImService.Control.Journal;
using Ews.ImService.Storage;

namespace Ews.ImService.Postgres.Journal;

/// <summary>The entries of a journal that are not stored yet, or can still change.</summary>
/// <param name="realm">The name of the realm.</param>
/// <param name="writer">Stores entries.</param>
internal sealed class JournalEntries(string realm, JournalWriter writer)
{
    private readonly Lock _lock = new();
    private int _generation;
    private int _firstGeneration;

    /// <summary>Gets the name of the realm.</summary>
    public string Realm => realm;

    /// <summary>Gets or sets the number and the size of the stored entries.</summary>
    public JournalTotals Totals { get; set; }

    /// <summary>Adds the entry of a request that has arrived.</summary>
    public OpenEntry Add(RecordedRequest request)
    {
        lock (_lock)
        {
            var entry = new OpenEntry(this, request, _generation);
            request.Tracking = entry;
            return entry;
        }
    }

    /// <summary>Locks the entries.</summary>
    public Lock.Scope EnterScope() => _lock.EnterScope();

    /// <summary>Stores an entry unless it is stored as it is now, or was deleted.</summary>
    /// <returns>A task that completes when the entry is stored, or cannot be stored in time.</returns>
    public Task StoreAsync(OpenEntry entry)
    {
        lock (_lock)
        {
            if (IsDiscarded(entry))
                return Task.CompletedTask;
            if (entry.IsQueued)
                writer.Queue.OnChanged(entry);
            else if (entry.StoredUpdates != entry.Updates)
                Enqueue(entry);
            if (writer.State.IsFailing)
                return Task.CompletedTask;
            if (entry.IsQueued)
                return (entry.Waiting ??= new EntryWait()).Task;
            return entry.IsTaken ? (entry.Storing ??= new EntryWait()).Task : Task.CompletedTask;
        }
    }

    /// <summary>Stores an entry that has changed, and ends waits that take too long.</summary>
    /// <returns><c>true</c> if nothing of the entry is left to be stored; otherwise, <c>false</c>.</returns>
    public bool Visit(OpenEntry entry)
    {
        lock (_lock)
        {
            if (IsDiscarded(entry) || writer.State.IsOverdue(entry.Storing ?? entry.Waiting))
                entry.Release();
            if (IsDiscarded(entry))
                return true;
            if (!entry.IsQueued && entry.StoredUpdates != entry.Updates)
                Enqueue(entry);
            return entry is { IsQueued: false, IsTaken: false, Request.IsFinal: true };
        }
    }

    /// <summary>Takes an entry from the queue to store it.</summary>
    /// <returns>The entry as it is now, or <c>null</c> if it was deleted.</returns>
    public RecordedRequest? Take(OpenEntry entry)
    {
        lock (_lock)
        {
            entry.IsQueued = false;
            if (IsDiscarded(entry))
            {
                entry.Release();
                return null;
            }

            (entry.Storing, entry.Waiting) = (entry.Waiting, null);
            (entry.StoredUpdates, entry.IsTaken) = (entry.Updates, true);
            return entry.Request.Snapshot();
        }
    }

    /// <summary>Observes that the transaction with an entry has ended, and that the entry is not stored again unless it changes.</summary>
    public void OnStored(OpenEntry entry)
    {
        lock (_lock)
        {
            entry.IsTaken = false;
            entry.Storing?.TrySetResult();
            entry.Storing = null;
        }
    }

    /// <summary>Observes that an entry was taken and not stored, and adds it to the queue again.</summary>
    public void OnNotStored(OpenEntry entry)
    {
        lock (_lock)
        {
            (entry.IsTaken, entry.StoredUpdates) = (false, -1);
            if (writer.State.IsFailing)
                entry.Release();
            else if (entry.Waiting is null)
                (entry.Waiting, entry.Storing) = (entry.Storing, null);
            else
                entry.Storing?.TrySetResult();
            entry.Storing = null;
            if (!entry.IsQueued && !entry.IsLost)
                writer.Queue.Return(entry);
            entry.IsQueued = !entry.IsLost;
        }
    }

    /// <summary>Observes that an entry was removed from the queue, and is never stored.</summary>
    public void OnLost(OpenEntry entry)
    {
        lock (_lock)
        {
            (entry.IsQueued, entry.IsLost) = (false, true);
            entry.Release();
        }
    }

    /// <summary>Deletes all entries.</summary>
    /// <param name="statements">The statements, whose argument is the realm.</param>
    /// <exception cref="StorageException">The database cannot be used.</exception>
    public Task EmptyAsync(IReadOnlyList<string> statements)
    {
        lock (_lock)
        {
            var emptying = new JournalEmptying(this, ++_generation, statements);
            if (!writer.Queue.Add(emptying))
                emptying.Done.SetException(new StorageException("The service is shutting down."));
            return emptying.Done.Task;
        }
    }

    /// <summary>Observes that the entries before a generation were deleted.</summary>
    public void OnEmptied(int generation)
    {
        lock (_lock)
            _firstGeneration = Math.Max(_firstGeneration, generation);
    }

    private bool IsDiscarded(OpenEntry entry) => entry.IsLost || entry.Generation < _firstGeneration;

    private void Enqueue(OpenEntry entry)
    {
        entry.IsQueued = writer.Queue.Add(entry);
        entry.IsLost = !entry.IsQueued;
    }
}
