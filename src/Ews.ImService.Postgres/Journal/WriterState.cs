using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Ews.ImService.Postgres.Journal;

/// <summary>The state of the transactions of a writer, by which responses wait for them or not.</summary>
/// <param name="log">The log.</param>
/// <param name="maxWait">The time for which a response waits, at most.</param>
internal sealed class WriterState(ILogger log, TimeSpan maxWait)
{
    /// <summary>The time at which the present transaction started, or 0.</summary>
    private long _startedAt;
    private volatile bool _isFailing;
    private bool _isReported;

    /// <summary>Gets a value that indicates whether the database cannot be used.</summary>
    public bool IsFailing => _isFailing;

    /// <summary>Determines whether a wait must end, because it takes too long or the database cannot be used.</summary>
    public bool IsOverdue(EntryWait? wait)
    {
        var isLong = wait?.Duration > maxWait;
        if (isLong && Volatile.Read(ref _startedAt) is not 0 and var start && Stopwatch.GetElapsedTime(start) > maxWait)
            _isFailing = true;
        return isLong || _isFailing;
    }

    public void OnStarted() => Volatile.Write(ref _startedAt, Stopwatch.GetTimestamp());

    public void OnEnded() => Volatile.Write(ref _startedAt, 0);

    /// <summary>Observes that entries were stored.</summary>
    public void OnSucceeded()
    {
        _isFailing = false;
        if (_isReported)
            JournalLog.Stored(log);
        _isReported = false;
    }

    /// <summary>Observes that entries were not stored.</summary>
    public void OnFailed(string problem)
    {
        _isFailing = true;
        if (!_isReported)
            JournalLog.NotStored(log, problem);
        _isReported = true;
    }
}
