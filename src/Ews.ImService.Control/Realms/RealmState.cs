using Ews.ImService.Control.Faults;
using Ews.ImService.Control.Time;

namespace Ews.ImService.Control.Realms;

/// <summary>The parts of a realm that are the same at every instance of the service: live objects, or a copy of them.</summary>
internal sealed class RealmState
{
    private readonly ControlOptions _options;
    private volatile bool _isSeeded;

    public RealmState(ControlOptions options)
    {
        _options = options;
        Clock = new RealmClock(options.Clock);
        Clock.Release(options.ClockAt);
        Faults = new FaultRules(Clock, options.MaxFaultRules);
    }

    /// <summary>Gets the clock.</summary>
    public RealmClock Clock { get; }

    /// <summary>Gets the fault rules.</summary>
    public FaultRules Faults { get; }

    /// <summary>Gets the snapshots of the mailboxes.</summary>
    public RealmSnapshots Snapshots { get; } = new();

    /// <summary>Gets or sets a value that indicates whether the realm contains the mailboxes of the start seed.</summary>
    public bool IsSeeded
    {
        get => _isSeeded;
        set => _isSeeded = value;
    }

    /// <summary>Resets the clock and the fault rules to the initial state, after the mailboxes. Snapshots are kept.</summary>
    public void Reset()
    {
        IsSeeded = true;
        Clock.Release(_options.ClockAt);
        Faults.Reset();
    }

    /// <summary>Returns the state in the form in which it is stored.</summary>
    public StoredRealmState Export() => new()
    {
        IsSeeded = IsSeeded,
        Clock = Clock.Export(),
        Faults = Faults.Export(),
        Snapshots = [.. Snapshots.All],
    };

    /// <summary>Replaces the state by a stored one.</summary>
    /// <param name="stored">The stored state.</param>
    /// <param name="similar">A state from which objects that did not change are taken over.</param>
    public void Import(StoredRealmState stored, RealmState similar)
    {
        Clock.Import(stored.Clock);
        Faults.Import(stored.Faults, similar.Faults);
        Snapshots.Import(stored.Snapshots);
        IsSeeded = stored.IsSeeded; // The last: a request uses a realm that is seeded.
    }
}
