using Ews.ImService.Control.Realms;

namespace Ews.ImService.Postgres.Realms;

/// <summary>A change of the state of a realm that waits for its transaction.</summary>
/// <param name="realm">The realm.</param>
internal abstract class RealmChange(Realm realm)
{
    /// <summary>Gets the realm.</summary>
    public Realm Realm => realm;

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
