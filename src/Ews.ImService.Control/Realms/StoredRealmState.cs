using System.Text.Json.Serialization;
using Ews.ImService.Control.Contract;
using Ews.ImService.Control.Faults;
using Ews.ImService.Control.Time;

namespace Ews.ImService.Control.Realms;

/// <summary>The state of a realm in a database.</summary>
internal sealed record StoredRealmState
{
    /// <summary>Gets a value that indicates whether the realm contains the mailboxes of the start seed.</summary>
    public bool IsSeeded { get; init; }

    /// <summary>Gets the clock.</summary>
    public required StoredClock Clock { get; init; }

    /// <summary>Gets the fault rules.</summary>
    public required StoredFaults Faults { get; init; }

    /// <summary>Gets the snapshots without their mailboxes.</summary>
    public required IReadOnlyList<Snapshot> Snapshots { get; init; }
}

/// <summary>The JSON form of the stored state.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(UtcTimeConverter)])]
[JsonSerializable(typeof(StoredRealmState))]
internal sealed partial class StoredRealmJson : JsonSerializerContext;
