using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Ews.ImService.Configuration;

namespace Ews.ImService.Commands.Clock;

/// <summary>Durations such as <c>1h30m</c>, <c>-90s</c> or, in ISO 8601, <c>PT1H30M</c>.</summary>
internal static partial class Duration
{
    private static readonly (string Unit, long Milliseconds)[] Units =
        [("d", 24 * 60 * 60 * 1000), ("h", 60 * 60 * 1000), ("m", 60 * 1000), ("s", 1000), ("ms", 1)];

    /// <summary>Parses a duration.</summary>
    /// <returns>The number of milliseconds.</returns>
    public static Parsed<long> Parse(string text)
    {
        var match = Short().Match(text) is { Success: true } found ? found : Iso().Match(text);
        var milliseconds = 0m;
        foreach (var (unit, factor) in Units)
        {
            if (match.Groups[unit] is { Success: true } part)
                milliseconds += decimal.Parse(part.Value, CultureInfo.InvariantCulture) * factor;
        }

        if (!match.Success || milliseconds != decimal.Truncate(milliseconds))
            return new Violation("a duration in milliseconds or more, such as 90s, 1h30m, -1d or PT1H30M");
        return (long)(match.Groups["sign"].Length > 0 ? -milliseconds : milliseconds);
    }

    /// <summary>Returns the short form of a positive number of milliseconds.</summary>
    public static string Format(long milliseconds)
    {
        var text = new StringBuilder();
        foreach (var (unit, factor) in Units)
        {
            var (count, rest) = Math.DivRem(milliseconds, factor);
            if (count > 0)
                text.Append(CultureInfo.InvariantCulture, $"{count}{unit}");
            milliseconds = rest;
        }

        return text.ToString();
    }

    [GeneratedRegex(
        @"^(?<sign>-)?(?=\d)((?<d>\d{1,9})d)?((?<h>\d{1,9})h)?((?<m>\d{1,9})m(?!s))?((?<s>\d{1,9}(\.\d{1,9})?)s)?((?<ms>\d{1,15})ms)?$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Short();

    [GeneratedRegex(
        @"^(?<sign>-)?P(?=\d|T\d)((?<d>\d{1,9})D)?(T(?=\d)((?<h>\d{1,9})H)?((?<m>\d{1,9})M)?((?<s>\d{1,9}(\.\d{1,9})?)S)?)?$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Iso();
}
