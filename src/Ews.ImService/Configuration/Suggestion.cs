namespace Ews.ImService.Configuration;

/// <summary>Finds the name that a user may have meant.</summary>
internal static class Suggestion
{
    /// <summary>Finds the candidate with the smallest edit distance, without regard to case.</summary>
    /// <returns>The candidate; <c>null</c> if none is similar.</returns>
    public static string? Closest(string given, IEnumerable<string> candidates)
    {
        var (closest, distance) = candidates
            .Select(candidate => (Name: candidate, Distance: EditDistance(given.ToUpperInvariant(), candidate.ToUpperInvariant())))
            .DefaultIfEmpty((Name: "", Distance: int.MaxValue))
            .MinBy(candidate => candidate.Distance);
        return distance <= Math.Max(1, given.TrimStart('-').Length / 3) ? closest : null;
    }

    /// <summary>Returns a sentence that asks whether a name was meant, with a space before it; empty if no name is similar.</summary>
    public static string Ask(string? name) => name is null ? "" : $" Did you mean '{name}'?";

    /// <summary>Returns the number of characters to insert, delete, replace, or exchange with their neighbor.</summary>
    private static int EditDistance(string from, string to)
    {
        var distances = new int[from.Length + 1, to.Length + 1];
        for (var i = 0; i <= from.Length; i++)
        {
            for (var j = 0; j <= to.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    distances[i, j] = i + j;
                    continue;
                }

                var replaced = distances[i - 1, j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
                distances[i, j] = Math.Min(replaced, Math.Min(distances[i - 1, j], distances[i, j - 1]) + 1);
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
                    distances[i, j] = Math.Min(distances[i, j], distances[i - 2, j - 2] + 1);
            }
        }

        return distances[from.Length, to.Length];
    }
}
