using System.Globalization;
using System.Text.Json;
using Ews.ImService.Control.Contract;

namespace Ews.ImService.Commands.Faults;

/// <summary>Describes fault rules by the arguments of <c>faults add</c>.</summary>
internal static class FaultText
{
    private static readonly HashSet<string> OtherProperties = ["id", "kind", "matched", "triggered"];

    /// <summary>Returns one line per rule.</summary>
    public static IEnumerable<string> Lines(FaultRuleList list) => TextTable.Lines(
        ["ID", "MATCHED", "TRIGGERED", "RULE"],
        [.. list.Faults.Select(rule => new[]
        {
            rule.Id!,
            (rule.Matched ?? 0).ToString(CultureInfo.InvariantCulture),
            (rule.Triggered ?? 0).ToString(CultureInfo.InvariantCulture),
            Arguments(rule),
        })]);

    private static string Arguments(FaultRule rule)
    {
        var json = JsonSerializer.SerializeToElement(rule, ContractJson.Default.FaultRule);
        var options = json.EnumerateObject()
            .Where(property => !OtherProperties.Contains(property.Name))
            .SelectMany(property => Values(property).Select(value => $" {FaultOptions.NameOf(property.Name)} {Quote(value)}"));
        return json.GetProperty("kind").GetString() + string.Concat(options);
    }

    private static IEnumerable<string> Values(JsonProperty property) => property.Value.ValueKind == JsonValueKind.Object
        ? property.Value.EnumerateObject().SelectMany(header => Items(header.Value).Select(value => $"{header.Name}: {value}"))
        : [property.Value.ToString()];

    private static IEnumerable<string> Items(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().Select(item => item.ToString()) : [value.ToString()];

    private static string Quote(string value) => value.Length > 0 && value.All(c => char.IsLetterOrDigit(c) || "-_.@/".Contains(c))
        ? value
        : $"'{value.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
