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
        var descriptions = Conditions().Select(condition => condition.Description);
        return string.Join(' ', Where is null ? descriptions : descriptions.Append($"where {WhereText}"));
    }

    /// <summary>Returns the differences between a request and this pattern; empty if the request matches.</summary>
    internal List<string> DifferencesOf(JournalEntry request)
    {
        var differences = Conditions().Select(condition => condition.FindDifference(request)).OfType<string>().ToList();
        if (differences.Count == 0 && Where is { } where && !where(request))
            differences.Add($"not where {WhereText}");
        return differences;
    }

    private static Condition Equal(string description, string name, string expected, Func<JournalEntry, string?> read) => new(
        description,
        request => read(request) == expected ? null : $"{name} {read(request) ?? "none"} instead of {expected}");

    /// <summary>Returns the conditions of the pattern, except <see cref="Where"/>.</summary>
    private IEnumerable<Condition> Conditions()
    {
        yield return Operation is null
            ? new Condition("any request", _ => null)
            : Equal(Operation, "operation", Operation, request => request.Operation);
        if (Mailbox is { } mailbox)
        {
            yield return new Condition(
                $"for {mailbox}",
                request => mailbox.Equals(request.Mailbox, StringComparison.OrdinalIgnoreCase)
                    ? null
                    : $"mailbox {request.Mailbox ?? "none"} instead of {mailbox}");
        }

        if (Contains is { } text)
        {
            yield return new Condition(
                $"with '{text}' in its body",
                request => request.RequestBody.Contains(text, StringComparison.Ordinal) ? null : $"body without '{text}'");
        }

        if (ResponseCode is { } code)
            yield return Equal($"with response code {code}", "response code", code, request => request.ResponseCode);
        if (Status is { } status)
        {
            var expected = status.ToString(CultureInfo.InvariantCulture);
            yield return Equal(
                $"with HTTP status {expected}",
                "HTTP status",
                expected,
                request => request.Status?.ToString(CultureInfo.InvariantCulture));
        }

        if (IsEarly is { } early)
        {
            yield return new Condition(
                early ? "before the end of the back-off" : "outside a back-off",
                request => request.EarlyByMilliseconds is not null == early ? null
                    : early ? "not before the end of a back-off"
                    : "before the end of a back-off");
        }

        if (AfterId is { } id)
            yield return new Condition($"after #{id}", request => request.Id > id ? null : $"not after #{id}");
    }

    /// <summary>A condition of a pattern.</summary>
    /// <param name="Description">The description for messages.</param>
    /// <param name="FindDifference">Returns the difference of a request that does not meet the condition; otherwise, <c>null</c>.</param>
    private sealed record Condition(string Description, Func<JournalEntry, string?> FindDifference);
}
