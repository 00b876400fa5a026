namespace Ews.ImService.Control.Time;

/// <summary>The clock of a realm, which follows another clock, can be moved, and can be frozen.</summary>
/// <remarks>
/// For timers, time passes also while the clock is frozen, and time by which the clock is moved forward has passed.
/// </remarks>
/// <param name="source">The clock that it follows unless it is frozen.</param>
public sealed class RealmClock(TimeProvider source) : TimeProvider
{
    /// <summary>The rule of the times that EWS and its clients can represent, for messages: "must be …".</summary>
    public const string Rule = "a time from 1900-01-01 to 4500-01-01 (UTC)";

    private static readonly DateTimeOffset Earliest = new(1900, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Latest = new(4500, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly TimeSpan MaxAdvanced = TimeSpan.FromDays(1_000_000);

    private readonly Lock _lock = new();
    private readonly long _started = source.GetTimestamp();
    private readonly HashSet<RealmTimer> _timers = [];

    /// <summary>The state, which changes under the lock. Requests read it without the lock.</summary>
    private volatile State _state = new(null, TimeSpan.Zero, TimeSpan.Zero);

    /// <summary>Gets the time at which the clock is frozen, or <c>null</c> if it runs.</summary>
    public DateTimeOffset? FrozenAt => _state.FrozenAt;

    /// <summary>Gets the distance of the running clock from its source; zero if the clock is frozen.</summary>
    public TimeSpan Offset => _state is { FrozenAt: null } running ? running.Offset : TimeSpan.Zero;

    /// <summary>Gets the total distance by which the clock was moved; back-offs include it as elapsed time.</summary>
    public TimeSpan Advanced => _state.Advanced;

    /// <summary>Gets a value that indicates whether there are timers, which a change of the clock adjusts.</summary>
    internal bool HasTimers
    {
        get
        {
            lock (_lock)
                return _timers.Count > 0;
        }
    }

    /// <summary>Gets an object that is replaced when the clock is frozen, moved or released.</summary>
    internal object Version => _state;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => Now(_state);

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override long GetTimestamp() => (source.GetElapsedTime(_started) + Advanced).Ticks;

    /// <inheritdoc/>
    /// <remarks>The timers of this clock have no period.</remarks>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (period != Timeout.InfiniteTimeSpan)
            throw new NotSupportedException("The timers of the clock of a realm have no period.");
        var timer = new RealmTimer(this, () => callback(state), Remove);
        lock (_lock)
            _timers.Add(timer);
        timer.Start(source, dueTime);
        return timer;
    }

    /// <summary>Determines whether a clock can show a time.</summary>
    public static bool IsValid(DateTimeOffset time) => time >= Earliest && time <= Latest;

    /// <summary>Freezes the clock.</summary>
    /// <param name="at">The time at which it is frozen, or <c>null</c> for its current time.</param>
    /// <returns><c>true</c> if the clock is frozen; <c>false</c> if it cannot show the time.</returns>
    public bool TryFreeze(DateTimeOffset? at = null)
    {
        lock (_lock)
        {
            var now = Now(_state);
            var frozenAt = (at ?? now).ToUniversalTime();
            if (!IsValid(frozenAt))
                return false;
            _state = _state with
            {
                FrozenAt = frozenAt,
                Advanced = frozenAt > now ? Add(_state.Advanced, frozenAt - now) : _state.Advanced,
            };
        }

        OnMoved();
        return true;
    }

    /// <summary>Moves the running or frozen clock.</summary>
    /// <param name="by">The distance, at most 1,000 years; a negative one moves the clock back.</param>
    /// <returns><c>true</c> if the clock was moved; <c>false</c> if it cannot show the time.</returns>
    public bool TryAdvance(TimeSpan by)
    {
        lock (_lock)
        {
            var time = Now(_state) + by;
            if (!IsValid(time))
                return false;
            var advanced = Add(_state.Advanced, by);
            _state = _state.FrozenAt is not null
                ? _state with { FrozenAt = time, Advanced = advanced }
                : _state with { Offset = time - source.GetUtcNow(), Advanced = advanced };
        }

        OnMoved();
        return true;
    }

    /// <summary>Resumes the clock at the current time of its source.</summary>
    /// <param name="frozenAt">The time at which it is frozen instead, or <c>null</c>.</param>
    public void Release(DateTimeOffset? frozenAt = null)
    {
        lock (_lock)
            _state = new State(frozenAt?.ToUniversalTime(), TimeSpan.Zero, _state.Advanced);
    }

    /// <summary>Returns the state in the form in which it is stored.</summary>
    internal StoredClock Export()
    {
        var state = _state;
        return new StoredClock(state.FrozenAt, state.Offset, state.Advanced);
    }

    /// <summary>Replaces the state by a stored one.</summary>
    internal void Import(StoredClock stored)
    {
        var state = new State(stored.FrozenAt, stored.Offset, stored.Advanced);
        lock (_lock)
        {
            if (_state == state)
                return;
            _state = state;
        }

        OnMoved();
    }

    private void Remove(RealmTimer timer)
    {
        lock (_lock)
            _timers.Remove(timer);
    }

    private void OnMoved()
    {
        List<RealmTimer> timers;
        lock (_lock)
            timers = [.. _timers];
        timers.ForEach(timer => timer.Adjust());
    }

    private static TimeSpan Add(TimeSpan advanced, TimeSpan by) =>
        TimeSpan.FromTicks(Math.Clamp(advanced.Ticks + by.Ticks, -MaxAdvanced.Ticks, MaxAdvanced.Ticks));

    private DateTimeOffset Now(State state) => state.FrozenAt ?? source.GetUtcNow() + state.Offset;

    private sealed record State(DateTimeOffset? FrozenAt, TimeSpan Offset, TimeSpan Advanced);
}
