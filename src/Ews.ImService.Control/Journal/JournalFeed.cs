using Ews.ImService.Control.Contract;

namespace Ews.ImService.Control.Journal;

/// <summary>Follows a journal for one client. The cost of an update is that of the entries that were changed since the last one.</summary>
/// <param name="filter">The filter.</param>
/// <param name="limit">The maximum number of entries that are returned at once.</param>
/// <param name="start">The position up to which the client knows the journal, or <c>null</c>.</param>
internal sealed class JournalFeed(JournalFilter filter, int limit, JournalPosition? start)
{
    /// <summary>The entries that can still be changed.</summary>
    private readonly List<Candidate> _running = [];

    private readonly List<Candidate> _changed = [];
    private bool _isReset;
    private bool _isMoved;
    private long _firstId;
    private long _lastId;

    /// <summary>Gets the position up to which the client knows the journal after the changes that were returned last.</summary>
    public JournalPosition? Position { get; private set; } = start;

    /// <summary>Gets the version of the journal at the last update, or <c>null</c> before the first one.</summary>
    public long? Version { get; private set; }

    /// <summary>Takes over the changes of the journal, whose lock the caller holds.</summary>
    /// <param name="entries">All entries of the journal, oldest first.</param>
    /// <param name="position">The present position.</param>
    /// <param name="lastId">The id of the last entry, even if it was evicted.</param>
    public void Update(EntryQueue entries, JournalPosition position, long lastId)
    {
        _isReset = Position?.Epoch != position.Epoch;
        if (_isReset)
        {
            _running.Clear();
            _lastId = 0;
        }

        Collect(entries, _isReset ? 0 : Position!.Version);
        var firstId = entries.Count > 0 ? entries[0].Id : lastId + 1;
        _isMoved = Version is null || (firstId, lastId) != (_firstId, _lastId);
        (_firstId, _lastId, Position, Version) = (firstId, lastId, position, position.Version);
    }

    /// <summary>Returns the changes of the last update, or <c>null</c> if they do not concern the client. It may parse bodies.</summary>
    public JournalChanges? Run()
    {
        var matching = _changed.Where(candidate => candidate.Matches(filter)).ToList();
        var skipped = Math.Max(0, matching.Count - limit);
        var selected = matching[skipped..];
        var removed = _changed.Where(candidate => candidate.IsKnown).Except(selected).Select(candidate => candidate.Entry.Id).ToList();
        _changed.ForEach(candidate => candidate.IsKnown = false);
        selected.ForEach(candidate => candidate.IsKnown = true);
        if (!_isReset && !_isMoved && selected.Count == 0 && removed.Count == 0)
            return null;
        return new JournalChanges
        {
            Reset = _isReset,
            FirstId = _firstId,
            LastId = _lastId,
            Skipped = skipped,
            Entries = [.. selected.Select(candidate => candidate.Snapshot.ToEntry(withBodies: false))],
            Removed = removed,
        };
    }

    /// <summary>Collects the entries that were changed after a version, oldest first.</summary>
    private void Collect(EntryQueue entries, long version)
    {
        _running.RemoveAll(candidate => !candidate.Entry.IsInJournal);
        for (var index = entries.IndexAfter(_lastId); index < entries.Count; index++)
            _running.Add(new Candidate(entries[index]) { IsKnown = entries[index].AddedAt <= version });
        _changed.Clear();
        _changed.AddRange(_running.Where(candidate => candidate.Entry.ChangedAt > version));
        _changed.ForEach(candidate => candidate.Snapshot = candidate.Entry.Snapshot());
        _running.RemoveAll(candidate => candidate.Entry.IsFinal);
    }

    /// <summary>An entry of the journal.</summary>
    private sealed class Candidate(RecordedRequest entry)
    {
        public RecordedRequest Entry { get; } = entry;

        /// <summary>Gets or sets the entry as it was at the last update at which it was changed.</summary>
        public RecordedRequest Snapshot { get; set; } = entry;

        /// <summary>Gets or sets a value that indicates whether the client may have the entry.</summary>
        public bool IsKnown { get; set; }

        public bool Matches(JournalFilter filter) => filter.MatchesProperties(Snapshot) && filter.MatchesBody(Snapshot);
    }
}
