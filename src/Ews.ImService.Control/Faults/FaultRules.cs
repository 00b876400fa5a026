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
    private readonly List<FaultRuleEntry> _entries = [];
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
            var entry = new FaultRuleEntry(rule with { Id = rule.Id ?? NewId() }, fault);
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
            FaultRuleEntry? triggered = null;
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

    /// <summary>Determines whether a request changes the counters of a rule.</summary>
    /// <param name="operation">The operation of the request, or <c>null</c>.</param>
    /// <param name="mailbox">The mailbox of the request, or <c>null</c>.</param>
    public bool Counts(string? operation, string? mailbox)
    {
        if (!_isInUse)
            return false;
        lock (_lock)
            return _entries.Exists(entry => entry.Matches(operation, mailbox));
    }

    /// <summary>Returns the rules and back-offs in the form in which they are stored.</summary>
    public StoredFaults Export()
    {
        var now = Now();
        var systemTime = TimeProvider.System.GetUtcNow();
        lock (_lock)
        {
            return new StoredFaults(
                _lastId,
                _entries.ConvertAll(entry => new StoredFaultRule(entry.Snapshot(), entry.Draws)),
                _backOffUntil.Where(backOff => backOff.Value > now).ToDictionary(
                    backOff => backOff.Key, backOff => systemTime + (backOff.Value - now), StringComparer.OrdinalIgnoreCase));
        }
    }

    /// <summary>Replaces the rules and back-offs by stored ones.</summary>
    /// <param name="stored">The stored rules and back-offs.</param>
    /// <param name="similar">Rules from which the effects and random numbers of rules that did not change are taken over.</param>
    public void Import(StoredFaults stored, FaultRules similar)
    {
        var entries = similar.Restore(stored.Rules);
        var now = Now();
        var systemTime = TimeProvider.System.GetUtcNow();
        lock (_lock)
        {
            if (!_entries.Select(entry => entry.Snapshot()).SequenceEqual(entries.Select(entry => entry.Snapshot())))
                _version++;
            _entries.Clear();
            _entries.AddRange(entries);
            _backOffUntil.Clear();
            foreach (var (mailbox, end) in stored.BackOffs)
                _backOffUntil[mailbox] = now + (end - systemTime);
            _lastId = stored.LastId;
            UpdateUse();
        }
    }

    /// <summary>Returns stored rules, which share the effects and random numbers of these rules where they are the same.</summary>
    private List<FaultRuleEntry> Restore(IReadOnlyList<StoredFaultRule> stored)
    {
        Dictionary<string, FaultRuleEntry> known;
        lock (_lock)
            known = _entries.ToDictionary(entry => entry.Rule.Id!, StringComparer.Ordinal);
        return [.. stored.Select(rule => FaultRuleEntry.Restore(rule, known.GetValueOrDefault(rule.Rule.Id!)))];
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
}
