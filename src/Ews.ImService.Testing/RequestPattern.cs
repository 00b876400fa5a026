namespace Ews.ImService.Testing;

/// <summary>Which requests are meant; what is null does not matter.</summary>
public sealed record RequestPattern
{
    /// <summary>The EWS operation, such as AddImGroup.</summary>
    public string? Operation { get; init; }

    /// <summary>The mailbox's primary address, in any letter case.</summary>
    public string? Mailbox { get; init; }

    /// <summary>A text in the request's body.</summary>
    public string? Contains { get; init; }

    /// <summary>The EWS response code.</summary>
    public string? ResponseCode { get; init; }

    /// <summary>The HTTP status.</summary>
    public int? Status { get; init; }

    /// <summary>Whether it came before the end of a back-off that ErrorServerBusy asked for.</summary>
    public bool? IsEarly { get; init; }

    /// <summary>Only requests with a greater id, such as those that came after one that is known already.</summary>
    public long? After { get; init; }

    /// <summary>Anything else.</summary>
    public Func<ReceivedRequest, bool>? Where { get; init; }

    /// <summary>The words of <see cref="Where"/>.</summary>
    internal string WhereText { get; init; } = "what Where says";

    /// <summary>What a request does not have of what is meant, a few words each; nothing where it is meant.</summary>
    internal List<string> DifferencesOf(ReceivedRequest request)
    {
        var differences = new List<string>();
        Compare("operation", Operation, request.Operation, StringComparison.Ordinal);
        Compare("mailbox", Mailbox, request.Mailbox, StringComparison.OrdinalIgnoreCase);
        Compare("response code", ResponseCode, request.ResponseCode, StringComparison.Ordinal);
        if (Status is { } status && request.Status != status)
            differences.Add($"HTTP status {request.Status?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "none"} instead of {status}");
        if (Contains is { } text && !request.Body.Contains(text, StringComparison.Ordinal))
            differences.Add($"body without '{text}'");
        if (IsEarly is { } early && request.EarlyByMilliseconds is not null != early)
            differences.Add(early ? "not too early" : "too early");
        if (After is { } after && request.Id <= after)
            differences.Add($"not after #{after}");
        if (differences.Count == 0 && Where is { } where && !where(request))
            differences.Add($"not {WhereText}");
        return differences;

        void Compare(string what, string? wanted, string? found, StringComparison comparison)
        {
            if (wanted is not null && !string.Equals(wanted, found, comparison))
                differences.Add($"{what} {found ?? "none"} instead of {wanted}");
        }
    }

    /// <summary>For messages.</summary>
    public override string ToString()
    {
        var parts = new[]
        {
            Mailbox is null ? null : $"for {Mailbox}", Contains is null ? null : $"with '{Contains}' in its body", ResponseCode is null ? null : $"answered with {ResponseCode}",
            Status is null ? null : $"with HTTP {Status}", IsEarly is null ? null : IsEarly.Value ? "too early" : "not too early", After is null ? null : $"after #{After}", Where is null ? null : $"where {WhereText}",
        };
        return string.Join(' ', new[] { Operation ?? "any request" }.Concat(parts.OfType<string>()));
    }
}
