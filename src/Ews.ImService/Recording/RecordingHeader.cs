using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Ews.ImService.Control.Contract;

namespace Ews.ImService.Recording;

/// <summary>The first line of a recording. The others are journal entries, in the form of <c>ews-im journal --json --bodies</c>.
/// </summary>
internal sealed record RecordingHeader
{
    /// <summary>The version of the format that this program writes, and the newest that it reads.</summary>
    public const int CurrentVersion = 1;

    /// <summary>Gets the version of the format. The name of the property identifies the line.</summary>
    public required int RecordingVersion { get; init; }

    /// <summary>Gets the program that wrote the recording.</summary>
    public required string Program { get; init; }

    /// <summary>Gets the URL of the recorded server.</summary>
    public required string Server { get; init; }

    /// <summary>Gets the time at which the recording began.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>Gets a value that indicates whether addresses are pseudonyms.</summary>
    public bool HasPseudonyms { get; init; }
}

/// <summary>The JSON form of the lines of a recording.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    Converters = [typeof(UtcTimeConverter)])]
[JsonSerializable(typeof(RecordingHeader))]
[JsonSerializable(typeof(JournalEntry))]
internal sealed partial class RecordingJson : JsonSerializerContext
{
    /// <summary>Gets the context that writes one line for each record. The file is no HTML, and people read the XML in it.</summary>
    public static RecordingJson Line =>
        field ??= new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
