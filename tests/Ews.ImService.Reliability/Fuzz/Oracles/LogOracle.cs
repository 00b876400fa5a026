using System.Globalization;

namespace Ews.ImService.Reliability.Fuzz.Oracles;

/// <summary>Checks the log of a service: every line is one event, and none is an error.</summary>
internal static class LogOracle
{
    private const int MaxLineLength = 4096;
    private const int StampLength = 17;

    /// <summary>Returns the number of lines.</summary>
    /// <exception cref="RunException">A line is wrong.</exception>
    public static long Check(string file)
    {
        var count = 0L;
        foreach (var line in File.ReadLines(file))
        {
            if (Problem(line) is { } problem)
                throw new RunException($"Line {count + 1} of the log {problem}: {line[..Math.Min(line.Length, 500)]}");
            count++;
        }

        return count;
    }

    private static string? Problem(string line)
    {
        if (line.Length < StampLength
            || !TimeOnly.TryParseExact(line.AsSpan(0, 12), "HH:mm:ss.fff", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
            return "is not an event";
        if (line.AsSpan(13, 3) is "ERR" or "FTL")
            return "is an error";
        if (line.Length > MaxLineLength)
            return "is too long";
        return line.Any(char.IsControl) ? "contains a control character" : null;
    }
}
