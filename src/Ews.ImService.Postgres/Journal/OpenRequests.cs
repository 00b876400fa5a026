using System.Collections.Concurrent;

namespace Ews.ImService.Postgres.Journal;

/// <summary>The requests that have not ended. Those that take a while are stored before they end, so that others can see them.</summary>
internal sealed class OpenRequests : IDisposable
{
    /// <summary>The age from which a request that has not ended is stored.</summary>
    private static readonly TimeSpan MinAge = TimeSpan.FromMilliseconds(30);

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(15);

    private readonly JournalWriter _writer;
    private readonly Timer _timer;

    /// <summary>The requests that were not visited yet, in the order of arrival.</summary>
    private readonly ConcurrentQueue<OpenEntry> _arrived = new();

    /// <summary>The older requests. Only the timer uses them.</summary>
    private readonly List<OpenEntry> _long = [];
    private int _isRunning;
    private volatile bool _isDisposed;

    public OpenRequests(JournalWriter writer)
    {
        _writer = writer;
        _timer = new Timer(_ => Visit(), null, Timeout.Infinite, Timeout.Infinite);
    }

    /// <summary>Adds a request.</summary>
    public void Add(OpenEntry entry)
    {
        _arrived.Enqueue(entry);
        if (Interlocked.Exchange(ref _isRunning, 1) == 0)
            Continue();
    }

    /// <summary>Ends the visits.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        _timer.Dispose();
    }

    /// <summary>Stores the requests that were changed, and ends waits that take too long.</summary>
    private void Visit()
    {
        while (_arrived.TryPeek(out var entry) && entry.Age >= MinAge)
        {
            _arrived.TryDequeue(out _);
            _long.Add(entry);
        }

        _long.RemoveAll(entry => entry.Journal.Visit(entry));
        _writer.LimitMemory();
        if (_long.Count > 0)
        {
            Continue();
            return;
        }

        Interlocked.Exchange(ref _isRunning, 0);
        if (!_arrived.IsEmpty && Interlocked.Exchange(ref _isRunning, 1) == 0)
            Continue();
    }

    private void Continue()
    {
        if (!_isDisposed)
            _timer.Change(Interval, Timeout.InfiniteTimeSpan);
    }
}
