using System.Globalization;
using System.Text;

namespace Ews.ImService.Testing;

/// <summary>Creates the message of a verification that failed.</summary>
internal static class VerificationMessage
{
    private const int MaxShownRequests = 5;

    /// <summary>Creates a message that states the expected and the received requests.</summary>
    /// <param name="pattern">The pattern of the expected requests.</param>
    /// <param name="times">The expected number of requests; <c>null</c> for at least one.</param>
    /// <param name="matches">The requests that match the pattern.</param>
    /// <param name="journal">The requests of the journal.</param>
    public static string Create(RequestPattern pattern, int? times, IReadOnlyList<JournalEntry> matches, JournalPage journal)
    {
        var requests = journal.Entries;
        var expected = times switch
        {
            null => "at least 1 request",
            0 => "no request",
            1 => "exactly 1 request",
            _ => string.Create(CultureInfo.InvariantCulture, $"exactly {times} requests"),
        };
        var evicted = pattern.CanMatchEvicted(journal)
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"The requests up to #{journal.EvictedThroughId} were evicted and may match. ")
                + "Set Control:JournalEntries and Control:JournalBytes to greater values."
            : null;
        if (evicted is not null && matches.Count == times)
            return $"Expected {pattern.Describe(expected)}, but the journal is incomplete. {evicted}";
        var message = new StringBuilder($"Expected {pattern.Describe(expected)}, but {Found(matches.Count, requests.Count)}");
        message.Append(matches.Count == 0 ? '.' : ':');
        foreach (var request in matches.Take(MaxShownRequests))
            message.AppendLine().Append("  ").Append(request);
        if (matches.Count > MaxShownRequests)
            message.AppendLine().Append(CultureInfo.InvariantCulture, $"  and {matches.Count - MaxShownRequests} more");
        if (times is null || matches.Count < times)
            AppendClosest(message, pattern, requests.Except(matches));
        if (evicted is not null)
            message.AppendLine().Append(evicted);
        return message.ToString();
    }

    private static string Found(int matches, int requests) => (matches, requests) switch
    {
        (_, 0) => "the journal is empty",
        (0, 1) => "the only request in the journal does not match",
        (0, _) => string.Create(CultureInfo.InvariantCulture, $"none of the {requests} requests in the journal matches"),
        (1, 1) => "the only request in the journal matches",
        (1, _) => string.Create(CultureInfo.InvariantCulture, $"1 of the {requests} requests in the journal matches"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{matches} of the {requests} requests in the journal match"),
    };

    private static void AppendClosest(StringBuilder message, RequestPattern pattern, IEnumerable<JournalEntry> others)
    {
        var closest = others.Select(request => (Request: request, Differences: pattern.DifferencesOf(request)))
            .OrderBy(other => other.Differences.Count)
            .ThenByDescending(other => other.Request.Id)
            .Take(MaxShownRequests)
            .ToList();
        if (closest.Count > 0)
            message.AppendLine().Append(closest.Count == 1 ? "The closest request is:" : "The closest requests are:");
        foreach (var (request, differences) in closest)
        {
            message.AppendLine().Append("  ").Append(request).Append(". ");
            message.AppendJoin(' ', differences.Count == 0 ? ["Its response is not complete yet."] : differences);
        }
    }
}
