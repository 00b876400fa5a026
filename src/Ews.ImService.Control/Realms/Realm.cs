using System.Collections.Concurrent;
using Ews.ImService.Control.Faults;
using Ews.ImService.Control.Journal;
using Ews.ImService.Mailbox;

namespace Ews.ImService.Control.Realms;

/// <summary>A world of its own: its clock, journal, faults and snapshots. Its mailboxes are in the store.</summary>
public sealed class Realm
{
    private readonly DateTimeOffset? _clockAt;
    private readonly Lock _lock = new();
    private Task _last = Task.CompletedTask;
    private volatile bool _hasBegun;

    internal Realm(string name, ControlOptions options)
    {
        Name = name;
        _clockAt = options.ClockAt;
        Clock = new RealmClock(options.Clock);
        Journal = new RequestJournal(options.JournalEntries, options.JournalBytes);
        Faults = new FaultRules(Clock);
        Clock.Release(_clockAt);
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Its time.</summary>
    public RealmClock Clock { get; }

    /// <summary>What was asked and answered.</summary>
    public RequestJournal Journal { get; }

    /// <summary>Gets the fault rules.</summary>
    internal FaultRules Faults { get; }

    /// <summary>Mailboxes as they were when somebody took a snapshot, by its name.</summary>
    public ConcurrentDictionary<string, IReadOnlyList<MailboxState>> Snapshots { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether it has what every realm begins with.</summary>
    internal bool HasBegun
    {
        get => _hasBegun;
        set => _hasBegun = value;
    }

    /// <summary>Does work on its mailboxes as a whole, when other such work is done.</summary>
    internal Task RunAloneAsync(Func<Task> work)
    {
        lock (_lock)
            return _last = RunAfterAsync(_last, work);
    }

    /// <summary>As new, but for its mailboxes, which are the store's, and its snapshots, which are kept to be restored.</summary>
    internal void Reset()
    {
        Journal.Reset();
        Faults.Reset();
        Clock.Release(_clockAt);
    }

    private static async Task RunAfterAsync(Task other, Func<Task> work)
    {
        await other.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        await work();
    }
}
