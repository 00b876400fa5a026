namespace Ews.ImService.Control.Journal;

/// <summary>A search in a journal that is repeated after changes. It reads each request body once.</summary>
/// <param name="filter">The filter.</param>
internal sealed class JournalSearch(JournalFilter filter)
{
    private readonly List<Candidate> _candidates = [];

    /// <summary>Takes over the changes of the journal, whose lock the caller holds.</summary>
    /// <param name="entries">All entries of the journal, oldest first.</param>
    public void Update(EntryQueue entries)
    {
        // Entries are removed from the beginning of the journal only, and added at its end.
        _candidates.RemoveAll(candidate => !candidate.IsInJournal);
        foreach (var candidate in _candidates)
            candidate.Update();
        for (var index = _candidates.Count; index < entries.Count; index++)
            _candidates.Add(new Candidate(entries[index]));
    }

    /// <summary>Returns the entries that match, oldest first. It may parse bodies.</summary>
    public IReadOnlyList<RecordedRequest> Run() =>
        [.. _candidates.Where(candidate => candidate.Matches(filter)).Select(candidate => candidate.Snapshot)];

    /// <summary>An entry of the journal, and the results that do not change any more.</summary>
    private sealed class Candidate(RecordedRequest entry)
    {
        private bool? _bodyMatches;

        public bool IsInJournal => entry.IsInJournal;

        public RecordedRequest Snapshot { get; private set; } = entry.Snapshot();

        public void Update()
        {
            if (!Snapshot.IsFinal && Snapshot.ChangedAt != entry.ChangedAt)
                Snapshot = entry.Snapshot();
        }

        public bool Matches(JournalFilter filter) => filter.MatchesProperties(Snapshot) && BodyMatches(filter);

        private bool BodyMatches(JournalFilter filter) => Snapshot.RequestBody.IsEmpty
            ? filter.MatchesBody(Snapshot) // The body may not have been received yet.
            : _bodyMatches ??= filter.MatchesBody(Snapshot);
    }
}
