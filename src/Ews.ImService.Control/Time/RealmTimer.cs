namespace Ews.ImService.Control.Time;

/// <summary>A timer of the clock of a realm, which elapses earlier if the clock is moved.</summary>
/// <param name="clock">The clock.</param>
/// <param name="elapsed">Called once when the time has passed.</param>
/// <param name="disposed">Called when the timer is not used anymore.</param>
internal sealed class RealmTimer(TimeProvider clock, Action elapsed, Action<RealmTimer> disposed) : ITimer
{
    private readonly Lock _lock = new();
    private ITimer? _timer;
    private long? _dueAt;

    /// <summary>Starts the timer.</summary>
    /// <param name="source">The clock that the realm follows.</param>
    /// <param name="dueTime">The time after which the timer elapses, or an infinite time.</param>
    public void Start(TimeProvider source, TimeSpan dueTime)
    {
        lock (_lock)
        {
            _dueAt = DueAfter(dueTime);
            _timer = source.CreateTimer(_ => Elapse(), null, dueTime, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Adjusts the timer after the clock was moved.</summary>
    public void Adjust()
    {
        lock (_lock)
        {
            if (_dueAt is { } dueAt)
                _timer!.Change(TimeSpan.FromTicks(Math.Max(0, dueAt - clock.GetTimestamp())), Timeout.InfiniteTimeSpan);
        }
    }

    /// <inheritdoc/>
    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        lock (_lock)
        {
            _dueAt = DueAfter(dueTime);
            return _timer!.Change(dueTime, period);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        disposed(this);
        lock (_lock)
            _dueAt = null;
        _timer?.Dispose();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    private long? DueAfter(TimeSpan time) => time == Timeout.InfiniteTimeSpan ? null : clock.GetTimestamp() + time.Ticks;

    private void Elapse()
    {
        lock (_lock)
        {
            if (_dueAt is null)
                return;
            _dueAt = null;
        }

        elapsed();
    }
}
