using System.Diagnostics;
using System.Globalization;
using Ews.ImService.Control.Contract;
using Ews.ImService.Control.Time;

namespace Ews.ImService.Control.Faults;

/// <summary>The fault rules of a realm, in the order in which they were added. A request triggers at most one rule.</summary>
/// <param name="clock">The clock of the realm. Moving it forward shortens back-offs.</param>
/// <param name="maxRules">The maximum number of rules.</param>
internal sealed class FaultRules(RealmClock clock, int maxRules)
{
    /// <summary>The time after which back-offs that have ended are removed.</summary>
    private static readonly TimeSpan CleanupInterval = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly List<Entry> _entries = [];
    private readonly Dictionary<string, TimeSpan> _backOffUntil = new(StringComparer.OrdinalIgnoreCase);
    private readonly long _started = Stopwatch.GetTimestamp();
    private TimeSpan _cleanedUp;
    private int _lastId;

    private volatile bool _isInUse;
    private volatile int _version;

    /// <summary>Gets a number that changes when a rule is added or removed, or matches a request.</summary>
    public int Version => _version;

    /// <summary>Gets a value that indicates whether there are rules or back-offs. If not, a request does not take the lock.</summary>
    public bool IsInUse => _isInUse;

    /// <summary>Returns a snapshot of all rules.</summary>
    public IReadOnlyList<FaultRule> Snapshot()
    {
        lock (_lock)
            return _entries.Select(entry => entry.Snapshot()).ToList();
    }

    /// <summary>Adds a rule after the others. A rule with the same id is replaced; a rule without an id gets one.</summary>
    /// <returns>A snapshot of the rule, or <c>null</c> if there are as many rules as allowed.</returns>
    public FaultRule? Add(FaultRule rule, Fault fault)
    {
        lock (_lock)
        {
            if (_entries.Count >= maxRules && !_entries.Exists(other => other.Rule.Id == rule.Id))
                return null;
            var entry = new Entry(rule with { Id = rule.Id ?? NewId() }, fault);
            _entries.RemoveAll(other => other.Rule.Id == entry.Rule.Id);
            _entries.Add(entry);
            OnRulesChanged();
            return entry.Snapshot();
        }
    }

    /// <summary>Removes a rule.</summary>
    /// <returns><c>true</c> if the rule existed; otherwise, <c>false</c>.</returns>
    public bool Remove(string id)
    {
        lock (_lock)
        {
            var isRemoved = _entries.RemoveAll(entry => entry.Rule.Id == id) > 0;
            OnRulesChanged();
            return isRemoved;
        }
    }

    /// <summary>Removes all rules, and ends all back-offs.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _entries.Clear();
            _backOffUntil.Clear();
            OnRulesChanged();
        }
    }

    /// <summary>Resets the rules to the initial state.</summary>
    public void Reset()
    {
        lock (_lock)
        {
            Clear();
            _lastId = 0;
        }
    }

    /// <summary>Matches a request with all rules, and triggers at most one of them.</summary>
    /// <param name="operation">The operation of the request, or <c>null</c>.</param>
    /// <param name="mailbox">The mailbox of the request, or <c>null</c>.</param>
    public FaultMatch Match(string? operation, string? mailbox)
    {
        if (!_isInUse)
            return default;
        var now = Now();
        lock (_lock)
        {
            var earlyBy = BackOffOf(mailbox, now);
            Entry? triggered = null;
            foreach (var entry in _entries.Where(entry => entry.Matches(operation, mailbox)))
            {
                _version++;
                entry.MatchedCount++;
                if (triggered is null && entry.ShouldTrigger())
                    triggered = entry;
            }

            if (triggered is null)
                return new FaultMatch(null, null, null, earlyBy);
            triggered.TriggeredCount++;
            if (triggered.Fault.BackOff > TimeSpan.Zero && mailbox is not null)
                _backOffUntil[mailbox] = now + triggered.Fault.BackOff;
            return new FaultMatch(triggered.Rule.Id, triggered.Rule.Kind, triggered.Fault, earlyBy);
        }
    }

    /// <summary>Begins a back-off that no rule requested.</summary>
    /// <param name="mailbox">The mailbox whose requests must wait.</param>
    /// <param name="backOff">The duration.</param>
    public void BackOff(string mailbox, TimeSpan backOff)
    {
        lock (_lock)
        {
            _backOffUntil[mailbox] = Now() + backOff;
            _isInUse = true;
        }
    }

    /// <summary>Returns the remaining back-off time of a mailbox, or <c>null</c> if it has no back-off.</summary>
    private TimeSpan? BackOffOf(string? mailbox, TimeSpan now)
    {
        if ((now - _cleanedUp).Duration() >= CleanupInterval) // The clock can be moved in both directions.
            RemoveEndedBackOffs(now);
        return mailbox is not null && _backOffUntil.TryGetValue(mailbox, out var until) && now < until ? until - now : null;
    }

    /// <summary>Removes back-offs that have ended, including those of mailboxes that send no further request.</summary>
    private void RemoveEndedBackOffs(TimeSpan now)
    {
        foreach (var (mailbox, until) in _backOffUntil)
        {
            if (until <= now)
                _backOffUntil.Remove(mailbox);
        }

        UpdateUse();
        _cleanedUp = now;
    }

    private void OnRulesChanged()
    {
        _version++;
        UpdateUse();
    }

    private void UpdateUse() => _isInUse = _entries.Count > 0 || _backOffUntil.Count > 0;

    private TimeSpan Now() => Stopwatch.GetElapsedTime(_started) + clock.Advanced;

    private string NewId() => "fault-" + (++_lastId).ToString(CultureInfo.InvariantCulture);

    /// <summary>A rule with its counters, which the lock guards.</summary>
    private sealed class Entry(FaultRule rule, Fault fault)
    {
        private readonly Random _random = new(rule.Seed ?? 0);

        public FaultRule Rule => rule;

        public Fault Fault => fault;

        public int MatchedCount { get; set; }

        public int TriggeredCount { get; set; }

        public FaultRule Snapshot() => rule with { Matched = MatchedCount, Triggered = TriggeredCount };

        public bool Matches(string? operation, string? mailbox) =>
            (rule.Operation is null || rule.Operation == operation)
            && (rule.Mailbox is null || string.Equals(rule.Mailbox, mailbox, StringComparison.OrdinalIgnoreCase));

        public bool ShouldTrigger() => MatchedCount >= (rule.Nth ?? 1) && !(TriggeredCount >= rule.Times) && IsDrawn();

#pragma warning disable CA5394 // The random numbers must be the same in every run.
        private bool IsDrawn() => !(rule.Probability < 1) || _random.NextDouble() < rule.Probability;
#pragma warning restore CA5394
    }
}

/// <summary>The result of matching a request with the fault rules.</summary>
/// <param name="RuleId">The id of the rule that was triggered, or <c>null</c>.</param>
/// <param name="Kind">The kind of that rule, or <c>null</c>.</param>
/// <param name="Fault">The effect of that rule, or <c>null</c>.</param>
/// <param name="EarlyBy">The remaining back-off time, or <c>null</c> if there was no back-off.</param>
internal readonly record struct FaultMatch(string? RuleId, FaultKind? Kind, Fault? Fault, TimeSpan? EarlyBy);
