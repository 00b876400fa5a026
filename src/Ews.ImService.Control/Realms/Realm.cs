using System.Collections.Concurrent;
using Ews.ImService.Control.Faults;
using Ews.ImService.Control.Journal;
using Ews.ImService.Mailbox;

namespace Ews.ImService.Control.Realms;

/// <summary>A world of its own: its clock, GUIDs, journal, faults and snapshots. Its mailboxes are in the store.</summary>
public sealed class Realm
{
    private readonly Lock _lock = new();
    private readonly DateTimeOffset? _clockAt;
    private Task? _begun;

    internal Realm(string name, ControlOptions options)
    {
        Name = name;
        _clockAt = options.ClockAt;
        Clock = new RealmClock(options.Clock);
        Guids = new GuidSource(options.IdSeed);
        Journal = new RequestJournal(options.JournalEntries, options.JournalBytes);
        Faults = new FaultRules();
        Clock.Release(_clockAt);
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Its time.</summary>
    public RealmClock Clock { get; }

    /// <summary>What was asked and answered.</summary>
    public RequestJournal Journal { get; }

    /// <summary>What is to go wrong.</summary>
    public FaultRules Faults { get; }

    /// <summary>Mailboxes as they were when somebody took a snapshot, by its name.</summary>
    public ConcurrentDictionary<string, IReadOnlyList<MailboxState>> Snapshots { get; } = new(StringComparer.Ordinal);

    internal GuidSource Guids { get; }

    /// <summary>Begins a realm that nobody has begun yet.</summary>
    internal Task BeginOnceAsync(Func<Task> begin)
    {
        lock (_lock)
            return _begun = _begun is null or { IsFaulted: true } ? Task.Run(begin) : _begun;
    }

    /// <summary>As new, but for its mailboxes, which are the store's, and its snapshots, which are kept to be restored.</summary>
    internal void Reset()
    {
        Journal.Clear();
        Faults.Clear();
        Clock.Release(_clockAt);
    }
}
