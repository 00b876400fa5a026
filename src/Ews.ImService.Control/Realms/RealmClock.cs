namespace Ews.ImService.Control.Realms;

/// <summary>A realm's time: another clock's, moved, or standing still.</summary>
/// <param name="source">The clock that it follows while nobody holds it.</param>
public sealed class RealmClock(TimeProvider source) : TimeProvider
{
    /// <summary>The furthest that one step goes, in milliseconds: a hundred years.</summary>
    public const long MaxAdvance = 100L * 365 * 24 * 60 * 60 * 1000;

    /// <summary>Times that EWS and its clients can write.</summary>
    private static readonly DateTimeOffset Earliest = new(1900, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Latest = new(4500, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly TimeSpan MostAdvanced = TimeSpan.FromDays(1_000_000);

    private readonly Lock _lock = new();
    private DateTimeOffset? _frozenAt;
    private TimeSpan _ahead;
    private TimeSpan _advanced;

    /// <summary>Where it stands still; null while it runs.</summary>
    public DateTimeOffset? FrozenAt
    {
        get
        {
            lock (_lock)
                return _frozenAt;
        }
    }

    /// <summary>How far it was moved by hand in all, which for whoever goes by it is time that has passed.</summary>
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
            return _frozenAt ?? source.GetUtcNow() + _ahead;
    }

    /// <summary>Makes it stand still.</summary>
    /// <param name="at">Where; null for where it is.</param>
    public void Freeze(DateTimeOffset? at = null)
    {
        lock (_lock)
        {
            var now = _frozenAt ?? source.GetUtcNow() + _ahead;
            _frozenAt = Bounded((at ?? now).ToUniversalTime());
            if (_frozenAt > now)
                CountAdvance(_frozenAt.Value - now);
        }
    }

    /// <summary>Moves it, whether it stands or runs; back, too.</summary>
    public void Advance(TimeSpan by)
    {
        lock (_lock)
        {
            if (_frozenAt is { } frozenAt)
                _frozenAt = Bounded(frozenAt + by);
            else
                _ahead = Bounded(source.GetUtcNow() + _ahead + by) - source.GetUtcNow();
            CountAdvance(by);
        }
    }

    /// <summary>Lets it run with its source again.</summary>
    /// <param name="frozenAt">Or stand still there.</param>
    public void Release(DateTimeOffset? frozenAt = null)
    {
        lock (_lock)
            (_frozenAt, _ahead) = (frozenAt is { } at ? Bounded(at.ToUniversalTime()) : null, TimeSpan.Zero);
    }

    private static DateTimeOffset Bounded(DateTimeOffset time) => time < Earliest ? Earliest : time > Latest ? Latest : time;

    private void CountAdvance(TimeSpan by) => _advanced = TimeSpan.FromTicks(Math.Clamp(_advanced.Ticks + by.Ticks, -MostAdvanced.Ticks, MostAdvanced.Ticks));
}
