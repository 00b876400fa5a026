using System.Diagnostics;

namespace Ews.ImService.Postgres.Journal;

/// <summary>The wait of responses for a transaction with their entry.</summary>
internal sealed class EntryWait() : TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
{
    private readonly long _startedAt = Stopwatch.GetTimestamp();

    /// <summary>Gets the time since the first response waits.</summary>
    public TimeSpan Duration => Stopwatch.GetElapsedTime(_startedAt);
}
