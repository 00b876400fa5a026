using System.Diagnostics;
using System.Globalization;
using Ews.ImService.Control.Realms;

namespace Ews.ImService.Control.Faults;

/// <summary>A realm's faults, in the order in which they were added: the first that strikes is the one.</summary>
/// <param name="clock">The realm's clock: moving it by hand ends back-offs sooner.</param>
public sealed class FaultRules(RealmClock clock)
{
    private readonly Lock _lock = new();
    private readonly List<FaultRule> _rules = [];
    private readonly Dictionary<string, TimeSpan> _backOffUntil = new(StringComparer.OrdinalIgnoreCase);
    private readonly long _started = Stopwatch.GetTimestamp();
    private int _lastId;

    /// <summary>All of them.</summary>
    public IReadOnlyList<FaultRule> All
    {
        get
        {
            lock (_lock)
                return [.. _rules];
        }
    }

    /// <summary>A name for a rule that has none.</summary>
    internal string NewId() => "fault-" + Interlocked.Increment(ref _lastId).ToString(CultureInfo.InvariantCulture);

    /// <summary>Adds one behind the others; one of the same name is replaced.</summary>
    public void Add(FaultRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        lock (_lock)
        {
            _rules.RemoveAll(other => other.Id == rule.Id);
            _rules.Add(rule);
        }
    }

    /// <summary>Removes one.</summary>
    /// <returns>Whether it was there.</returns>
    public bool Remove(string id)
    {
        lock (_lock)
            return _rules.RemoveAll(rule => rule.Id == id) > 0;
    }

    /// <summary>Removes all, and forgets who was told to stay away.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _rules.Clear();
            _backOffUntil.Clear();
        }
    }

    /// <summary>As new.</summary>
    internal void Reset()
    {
        Clear();
        _lastId = 0;
    }

    /// <summary>The fault that strikes a request, or null.</summary>
    /// <param name="operation">The request's operation, or null.</param>
    /// <param name="mailbox">Its mailbox, or null.</param>
    /// <param name="early">By how long the request came before the end of a back-off; null where it did not.</param>
    internal FaultRule? Strike(string? operation, string? mailbox, out TimeSpan? early)
    {
        var now = Stopwatch.GetElapsedTime(_started) + clock.Advanced;
        lock (_lock)
        {
            early = mailbox is not null && _backOffUntil.TryGetValue(mailbox, out var until) && now < until ? until - now : null;
            FaultRule? struck = null;
            foreach (var rule in _rules.Where(rule => rule.IsFor(operation, mailbox)))
            {
                rule.Matched++;
                if (struck is null && rule.Matched >= rule.Nth && !(rule.Struck >= rule.Times) && HasBadLuck(rule))
                {
                    rule.Struck++;
                    struck = rule;
                }
            }

            if (struck is { BackOff.Ticks: > 0 } && mailbox is not null)
                _backOffUntil[mailbox] = now + struck.BackOff;
            return struck;
        }
    }

    private static bool HasBadLuck(FaultRule rule)
    {
        if (rule.Probability >= 1)
            return true;
#pragma warning disable CA5394 // Luck that is the same on every run is what is asked for.
        return (rule.Chance ??= new Random(rule.Seed)).NextDouble() < rule.Probability;
#pragma warning restore CA5394
    }
}
