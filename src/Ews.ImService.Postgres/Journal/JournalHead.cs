using Ews.ImService.Control.Journal;

namespace Ews.ImService.Postgres.Journal;

/// <summary>A point in the history of a journal.</summary>
/// <param name="Epoch">A value that is new for each reset of the journal, and after a crash of the database.</param>
/// <param name="Version">The version of the journal, which each change of an entry increases.</param>
internal sealed record StoredPosition(Guid Epoch, long Version);

/// <summary>The state of a journal without its entries.</summary>
/// <param name="Position">The position.</param>
/// <param name="FirstId">The id of the oldest entry; that of the next entry if there is none.</param>
/// <param name="LastId">The id of the last entry, even if it was evicted or deleted.</param>
/// <param name="EvictedThroughId">The id of the newest entry that was evicted.</param>
/// <param name="Bytes">The size of all entries.</param>
/// <param name="IsDeleted"><c>true</c> if the realm was deleted, and no request to one with its name was stored since.</param>
/// <param name="EmptiedAt">The time at which the entries were deleted last, a timestamp of
/// <see cref="System.Diagnostics.Stopwatch"/>.</param>
internal sealed record JournalHead(
    StoredPosition Position, long FirstId, long LastId, long EvictedThroughId, long Bytes, bool IsDeleted, long EmptiedAt);

/// <summary>The changes of a journal after a position.</summary>
/// <param name="Head">The state of the journal.</param>
/// <param name="Entries">The entries that were added or changed, oldest first.</param>
internal sealed record JournalReading(JournalHead Head, IReadOnlyList<RecordedRequest> Entries);

/// <summary>The number and the size of the entries of a journal.</summary>
/// <param name="Entries">The number.</param>
/// <param name="Bytes">The size in bytes.</param>
internal readonly record struct JournalTotals(int Entries, long Bytes);
