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
    private readonly DateTimeOffset? _clockAt;
    private readonly Lock _lock = new();
    private Task _last = Task.CompletedTask;
    private volatile bool _isSeeded;

    internal Realm(string name, ControlOptions options)
    {
        Name = name;
        _clockAt = options.ClockAt;
        Clock = new RealmClock(options.Clock);
        Journal = new RequestJournal(options.JournalEntries, options.JournalBytes);
        Faults = new FaultRules(Clock);
        Clock.Release(_clockAt);
    }

    /// <summary>Gets the name; the name of the default realm is empty.</summary>
    public string Name { get; }

    /// <summary>Gets the clock.</summary>
    public RealmClock Clock { get; }

    /// <summary>Gets the journal.</summary>
    internal RequestJournal Journal { get; }

    /// <summary>Gets the fault rules.</summary>
    internal FaultRules Faults { get; }

    /// <summary>Gets the snapshots of the mailboxes by name.</summary>
    public ConcurrentDictionary<string, IReadOnlyList<MailboxState>> Snapshots { get; } = new(StringComparer.Ordinal);

    /// <summary>Gets the mailboxes whose GUIDs were generated from <see cref="ControlOptions.IdSeed"/>, by GUID.</summary>
    internal ConcurrentDictionary<Guid, SmtpAddress> GeneratedGuids { get; } = new();

    /// <summary>Gets or sets a value that indicates whether the realm contains the mailboxes of the start seed.</summary>
    internal bool IsSeeded
    {
        get => _isSeeded;
        set => _isSeeded = value;
    }

    /// <summary>Returns the realm that a request of the control API addresses.</summary>
    public static ValueTask<Realm?> BindAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new(context.RequestServices.GetRequiredService<RealmRegistry>()[RequestRealm.Get(context)]);
    }

    /// <summary>Runs an operation on all mailboxes of the realm after other such operations have ended.</summary>
    internal Task RunExclusiveAsync(Func<Task> work)
    {
        lock (_lock)
            return _last = RunAfterAsync(_last, work);
    }

    /// <summary>Resets the journal, the fault rules and the clock to the initial state.</summary>
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
