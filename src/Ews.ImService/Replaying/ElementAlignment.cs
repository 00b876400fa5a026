using System.Xml.Linq;

namespace Ews.ImService.Replaying;

/// <summary>Finds the pairs of elements that two lists of siblings have in common.</summary>
internal static class ElementAlignment
{
    /// <summary>The maximum number of comparisons; longer lists are paired in their order.</summary>
    private const int MaxComparisons = 4_000_000;

    /// <summary>Pairs elements: those with equal content first, then the others between them by name. The order is kept.</summary>
    /// <param name="recorded">The recorded elements.</param>
    /// <param name="actual">The elements of the service.</param>
    /// <param name="recordedContent">Returns a text that is the same for recorded elements with equal content.</param>
    /// <param name="actualContent">Returns the same text for an element of the service.</param>
    /// <returns>The pairs; an element without an equivalent is paired with <c>null</c>.</returns>
    public static IEnumerable<(XElement? Recorded, XElement? Actual)> Align(
        IReadOnlyList<XElement> recorded,
        IReadOnlyList<XElement> actual,
        Func<XElement, string> recordedContent,
        Func<XElement, string> actualContent)
    {
        var equal = Common(recorded.Select(recordedContent).ToList(), actual.Select(actualContent).ToList());
        foreach (var gap in Gaps(equal, recorded.Count, actual.Count))
        {
            var (recordedGap, actualGap) = (Slice(recorded, gap.Recorded), Slice(actual, gap.Actual));
            var named = Common(recordedGap.Select(NameOf).ToList(), actualGap.Select(NameOf).ToList());
            foreach (var between in Gaps(named, recordedGap.Count, actualGap.Count))
            {
                foreach (var element in Slice(recordedGap, between.Recorded))
                    yield return (element, null);
                foreach (var element in Slice(actualGap, between.Actual))
                    yield return (null, element);
                if (between.Recorded.End.Value < recordedGap.Count && between.Actual.End.Value < actualGap.Count)
                    yield return (recordedGap[between.Recorded.End], actualGap[between.Actual.End]);
            }

            if (gap.Recorded.End.Value < recorded.Count && gap.Actual.End.Value < actual.Count)
                yield return (recorded[gap.Recorded.End], actual[gap.Actual.End]);
        }
    }

    private static string NameOf(XElement element) => element.Name.ToString();

    private static List<XElement> Slice(IReadOnlyList<XElement> elements, Range range) =>
        elements.Skip(range.Start.Value).Take(range.End.Value - range.Start.Value).ToList();

    /// <summary>Returns the ranges before each pair, and after the last one.</summary>
    private static IEnumerable<(Range Recorded, Range Actual)> Gaps(
        IEnumerable<(int Recorded, int Actual)> pairs, int recordedCount, int actualCount)
    {
        var (recorded, actual) = (0, 0);
        foreach (var pair in pairs)
        {
            yield return (recorded..pair.Recorded, actual..pair.Actual);
            (recorded, actual) = (pair.Recorded + 1, pair.Actual + 1);
        }

        yield return (recorded..recordedCount, actual..actualCount);
    }

    /// <summary>Returns the positions of a longest common subsequence.</summary>
    private static List<(int Recorded, int Actual)> Common(List<string> recorded, List<string> actual)
    {
        var start = 0;
        while (start < recorded.Count && start < actual.Count && recorded[start] == actual[start])
            start++;
        var pairs = Enumerable.Range(0, start).Select(i => (i, i)).ToList();
        var (rows, columns) = (recorded.Count - start, actual.Count - start);
        if ((long)rows * columns > MaxComparisons)
            return pairs;
        var lengths = new int[rows + 1, columns + 1];
        for (var row = rows - 1; row >= 0; row--)
        {
            for (var column = columns - 1; column >= 0; column--)
            {
                lengths[row, column] = recorded[start + row] == actual[start + column]
                    ? lengths[row + 1, column + 1] + 1
                    : Math.Max(lengths[row + 1, column], lengths[row, column + 1]);
            }
        }

        for (var (row, column) = (0, 0); row < rows && column < columns;)
        {
            if (recorded[start + row] == actual[start + column])
                pairs.Add((start + row++, start + column++));
            else if (lengths[row + 1, column] >= lengths[row, column + 1])
                row++;
            else
                column++;
        }

        return pairs;
    }
}
