using static System.FormattableString;

namespace Ews.ImService.Replaying;

/// <summary>Formats the result of a replay for people.</summary>
internal static class ReplayReportText
{
    /// <summary>Returns the lines of the differences, and of a summary.</summary>
    public static IEnumerable<string> Format(ReplayReport report)
    {
        foreach (var exchange in report.Compared.Where(exchange => exchange.Differences.Count > 0))
        {
            var mailbox = exchange.Mailbox is null ? "" : $" for {exchange.Mailbox}";
            yield return Invariant(
                $"#{exchange.Id} {exchange.Operation ?? "request"}{mailbox}: {Count(exchange.Differences.Count, "difference")}");
            foreach (var difference in exchange.Differences)
                yield return $"  {difference}";
            foreach (var id in exchange.UnknownIds)
                yield return $"  The request contains an id that no earlier response contains: {id}";
        }

        yield return Invariant(
            $"{Count(report.Compared.Count, "response")} compared: {report.EqualCount} equal, {report.DifferentCount} different.");
        foreach (var reason in report.Skipped.GroupBy(skipped => (skipped.IsSent, skipped.Reason)))
        {
            var effect = reason.Key.IsSent ? "not compared" : "not sent";
            var ids = string.Join(", ", reason.Select(skipped => Invariant($"#{skipped.Id}")));
            yield return Invariant($"{Count(reason.Count(), "request")} {effect} ({reason.Key.Reason}): {ids}.");
        }
    }

    private static string Count(int count, string noun) => Invariant($"{count} {noun}{(count == 1 ? "" : "s")}");
}
