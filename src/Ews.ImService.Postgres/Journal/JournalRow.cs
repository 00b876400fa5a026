namespace Ews.ImService.Postgres.Journal;

/// <summary>A row of the table Journals: the state of the journal of a realm. Its lock orders all changes of the journal.</summary>
internal sealed class JournalRow
{
    public required string Realm { get; init; }

    /// <summary>Gets a value that is new for each reset, and after a crash of the database.</summary>
    public Guid Epoch { get; init; }

    /// <summary>Gets a number that each change of an entry increases.</summary>
    public long Version { get; init; }

    /// <summary>Gets the id of the oldest entry; that of the next entry if there is none.</summary>
    public long FirstId { get; init; }

    /// <summary>Gets the id of the last entry, even if it was evicted or deleted.</summary>
    public long LastId { get; init; }

    /// <summary>Gets the id of the newest entry that was evicted.</summary>
    public long EvictedThroughId { get; init; }

    /// <summary>Gets the size of all entries.</summary>
    public long Bytes { get; init; }

    /// <summary>Gets the time at which the journal was cleared, reset or deleted. Requests that arrived before are not recorded.</summary>
    public DateTime EmptiedAt { get; init; }

    /// <summary>Gets a value that indicates whether the realm was deleted. The row is kept until its requests have ended.</summary>
    public bool IsDeleted { get; init; }
}

/// <summary>A row of the table JournalIds: bounds that no id and version of a journal exceeds. A crash of the database deletes the other
/// tables of the journal, but not this one, so that ids are not used again.</summary>
internal sealed class JournalIdsRow
{
    public required string Realm { get; init; }

    public long LastId { get; init; }

    public long Version { get; init; }
}
