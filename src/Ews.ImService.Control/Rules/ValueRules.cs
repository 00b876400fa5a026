using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace Ews.ImService.Control.Rules;

/// <summary>Describes the rules that the type and the validation attributes of a property or parameter define.</summary>
internal static class ValueRules
{
    public const string Boolean = "must be true or false";
    public const string Guid = "must be a GUID";
    public const string Time = "must be a time such as 2026-11-21T08:30:00Z";

    /// <summary>Returns the rule of a number.</summary>
    public static string Number(Type type, IEnumerable<ValidationAttribute> rules)
    {
        var noun = type == typeof(double) ? "a number" : "an integer";
        return rules.OfType<RangeAttribute>().FirstOrDefault() is { } range
            ? $"must be {noun} from {Text(range.Minimum)} to {Text(range.Maximum)}"
            : $"must be {noun}";
    }

    /// <summary>Returns the rule that a value violates, or <c>null</c> if it violates none.</summary>
    public static string? Violation(Type type, object value, IEnumerable<ValidationAttribute> rules) =>
        rules.FirstOrDefault(rule => !Allows(rule, value)) switch
        {
            null => null,
            RangeAttribute range => Number(type, [range]),
            MinLengthAttribute => "must not be empty",
            Base64StringAttribute => "must be Base64",
            AllowedValuesAttribute allowed => "must be " + OneOf(allowed.Values.Select(one => $"{one}")),
            RuleAttribute named => named.Rule,
            var other => throw new NotSupportedException($"The attribute {other} has no description."),
        };

    /// <summary>Joins values as "a, b or c".</summary>
    public static string OneOf(IEnumerable<string> values)
    {
        var all = values.ToList();
        return all.Count == 1 ? all[0] : $"{string.Join(", ", all.SkipLast(1))} or {all[^1]}";
    }

    /// <summary>Unlike the attributes themselves, compares a <c>long</c> with the range of an <c>int</c>, and names regardless of
    /// case.</summary>
    private static bool Allows(ValidationAttribute rule, object value) => rule switch
    {
        RangeAttribute range => Number(value) >= Number(range.Minimum) && Number(value) <= Number(range.Maximum),
        AllowedValuesAttribute allowed => allowed.Values.OfType<string>().Contains((string)value, StringComparer.OrdinalIgnoreCase),
        _ => rule.IsValid(value),
    };

    private static double Number(object value) => Convert.ToDouble(value, CultureInfo.InvariantCulture);

    private static string Text(object bound) => Number(bound).ToString("0.###", CultureInfo.InvariantCulture);
}
