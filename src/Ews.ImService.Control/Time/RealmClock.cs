namespace Ews.ImService.Control.Time;

/// <summary>The clock of a realm, which follows another clock, can be moved, and can be frozen.</summary>
/// <param name="source">The clock that it follows unless it is frozen.</param>
public sealed class RealmClock(TimeProvider source) : TimeProvider
{
    /// <summary>The times that EWS and its clients can represent.</summary>
    private static readonly DateTimeOffset Earliest = new(1900, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Latest = new(4500, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly TimeSpan MaxAdvanced = TimeSpan.FromDays(1_000_000);

    private readonly Lock _lock = new();
    private DateTimeOffset? _frozenAt;
    private TimeSpan _offset;
    private TimeSpan _advanced;

    /// <summary>Gets the time at which the clock is frozen, or <c>null</c> if it runs.</summary>
    public DateTimeOffset? FrozenAt
    {
        get
        {
            lock (_lock)
                return _frozenAt;
        }
    }

    /// <summary>Gets the total distance by which the clock was moved; back-offs include it as elapsed time.</summary>
    public TimeSpan Advanced
    {
        get
        {
            lock (_lock)
                return _advanced;
        }
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
            return _frozenAt ?? source.GetUtcNow() + _offset;
    }

    /// <summary>Freezes the clock.</summary>
    /// <param name="at">The time at which it is frozen, or <c>null</c> for its current time.</param>
    public void Freeze(DateTimeOffset? at = null)
    {
        lock (_lock)
        {
            var now = _frozenAt ?? source.GetUtcNow() + _offset;
            _frozenAt = Limit((at ?? now).ToUniversalTime());
            if (_frozenAt > now)
                CountAdvance(_frozenAt.Value - now);
        }
    }

    /// <summary>Moves the running or frozen clock.</summary>
    /// <param name="by">The distance; a negative one moves the clock back.</param>
    public void Advance(TimeSpan by)
    {
        lock (_lock)
        {
            if (_frozenAt is { } frozenAt)
                _frozenAt = Limit(frozenAt + by);
            else
                _offset = Limit(source.GetUtcNow() + _offset + by) - source.GetUtcNow();
            CountAdvance(by);
        }
    }

    /// <summary>Resumes the clock at the current time of its source.</summary>
    /// <param name="frozenAt">The time at which it is frozen instead, or <c>null</c>.</param>
    public void Release(DateTimeOffset? frozenAt = null)
    {
        lock (_lock)
            (_frozenAt, _offset) = (frozenAt is { } at ? Limit(at.ToUniversalTime()) : null, TimeSpan.Zero);
    }

    private static DateTimeOffset Limit(DateTimeOffset time) => time < Earliest ? Earliest : time > Latest ? Latest : time;

    private void CountAdvance(TimeSpan by) =>
        _advanced = TimeSpan.FromTicks(Math.Clamp(_advanced.Ticks + by.Ticks, -MaxAdvanced.Ticks, MaxAdvanced.Ticks));
}
