#if EWS_TESTING_PACKAGE
namespace Ews.ImService.Testing;
#else
namespace Ews.ImService.Control.Contract;
#endif

/// <summary>The data of the event <c>journal</c>: the entries that match the filter of the stream and were added or changed.</summary>
internal sealed record JournalChanges
{
    /// <summary>Gets a value that indicates whether the entries replace all entries that the client has; otherwise, they are added to
    /// them, or replace those with the same ids.</summary>
    public required bool Reset { get; init; }

    /// <summary>Gets the id of the oldest entry of the journal; if the journal is empty, that of the next entry. Entries with smaller ids
    /// were evicted or deleted.</summary>
    public required long FirstId { get; init; }

    /// <summary>Gets the id of the newest request, even if its entry was deleted; 0 if there was none.</summary>
    public required long LastId { get; init; }

    /// <summary>Gets the number of further entries that match and were added or changed, but are older than those of the event.</summary>
    public required int Skipped { get; init; }

    /// <summary>Gets the entries, oldest first, without headers and bodies.</summary>
    public required IReadOnlyList<JournalEntry> Entries { get; init; }

    /// <summary>Gets the ids of entries that the client may have, and that do not match any more, or were changed and skipped.</summary>
    public required IReadOnlyList<long> Removed { get; init; }
}

/// <summary>The data of the event <c>changed</c>: what was changed since the last event.</summary>
internal sealed record RealmChanges
{
    /// <summary>Gets the parts that were changed: <c>faults</c>, <c>snapshots</c>, <c>clock</c>, <c>realms</c>, <c>log</c>.</summary>
    public required IReadOnlyList<string> Parts { get; init; }

    /// <summary>Gets the primary addresses of the mailboxes that were created, changed or deleted.</summary>
    public required IReadOnlyList<string> Mailboxes { get; init; }

    /// <summary>Gets a value that indicates whether any mailbox may have been changed.</summary>
    public required bool AllMailboxes { get; init; }
}
