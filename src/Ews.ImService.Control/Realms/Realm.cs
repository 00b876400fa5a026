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
    private readonly IRealmStates _states;
    private volatile bool _isDeleted;
    private volatile ConfirmedRealm? _confirmed;
    private int _journalWaits;

    internal Realm(string name, ControlOptions options, IRealmStates states, IRequestJournal journal)
    {
        Name = name;
        _options = options;
        _states = states;
        State = new RealmState(options);
        (Clock, Faults) = (State.Clock, State.Faults);
        Journal = journal;
    }

    /// <summary>Gets the name; the name of the default realm is empty.</summary>
    public string Name { get; }

    /// <summary>Gets the clock.</summary>
    public RealmClock Clock { get; }

    /// <summary>Gets the journal.</summary>
    internal IRequestJournal Journal { get; }

    /// <summary>Gets the fault rules.</summary>
    internal FaultRules Faults { get; }

    /// <summary>Gets the snapshots of the mailboxes.</summary>
    internal RealmSnapshots Snapshots => State.Snapshots;

    /// <summary>Gets the clock, the fault rules and the snapshots, which instances of the service can share.</summary>
    internal RealmState State { get; }

    /// <summary>Gets what is known about the realm in a shared database, or <c>null</c> if it is not stored in one.</summary>
    internal ConfirmedRealm? Confirmed => _confirmed;

    /// <summary>Gets the mailboxes whose GUIDs were generated from <see cref="ControlOptions.IdSeed"/>, by GUID.</summary>
    internal ConcurrentDictionary<Guid, SmtpAddress> GeneratedGuids { get; } = new();

    /// <summary>Gets a value that indicates whether the realm contains the mailboxes of the start seed.</summary>
    internal bool IsSeeded => State.IsSeeded;

    /// <summary>Gets or sets a value that indicates whether the realm was deleted. Another realm with its name can exist.</summary>
    internal bool IsDeleted
    {
        get => _isDeleted;
        set => _isDeleted = value;
    }

    /// <summary>Returns the realm that a request of the control API addresses. POST and PUT create it if necessary.</summary>
    /// <exception cref="BadHttpRequestException">The realm does not exist, and the method is not POST or PUT, or there are as many realms
    /// as allowed.</exception>
    public static async ValueTask<Realm?> BindAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var registry = context.RequestServices.GetRequiredService<RealmRegistry>();
        var name = RequestRealm.Get(context);
        await registry.States.ConfirmAsync(name, context.RequestAborted);
        if (HttpMethods.IsPost(context.Request.Method) || HttpMethods.IsPut(context.Request.Method))
        {
            return await registry.FindOrCreateAsync(name)
                ?? throw new BadHttpRequestException(registry.LimitReason, StatusCodes.Status409Conflict);
        }

        return await registry.FindExistingAsync(name) ?? throw new BadHttpRequestException(
            $"The realm '{name}' does not exist. An EWS request, PUT realms/{name}, or another call that changes it creates it.",
            StatusCodes.Status404NotFound);
    }

    /// <summary>Returns <c>true</c> if the number of snapshots allows one with this name; otherwise, <c>false</c>.</summary>
    internal bool CanTakeSnapshot(string name) => Snapshots.All.Count < _options.MaxSnapshots || Snapshots.Find(name) is not null;

    /// <summary>Changes the state at every instance of the service; completes at once if there is one instance.</summary>
    /// <typeparam name="T">The result of the change.</typeparam>
    /// <param name="change">The change, which can run more than once, and must not throw.</param>
    /// <param name="cancellationToken">A token that cancels waiting.</param>
    internal ValueTask<T> ChangeAsync<T>(Func<RealmState, T> change, CancellationToken cancellationToken) =>
        _states.ChangeAsync(this, change, cancellationToken);

    /// <summary>Matches a request with the fault rules, and triggers at most one of them.</summary>
    /// <param name="operation">The operation of the request, or <c>null</c>.</param>
    /// <param name="mailbox">The mailbox of the request, or <c>null</c>.</param>
    /// <param name="cancellationToken">A token that cancels waiting.</param>
    internal ValueTask<FaultMatch> MatchFaultsAsync(string? operation, string? mailbox, CancellationToken cancellationToken) =>
        _states.IsShared && Faults.Counts(operation, mailbox)
            ? ChangeAsync(state => state.Faults.Match(operation, mailbox), cancellationToken)
            : new(Faults.Match(operation, mailbox));

    /// <summary>Applies a state of the realm in a shared database, unless a later one was applied.</summary>
    /// <param name="confirmed">The state.</param>
    internal void Apply(ConfirmedRealm confirmed)
    {
        lock (_lock)
        {
            if (_confirmed is { } known && (known.Incarnation != confirmed.Incarnation || known.Version >= confirmed.Version))
                return;
            State.Import(confirmed.State, State);
            _confirmed = confirmed;
        }
    }

    /// <summary>Returns the number of objects of a kind that a mailbox of the realm had in this run, including a new one.</summary>
    internal int CountLocally(string kind, SmtpAddress mailbox) =>
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
    /// <param name="work">The operation. Its token is canceled if another instance of the service may run one.</param>
    internal Task RunExclusiveAsync(Func<CancellationToken, Task> work)
    {
        lock (_lock)
            return _last = RunAfterAsync(_last, () => _states.RunExclusiveAsync(this, work));
    }

    /// <summary>Returns a clock in the initial state.</summary>
    internal RealmClock NewClock()
    {
        var clock = new RealmClock(_options.Clock);
        clock.Release(_options.ClockAt);
        return clock;
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
