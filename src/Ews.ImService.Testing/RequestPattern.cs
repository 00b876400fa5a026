using System.Globalization;

namespace Ews.ImService.Testing;

/// <summary>Describes requests in the journal. A property that is <see langword="null"/> matches every request.</summary>
public sealed record RequestPattern
{
    /// <summary>Gets the EWS operation, such as <c>AddImGroup</c>.</summary>
    public string? Operation { get; init; }

    /// <summary>Gets the primary SMTP address of the mailbox; case-insensitive.</summary>
    public string? Mailbox { get; init; }

    /// <summary>Gets a text that the request body contains; case-insensitive.</summary>
    public string? Contains { get; init; }

    /// <summary>Gets the EWS response code, such as <c>NoError</c>; case-insensitive.</summary>
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
    internal string WhereText { get; init; } = nameof(Where);

    /// <summary>Returns a description of the pattern for messages.</summary>
    /// <returns>A description such as <c>request for the operation AddImGroup to the mailbox alice@contoso.com</c>.</returns>
    public override string ToString() => Describe("request");

    /// <summary>Returns a noun, such as "2 requests", followed by the conditions of the pattern.</summary>
    internal string Describe(string noun)
    {
        var descriptions = Conditions().Select(condition => condition.Description).Prepend(noun);
        return string.Join(' ', Where is null ? descriptions : descriptions.Append($"with the condition {WhereText}"));
    }

    /// <summary>
    /// Returns the differences between a request and this pattern, one sentence each; empty if the request matches.
    /// </summary>
    internal List<string> DifferencesOf(JournalEntry request)
    {
        var differences = Conditions().Select(condition => condition.FindDifference(request)).OfType<string>().ToList();
        if (differences.Count == 0 && Where is { } where && !where(request))
            differences.Add($"The condition {WhereText} is not met.");
        return differences;
    }

    /// <summary>Determines whether a request that the journal evicted can match.</summary>
    internal bool CanMatchEvicted(JournalPage journal) => journal.EvictedThroughId > (AfterId ?? 0);

    private static Condition Equal(
        string preposition, string name, string expected, Func<JournalEntry, string?> read, StringComparison comparison) => new(
        $"{preposition} the {name} {expected}",
        request => string.Equals(read(request), expected, comparison) ? null
            : read(request) is { } actual ? $"The {name} is {actual} instead of {expected}."
            : $"It has no {name}; {expected} is expected.");

    /// <summary>Returns the conditions of the pattern, except <see cref="Where"/>.</summary>
    private IEnumerable<Condition> Conditions()
    {
        const StringComparison IgnoreCase = StringComparison.OrdinalIgnoreCase;
        if (Operation is { } operation)
            yield return Equal("for", "operation", operation, request => request.Operation, StringComparison.Ordinal);
        if (Mailbox is { } mailbox)
            yield return Equal("to", "mailbox", mailbox, request => request.Mailbox, IgnoreCase);
        if (Contains is { } text)
        {
            yield return new Condition(
                $"with the text '{text}' in the body",
                request => request.RequestBody.Contains(text, IgnoreCase) ? null : $"The body does not contain '{text}'.");
        }

        if (ResponseCode is { } code)
            yield return Equal("with", "response code", code, request => request.ResponseCode, IgnoreCase);
        if (Status is { } status)
        {
            var expected = status.ToString(CultureInfo.InvariantCulture);
            yield return Equal(
                "with", "HTTP status", expected, request => request.Status?.ToString(CultureInfo.InvariantCulture), IgnoreCase);
        }

        if (IsEarly is { } early)
        {
            yield return new Condition(
                early ? "before the end of a back-off" : "outside a back-off",
                request => request.EarlyByMilliseconds is not null == early ? null
                    : early ? "It did not arrive before the end of a back-off."
                    : "It arrived before the end of a back-off.");
        }

        if (AfterId is { } id)
            yield return new Condition($"after request #{id}", request => request.Id > id ? null : $"It is not after request #{id}.");
    }

    /// <summary>A condition of a pattern.</summary>
    /// <param name="Description">The description for messages, which follows a noun.</param>
    /// <param name="FindDifference">
    /// Returns the difference of a request that does not meet the condition, as a sentence; otherwise, <c>null</c>.
    /// </param>
    private sealed record Condition(string Description, Func<JournalEntry, string?> FindDifference);
}
