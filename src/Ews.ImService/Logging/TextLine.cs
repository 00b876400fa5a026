using System.Globalization;
using System.Text;

namespace Ews.ImService.Logging;

/// <summary>Formats log events as text lines: time in UTC, level and message.</summary>
/// <remarks>
/// The format is that of Serilog with the template of <see cref="SerilogLog"/>, for messages whose properties are texts and numbers
/// without a format. Other messages are left to Serilog.
/// </remarks>
internal static class TextLine
{
    /// <summary>The key of the message template among the properties of an event.</summary>
    public const string OriginalFormat = "{OriginalFormat}";

    private const string LiteralFormat = ":l";
    private const int MaxKeptCapacity = 4096;

    private static readonly string[] Levels = ["VRB", "DBG", "INF", "WRN", "ERR", "FTL"];

    [ThreadStatic]
    private static StringBuilder? _builder;

    /// <summary>Returns the line of an event, which ends with a line break; <c>null</c> if it cannot be represented.</summary>
    /// <param name="level">The level.</param>
    /// <param name="state">The properties; the last one is the message template.</param>
    public static string? TryFormat(LogLevel level, object? state)
    {
        if (state is not IReadOnlyList<KeyValuePair<string, object?>> { Count: > 0 } properties
            || properties[^1] is not { Key: OriginalFormat, Value: string template })
        {
            return null;
        }

        var line = _builder ??= new StringBuilder();
        line.Clear();
        line.Append(CultureInfo.InvariantCulture, $"{DateTime.UtcNow:HH:mm:ss.fff} {Levels[(int)level]} ");
        if (!TryAppend(line, template, properties))
            return null;
        var text = line.AppendLine().ToString();
        if (line.Capacity > MaxKeptCapacity)
            _builder = null;
        return text;
    }

    private static bool TryAppend(StringBuilder line, string template, IReadOnlyList<KeyValuePair<string, object?>> properties)
    {
        var rest = template.AsSpan();
        for (var index = 0; ; index++)
        {
            var start = rest.IndexOfAny('{', '}');
            if (start < 0)
            {
                line.Append(rest);
                return true;
            }

            // Each property is used once, in the order of the template; anything else, such as escaped braces, is left to Serilog.
            var end = rest.IndexOf('}');
            if (end < start || index >= properties.Count - 1)
                return false;
            var (name, value) = properties[index];
            var hole = rest[(start + 1)..end];
            if (!(hole.SequenceEqual(name) || (hole.StartsWith(name) && hole[name.Length..].SequenceEqual(LiteralFormat))))
                return false;
            line.Append(rest[..start]);
            if (!TryAppend(line, value))
                return false;
            rest = rest[(end + 1)..];
        }
    }

    private static bool TryAppend(StringBuilder line, object? value)
    {
        switch (value)
        {
            case string text:
                line.Append(LogValue.Escape(text));
                return true;
            case int number:
                line.Append(CultureInfo.InvariantCulture, $"{number}");
                return true;
            case double number when double.IsFinite(number):
                line.Append(CultureInfo.InvariantCulture, $"{number:R}");
                return true;
            default:
                return false;
        }
    }
}
