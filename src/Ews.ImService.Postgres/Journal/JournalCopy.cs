using Ews.ImService.Control.Journal;

namespace Ews.ImService.Postgres.Journal;

/// <summary>A copy of a journal in memory, which follows the tables.</summary>
internal sealed class JournalCopy
{
    private static readonly JournalHead Empty = new(
        new(Guid.Empty, Version: 0), FirstId: 1, LastId: 0, EvictedThroughId: 0, Bytes: 0, IsDeleted: false, EmptiedAt: 0);

    private readonly Lock _lock = new();
    private readonly EntryQueue _entries = new();
    private volatile JournalHead _head = Empty;

    /// <summary>Gets the position up to which the copy is complete.</summary>
    public StoredPosition Position => _head.Position;

    /// <summary>Gets the id of the last entry, even if it was evicted; 0 if there was none.</summary>
    public long LastId => _head.LastId;

    /// <summary>Gets the number and the size of the entries.</summary>
    public JournalTotals Totals => new((int)(_head.LastId - _head.FirstId + 1), _head.Bytes);

    /// <summary>Determines whether the realm was deleted after a call began.</summary>
    /// <param name="first">The first position that the call has read.</param>
    /// <param name="timestamp">The time of the call, a timestamp of <see cref="System.Diagnostics.Stopwatch"/>.</param>
    public bool IsDeletedSince(StoredPosition first, long timestamp) =>
        _head is { IsDeleted: true } head && (head.Position.Epoch != first.Epoch || head.EmptiedAt >= timestamp);

    /// <summary>Determines whether the copy is complete up to a position.</summary>
    public bool Contains(StoredPosition position) =>
        _head.Position is var known && position.Epoch == known.Epoch && position.Version <= known.Version;

    /// <summary>Takes over the entries that were changed after the position of the copy.</summary>
    public void Apply(JournalReading reading)
    {
        lock (_lock)
        {
            if (reading.Head.Position.Epoch != Position.Epoch)
                RemoveBefore(long.MaxValue);
            RemoveBefore(reading.Head.FirstId);
            foreach (var entry in reading.Entries)
            {
                var index = _entries.IndexAfter(entry.Id - 1);
                if (index < _entries.Count)
                    StoredEntry.Update(_entries[index], entry);
                else
                    Add(entry);
            }

            _head = reading.Head;
        }
    }

    /// <summary>Releases the entries, so that searches that continue with another copy do not use them any more.</summary>
    public void Discard()
    {
        lock (_lock)
        {
            foreach (var entry in _entries)
                entry.IsInJournal = false;
        }
    }

    /// <summary>Runs a search for the first time, or again after changes.</summary>
    public JournalSnapshot Run(JournalSearch search)
    {
        JournalHead head;
        lock (_lock)
        {
            search.Update(_entries);
            head = _head;
        }

        return new JournalSnapshot(search.Run(), head.Position.Version, head.EvictedThroughId);
    }

    /// <summary>Returns the entry with an id, or <c>null</c>.</summary>
    public RecordedRequest? Find(long id)
    {
        lock (_lock)
        {
            var index = _entries.IndexAfter(id - 1);
            return index < _entries.Count && _entries[index].Id == id ? _entries[index].Snapshot() : null;
        }
    }

    /// <summary>Passes changes to a feed.</summary>
    /// <returns><c>true</c> if there are any; otherwise, <c>false</c>.</returns>
    public bool Update(JournalFeed feed)
    {
        lock (_lock)
        {
            var position = new JournalPosition(Position.Epoch.ToString("N"), Position.Version);
            if (feed.Version is not null && feed.Position == position)
                return false;
            feed.Update(_entries, position, _head.LastId);
            return true;
        }
    }

    private void Add(RecordedRequest entry)
    {
        entry.IsInJournal = true;
        _entries.Enqueue(entry);
    }

    private void RemoveBefore(long id)
    {
        while (_entries.Count > 0 && _entries[0].Id < id)
            _entries.Dequeue().IsInJournal = false;
    }
}
