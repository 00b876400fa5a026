using System.Text.Json.Serialization;

namespace Ews.ImService.Testing;

/// <content>Provides direct access to headers and bodies.</content>
public sealed partial record JournalEntry
{
    /// <summary>
    /// Gets the time from the arrival of the request to the end of its response, or <see langword="null"/> until the request ends.
    /// </summary>
    [JsonIgnore]
    public TimeSpan? Duration => Milliseconds is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : null;

    /// <summary>Gets the headers of the request by name; names are case-insensitive. Credentials are redacted.</summary>
    [JsonIgnore]
    public IReadOnlyDictionary<string, string> RequestHeaders => HeadersOf(Request);

    /// <summary>Gets the body of the request; empty if it is not valid UTF-8.</summary>
    [JsonIgnore]
    public string RequestBody => Request?.Body ?? string.Empty;

    /// <summary>Gets the headers of the response by name; names are case-insensitive.</summary>
    [JsonIgnore]
    public IReadOnlyDictionary<string, string> ResponseHeaders => HeadersOf(Response);

    /// <summary>Gets the body of the response; empty if there is none or it is not valid UTF-8.</summary>
    [JsonIgnore]
    public string ResponseBody => Response?.Body ?? string.Empty;

    /// <summary>Returns a one-line description for messages.</summary>
    /// <returns>A description such as <c>#1 AddImGroup for alice@contoso.com: NoError</c>.</returns>
    public override string ToString()
    {
        var result = State == JournalState.Answered ? ResponseCode ?? $"HTTP {Status}" : State.ToString().ToLowerInvariant();
        var fault = Fault is null ? "" : $", fault {Fault}";
        var early = EarlyByMilliseconds is null ? "" : $", {EarlyByMilliseconds} ms early";
        return $"#{Id} {Operation ?? $"{Method} {Path}"} for {Mailbox ?? "-"}: {result}{fault}{early}";
    }

    private static Dictionary<string, string> HeadersOf(JournalMessage? message) =>
        (message?.Headers ?? new Dictionary<string, string>()).ToDictionary(StringComparer.OrdinalIgnoreCase);
}
