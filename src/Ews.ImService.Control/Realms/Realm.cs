using System.Collections.Concurrent;
using Ews.ImService.Control.Faults;
using Ews.ImService.Control.Journal;
using Ews.ImService.Control.Time;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Ews.ImService.Control.Realms;

/// <summary>An isolated realm: its clock, journal, fault rules and snapshots. Its mailboxes are in the store.</summary>
public sealed class Realm
{
    private readonly ControlOptions _options;
    private readonly Lock _lock = new();
    private Task _last = Task.CompletedTask;
    private readonly ConcurrentDictionary<string, int> _counts = new(StringComparer.Ordinal);
    private volatile bool _isSeeded;
    private volatile bool _isDeleted;
    private int _journalWaits;
    private int _snapshotVersion;

    internal Realm(string name, ControlOptions options, IRequestJournal journal)
    {
        Name = name;
        _options = options;
        Clock = NewClock();
        Journal = journal;
        Faults = new FaultRules(Clock, options.MaxFaultRules);
    }

    /// <summary>Gets the name; the name of the default realm is empty.</summary>
    public string Name { get; }

    /// <summary>Gets the clock.</summary>
    public RealmClock Clock { get; }

    /// <summary>Gets the journal.</summary>
    internal IRequestJournal Journal { get; }

    /// <summary>Gets the fault rules.</summary>
    internal FaultRules Faults { get; }

    /// <summary>Gets the snapshots of the mailboxes by name.</summary>
    public ConcurrentDictionary<string, Snapshot> Snapshots { get; } = new(StringComparer.Ordinal);

    /// <summary>Gets a number that changes when a snapshot is taken or deleted.</summary>
    internal int SnapshotVersion => Volatile.Read(ref _snapshotVersion);

    /// <summary>Gets the mailboxes whose GUIDs were generated from <see cref="ControlOptions.IdSeed"/>, by GUID.</summary>
    internal ConcurrentDictionary<Guid, SmtpAddress> GeneratedGuids { get; } = new();

    /// <summary>Gets or sets a value that indicates whether the realm contains the mailboxes of the start seed.</summary>
    internal bool IsSeeded
    {
        get => _isSeeded;
        set => _isSeeded = value;
    }

    /// <summary>Gets or sets a value that indicates whether the realm was deleted. Another realm with its name can exist.</summary>
    internal bool IsDeleted
    {
        get => _isDeleted;
        set => _isDeleted = value;
    }

    /// <summary>Returns the realm that a request of the control API addresses. POST and PUT create it if necessary.</summary>
    /// <exception cref="BadHttpRequestException">The realm does not exist, and the method is not POST or PUT, or there are as many realms
    /// as allowed.</exception>
    public static ValueTask<Realm?> BindAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var registry = context.RequestServices.GetRequiredService<RealmRegistry>();
        var name = RequestRealm.Get(context);
        if (HttpMethods.IsPost(context.Request.Method) || HttpMethods.IsPut(context.Request.Method))
        {
            return new(registry.FindOrCreate(name)
                ?? throw new BadHttpRequestException(registry.LimitReason, StatusCodes.Status409Conflict));
        }

        return new(registry.FindExisting(name) ?? throw new BadHttpRequestException(
            $"The realm '{name}' does not exist. An EWS request, PUT realms/{name}, or another call that changes it creates it.",
            StatusCodes.Status404NotFound));
    }

    /// <summary>Returns <c>true</c> if the number of snapshots allows one with this name; otherwise, <c>false</c>.</summary>
    internal bool CanTakeSnapshot(string name) => Snapshots.Count < _options.MaxSnapshots || Snapshots.ContainsKey(name);

    /// <summary>Changes <see cref="SnapshotVersion"/> after a snapshot was taken or deleted.</summary>
    internal void OnSnapshotsChanged() => Interlocked.Increment(ref _snapshotVersion);

    /// <summary>Returns the number of objects of a kind that a mailbox of the realm had in this run, including a new one.</summary>
    internal int Count(string kind, SmtpAddress mailbox) =>
        _counts.AddOrUpdate($"{kind}\n{mailbox.Key}", 1, (_, count) => count + 1);

    /// <summary>Begins a call that waits for the journal.</summary>
    /// <returns>An object to be disposed when the call ends, or <c>null</c> if as many calls as allowed are waiting.</returns>
    internal IDisposable? TryBeginJournalWait()
    {
        var wait = new JournalWait(this);
        if (Interlocked.Increment(ref _journalWaits) <= _options.MaxJournalWaits)
            return wait;
        wait.Dispose();
        return null;
    }

    /// <summary>Runs an operation on all mailboxes of the realm after other such operations have ended.</summary>
    internal Task RunExclusiveAsync(Func<Task> work)
    {
        lock (_lock)
            return _last = RunAfterAsync(_last, work);
    }

    /// <summary>Returns a clock in the initial state.</summary>
    internal RealmClock NewClock()
    {
        var clock = new RealmClock(_options.Clock);
        clock.Release(_options.ClockAt);
        return clock;
    }

    /// <summary>Resets the clock, the fault rules and the journal to the initial state, after the mailboxes.</summary>
    /// <remarks>
    /// A request uses the journal first, then the fault rules, and then the mailboxes. They are reset in the reverse order, so that no
    /// request uses one of them after the reset and another one as it was before.
    /// </remarks>
    /// <returns>A task that completes when the journal is reset in all instances of the service.</returns>
    internal Task ResetAsync()
    {
        IsSeeded = true;
        Clock.Release(_options.ClockAt);
        Faults.Reset();
        return Journal.ResetAsync();
    }

    /// <summary>A call that waits for the journal, until it is disposed.</summary>
    private sealed class JournalWait(Realm realm) : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref realm._journalWaits);
    }

    private static async Task RunAfterAsync(Task other, Func<Task> work)
    {
        await other.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        await work();
    }
}
