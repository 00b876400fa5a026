namespace Ews.ImService.Control.Journal;

/// <summary>The entries at one point in time.</summary>
/// <param name="Entries">The entries, oldest first.</param>
/// <param name="Version">The version of the journal, which changes when an entry is added, changed or deleted.</param>
/// <param name="EvictedThroughId">The id of the newest entry that was evicted since the journal was cleared or reset; 0 if none was
/// evicted.</param>
internal sealed record JournalSnapshot(IReadOnlyList<RecordedRequest> Entries, long Version, long EvictedThroughId);
