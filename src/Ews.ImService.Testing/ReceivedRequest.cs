using System.Text.Json.Serialization;

namespace Ews.ImService.Testing;

/// <summary>A request that came, and what became of it.</summary>
public sealed record ReceivedRequest
{
    /// <summary>Counted from 1 in its realm.</summary>
    public long Id { get; init; }

    /// <summary>When it came, by the realm's clock.</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>How far it has come: arrived, answered or failed.</summary>
    public string State { get; init; } = string.Empty;

    /// <summary>The HTTP method.</summary>
    public string Method { get; init; } = string.Empty;

    /// <summary>The path and query.</summary>
    public string Path { get; init; } = string.Empty;

    /// <summary>The EWS operation; null where there is none.</summary>
    public string? Operation { get; init; }

    /// <summary>The mailbox's primary address; null where the request came to none.</summary>
    public string? Mailbox { get; init; }

    /// <summary>The EWS response code; null where there is none.</summary>
    public string? ResponseCode { get; init; }

    /// <summary>The HTTP status; null where there is none.</summary>
    public int? Status { get; init; }

    /// <summary>The id of the fault that struck it; null for none.</summary>
    public string? Fault { get; init; }

    /// <summary>By how many milliseconds it came before the end of a back-off that ErrorServerBusy asked for; null where it did not.</summary>
    public double? EarlyByMilliseconds { get; init; }

    /// <summary>Its headers; of credentials only the scheme.</summary>
    [JsonIgnore]
    public IReadOnlyDictionary<string, string> Headers => Request?.Headers ?? new Dictionary<string, string>();

    /// <summary>Its body; empty where it is no UTF-8.</summary>
    [JsonIgnore]
    public string Body => Request?.Body ?? string.Empty;

    /// <summary>The answer's body; empty where it is no UTF-8.</summary>
    [JsonIgnore]
    public string ResponseBody => Response?.Body ?? string.Empty;

    /// <summary>One line for people.</summary>
    public override string ToString() =>
        $"#{Id} {Operation ?? $"{Method} {Path}"} for {Mailbox ?? "-"}: {(State == "answered" ? ResponseCode ?? $"HTTP {Status}" : State)}{(Fault is null ? "" : $", fault {Fault}")}{(EarlyByMilliseconds is null ? "" : $", {EarlyByMilliseconds} ms too early")}";

    [JsonInclude]
    internal Message? Request { get; init; }

    [JsonInclude]
    internal Message? Response { get; init; }

    internal sealed record Message(IReadOnlyDictionary<string, string> Headers, string? Body);
}
