using Ews.ImService.Control.Realms;
using Ews.ImService.Storage;

namespace Ews.ImService.Postgres.Realms;

/// <summary>The outcome of a change.</summary>
internal enum RealmChangeOutcome
{
    /// <summary>The realm was deleted.</summary>
    RealmDeleted,

    /// <summary>The change is part of an operation whose lease another one has taken.</summary>
    LeaseLost,

    /// <summary>The change was applied.</summary>
    Applied,
}

/// <summary>A change of the state of a realm that waits for its transaction.</summary>
/// <param name="realm">The realm.</param>
internal abstract class RealmChange(Realm realm)
{
    /// <summary>Gets the realm.</summary>
    public Realm Realm => realm;

    /// <summary>Gets the lease that the change requires, or <c>null</c>.</summary>
    public ReplacementLease? Lease { get; } = RealmLease.Current;

    /// <summary>Gets or sets the outcome in the last transaction.</summary>
    public RealmChangeOutcome Outcome { get; set; }

    /// <summary>Applies the change to a copy of the state. It runs again if the transaction does.</summary>
    public abstract void Run(RealmState state);
}

/// <inheritdoc/>
/// <typeparam name="T">The result of the change.</typeparam>
internal sealed class RealmChange<T>(Realm realm, Func<RealmState, T> change) : RealmChange(realm)
{
    /// <summary>Gets the result of the last run.</summary>
    public T Result { get; private set; } = default!;

    public override void Run(RealmState state) => Result = change(state);
}
