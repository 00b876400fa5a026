using System.Diagnostics;
using Ews.ImService.Control.Journal;

namespace Ews.ImService.Postgres.Journal;

/// <summary>The entry of a request that has not ended, or is not stored yet. The lock of its journal guards the mutable members.</summary>
/// <param name="journal">The entries of the journal.</param>
/// <param name="request">The entry, which the request updates.</param>
/// <param name="generation">The generation of the journal to which the entry belongs.</param>
internal sealed class OpenEntry(JournalEntries journal, RecordedRequest request, int generation)
{
    private readonly long _arrivedAt = Stopwatch.GetTimestamp();

    /// <summary>Gets the entries of the journal.</summary>
    public JournalEntries Journal => journal;

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

    /// <summary>Gets or sets a value that indicates whether a transaction with the entry is in progress.</summary>
    public bool IsTaken { get; set; }

    /// <summary>Gets or sets a value that indicates whether the entry was removed from the queue, and is never stored.</summary>
    public bool IsLost { get; set; }

    /// <summary>Gets or sets the wait for the next transaction with the entry, or <c>null</c>.</summary>
    public EntryWait? Waiting { get; set; }

    /// <summary>Gets or sets the wait for the transaction in progress, or <c>null</c>.</summary>
    public EntryWait? Storing { get; set; }

    /// <summary>Gets the approximate memory.</summary>
    public EntryMemory Memory => SharedBodies.FindObject(request.ResponseBody) is { } body
        ? new EntryMemory(request.HeadSize + request.RequestBody.Length, body, request.ResponseBody.Length)
        : new EntryMemory(request.HeadSize + request.RequestBody.Length + request.ResponseBody.Length, null, 0);

    /// <summary>Gets or sets the memory with which the queue counts the entry, or <c>null</c> if the queue does not contain it. Only the
    /// queue uses it.</summary>
    public EntryMemory? CountedMemory { get; set; }

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

    /// <summary>Ends the waits.</summary>
    public void Release()
    {
        Waiting?.TrySetResult();
        Storing?.TrySetResult();
        (Waiting, Storing) = (null, null);
    }
}
