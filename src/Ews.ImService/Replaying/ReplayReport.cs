using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ews.ImService.Replaying;

/// <summary>The result of a replay.</summary>
internal sealed record ReplayReport
{
    /// <summary>Gets the requests that were sent and whose responses were compared, in their order.</summary>
    public required IReadOnlyList<ComparedExchange> Compared { get; init; }

    /// <summary>Gets the requests that were not sent, or whose responses were not compared.</summary>
    public required IReadOnlyList<SkippedExchange> Skipped { get; init; }

    /// <summary>Gets the number of compared responses without a difference.</summary>
    public int EqualCount => Compared.Count(exchange => exchange.Differences.Count == 0);

    /// <summary>Gets the number of compared responses with differences.</summary>
    public int DifferentCount => Compared.Count - EqualCount;
}

/// <summary>A request whose response was compared.</summary>
internal sealed record ComparedExchange
{
    /// <summary>Gets the id of the recorded entry.</summary>
    public required long Id { get; init; }

    /// <summary>Gets the operation; <c>null</c> if it is unknown.</summary>
    public required string? Operation { get; init; }

    /// <summary>Gets the mailbox; <c>null</c> if the recording names none.</summary>
    public required string? Mailbox { get; init; }

    /// <summary>Gets the differences, in the order of the response.</summary>
    public required IReadOnlyList<Difference> Differences { get; init; }

    /// <summary>Gets the ids in the request that no earlier response contained. The service does not know them.</summary>
    public required IReadOnlyList<string> UnknownIds { get; init; }
}

/// <summary>A request that was not sent, or whose response was not compared.</summary>
/// <param name="Id">The id of the recorded entry.</param>
/// <param name="Request">The operation, or the method and path.</param>
/// <param name="IsSent"><c>true</c> if the request was sent; otherwise, <c>false</c>.</param>
/// <param name="Reason">The reason, such as "part of a sign-in".</param>
internal sealed record SkippedExchange(long Id, string Request, bool IsSent, string Reason);

/// <summary>The JSON form of a report.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ReplayReport))]
internal sealed partial class ReplayReportJson : JsonSerializerContext
{
    /// <summary>Gets the context that writes indented text for people.</summary>
    public static ReplayReportJson Indented => field ??= new(new JsonSerializerOptions(Default.Options)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
