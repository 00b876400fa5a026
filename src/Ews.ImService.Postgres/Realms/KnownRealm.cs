using Ews.ImService.Control.Realms;

namespace Ews.ImService.Postgres.Realms;

/// <summary>A realm, and the version of it that is known.</summary>
/// <param name="Name">The name.</param>
/// <param name="Incarnation">The incarnation, or 0 if no version is known.</param>
/// <param name="Version">The version.</param>
internal readonly record struct KnownRealm(string Name, long Incarnation, long Version);

/// <summary>A realm to be created.</summary>
/// <param name="Name">The name.</param>
/// <param name="MaxRealms">The number of realms from which on none is created.</param>
/// <param name="State">The initial state.</param>
internal sealed record NewRealm(string Name, int MaxRealms, StoredRealmState State);

/// <summary>A realm that was to be created.</summary>
/// <param name="Confirmed">The realm that exists now.</param>
/// <param name="IsNew"><c>true</c> if it did not exist before.</param>
internal readonly record struct CreatedRealm(ConfirmedRealm Confirmed, bool IsNew);

/// <summary>The result of reading a realm.</summary>
/// <param name="Exists"><c>true</c> if the realm exists.</param>
/// <param name="Changed">The realm, or <c>null</c> if the known version is that of the database.</param>
/// <param name="ListVersion">The version of the list of realms.</param>
internal readonly record struct RealmReading(bool Exists, ConfirmedRealm? Changed, long ListVersion);
