using System.Globalization;

namespace Ews.ImService.Testing;

/// <summary>Describes requests in the journal. A property that is <see langword="null"/> matches every request.</summary>
public sealed record RequestPattern
{
    /// <summary>Gets the EWS operation, such as <c>AddImGroup</c>.</summary>
    public string? Operation { get; init; }

    /// <summary>Gets the primary SMTP address of the mailbox; case-insensitive.</summary>
    public string? Mailbox { get; init; }

    /// <summary>Gets a text that the request body contains.</summary>
    public string? Contains { get; init; }

    /// <summary>Gets the EWS response code, such as <c>NoError</c>.</summary>
    public string? ResponseCode { get; init; }

    /// <summary>Gets the HTTP status of the response.</summary>
    public int? Status { get; init; }

    /// <summary>
    /// Gets a value that indicates whether the request arrived before the end of the back-off time that ErrorServerBusy had requested.
    /// </summary>
    public bool? IsEarly { get; init; }

    /// <summary>Gets an id; only requests with a greater id, which arrived later, match.</summary>
    public long? AfterId { get; init; }

    /// <summary>Gets a further condition.</summary>
    public Func<JournalEntry, bool>? Where { get; init; }

    /// <summary>The source text of <see cref="Where"/>, for messages.</summary>
    internal string WhereText { get; init; } = "the condition is met";

    /// <summary>Returns a description of the pattern for messages.</summary>
    /// <returns>A description such as <c>AddImGroup for alice@contoso.com</c>.</returns>
    public override string ToString()
    {
        string?[] conditions =
        [
            Operation ?? "any request",
            Mailbox is null ? null : $"for {Mailbox}",
            Contains is null ? null : $"with '{Contains}' in its body",
            ResponseCode is null ? null : $"with response code {ResponseCode}",
            Status is null ? null : $"with HTTP status {Status}",
            IsEarly switch { null => null, true => "before the end of the back-off", false => "outside a back-off" },
            AfterId is null ? null : $"after #{AfterId}",
            Where is null ? null : $"where {WhereText}",
        ];
        return string.Join(' ', conditions.OfType<string>());
    }

    /// <summary>Returns the differences between a request and this pattern; empty if the request matches.</summary>
    internal List<string> DifferencesOf(JournalEntry request)
    {
        var differences = new List<string>();
        Compare("operation", Operation, request.Operation, StringComparison.Ordinal);
        Compare("mailbox", Mailbox, request.Mailbox, StringComparison.OrdinalIgnoreCase);
        Compare("response code", ResponseCode, request.ResponseCode, StringComparison.Ordinal);
        if (Status is { } status && request.Status != status)
            differences.Add($"HTTP status {request.Status?.ToString(CultureInfo.InvariantCulture) ?? "none"} instead of {status}");
        if (Contains is { } text && !request.RequestBody.Contains(text, StringComparison.Ordinal))
            differences.Add($"body without '{text}'");
        if (IsEarly is { } early && request.EarlyByMilliseconds is not null != early)
            differences.Add(early ? "not before the end of a back-off" : "before the end of a back-off");
        if (AfterId is { } id && request.Id <= id)
            differences.Add($"not after #{id}");
        if (differences.Count == 0 && Where is { } where && !where(request))
            differences.Add($"not where {WhereText}");
        return differences;

        void Compare(string what, string? expected, string? actual, StringComparison comparison)
        {
            if (expected is not null && !string.Equals(expected, actual, comparison))
                differences.Add($"{what} {actual ?? "none"} instead of {expected}");
        }
    }
}
