using System.Diagnostics;
using Ews.ImService.Control.Journal;

namespace Ews.ImService.Postgres.Journal;

/// <summary>The entry of a request that has not ended, or is not stored yet. The lock of its journal guards the mutable members.</summary>
/// <param name="journal">The journal.</param>
/// <param name="request">The entry, which the request updates.</param>
/// <param name="generation">The generation of the journal to which the entry belongs.</param>
internal sealed class OpenEntry(PostgresJournal journal, RecordedRequest request, int generation)
{
    private readonly long _arrivedAt = Stopwatch.GetTimestamp();

    /// <summary>Gets the journal.</summary>
    public PostgresJournal Journal => journal;

    /// <summary>Gets the entry.</summary>
    public RecordedRequest Request => request;

    /// <summary>Gets the generation of the journal to which the entry belongs.</summary>
    public int Generation => generation;

    /// <summary>Gets the key, by which the entry is found if its transaction had an unknown outcome.</summary>
    public Guid Key { get; } = Guid.CreateVersion7();

    /// <summary>Gets the time since the request arrived.</summary>
    public TimeSpan Age => Stopwatch.GetElapsedTime(_arrivedAt);

    /// <summary>Gets or sets the number of updates of the entry.</summary>
    public int Updates { get; set; }

    /// <summary>Gets or sets the number of updates that are stored, or -1 if the entry is not stored.</summary>
    public int StoredUpdates { get; set; } = -1;

    /// <summary>Gets or sets a value that indicates whether the entry is in the queue of the writer.</summary>
    public bool IsQueued { get; set; }

    /// <summary>Gets or sets the source of the task that waits for the next transaction with the entry, or <c>null</c>.</summary>
    public TaskCompletionSource? Waiting { get; set; }

    /// <summary>Gets the approximate size in memory.</summary>
    public long Size => request.HeadSize + request.RequestBody.Length + request.ResponseBody.Length;

    /// <summary>Gets or sets a value that indicates whether a transaction with the entry failed. Only the writer uses it.</summary>
    public bool HasFailed { get; set; }

    /// <summary>Gets or sets the epoch in which the entry was stored. Only the writer uses it.</summary>
    public Guid Epoch { get; set; }

    /// <summary>Gets or sets the id, or 0 if the entry is not stored. Only the writer sets it.</summary>
    public long Id
    {
        get => request.Id;
        set => request.Id = value;
    }
}
