namespace Ews.ImService.Control.Realms;

/// <summary>A realm as a shared database contained it.</summary>
/// <param name="Incarnation">A number that identifies the realm among all that have or had its name; a later one is greater.</param>
/// <param name="Version">The version of the state.</param>
/// <param name="State">The state.</param>
internal sealed record ConfirmedRealm(long Incarnation, long Version, StoredRealmState State);
