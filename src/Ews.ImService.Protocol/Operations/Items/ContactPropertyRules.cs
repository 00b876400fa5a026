using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Ews.ImService.Protocol.Schema;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.Items;

/// <summary>What contacts can say, for whoever does not come by CreateItem or UpdateItem.</summary>
public static partial class ContactPropertyRules
{
    /// <summary>Where an e-mail entry has its MailboxType.</summary>
    private const int MailboxType = 3;

    /// <summary>Properties that the schema has words for, and their types.</summary>
    private static readonly Dictionary<string, string> ChoiceTypes = new(StringComparer.Ordinal)
    {
        ["item:Importance"] = "ImportanceChoicesType",
        ["item:Sensitivity"] = "SensitivityChoicesType",
        ["contacts:FileAsMapping"] = "FileAsMappingType",
        ["contacts:PostalAddressIndex"] = "PhysicalAddressIndexType",
    };

    /// <summary>Reads a property.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="values">Its values; none takes it away.</param>
    /// <returns>The values as they are kept, and what is wrong with them, in a few words; null where nothing is.</returns>
    public static (ImmutableArray<string> Values, string? Problem) Read(string path, ImmutableArray<string> values)
    {
        if (values.IsEmpty)
            return (values, IsProperty(path) ? null : "is no property of contacts that can be set");
        if (PropertyPath.IsExtended(path))
            return (values, ProblemOfExtended(path, values));
        if (ItemFields.MostValuesOfEntry(path) is > 0 and var most)
            return (values, ProblemOfEntry(values, most));
        return ItemFields.At(path) switch
        {
            TextsField => (values, null),
            BodyField => (values, values is [_, "Text" or "HTML"] ? null : "has to be two texts, the second of which is Text or HTML"),
            TextField when values.Length > 1 => (values, "has to be one text"),
            TextField when !IsAllowed(path, values[0]) => (values, $"cannot be '{values[0]}'"),
            TextField field => field.Read(new XElement("value", values[0])) is { Succeeded: true } read ? (read.Value.Single().Values, null) : (values, $"cannot be '{values[0]}'"),
            _ => (values, "is no property of contacts that can be set"),
        };
    }

    private static bool IsProperty(string path) => ExtendedPath().IsMatch(path) || ItemFields.IsEntry(path) || ItemFields.At(path) is TextField or TextsField;

    private static bool IsAllowed(string path, string value) => path switch
    {
        "item:ReminderIsSet" => value is "true" or "false",
        "item:ReminderMinutesBeforeStart" => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out _),
        _ => !ChoiceTypes.TryGetValue(path, out var type) || EwsSchema.ChoicesOf(type).Contains(value),
    };

    private static string? ProblemOfEntry(ImmutableArray<string> values, int most)
    {
        if (values.Length > most)
            return "has too many values";
        if (values[0].Length == 0)
            return "cannot be empty; null takes it away";
        var isKnown = values.Length <= MailboxType || values[MailboxType].Length == 0 || EwsSchema.ChoicesOf("MailboxTypeType").Contains(values[MailboxType]);
        return isKnown ? null : $"cannot have the MailboxType '{values[MailboxType]}'";
    }

    private static string? ProblemOfExtended(string path, ImmutableArray<string> values)
    {
        if (ExtendedPath().Match(path) is not { Success: true } match)
            return "is no path of an extended property";
        var type = match.Groups["type"].Value;
        var isArray = type.EndsWith(PropertyPath.Array, StringComparison.Ordinal);
        return (isArray || values.Length == 1) && PropertyPath.IsValueOf(type, isArray, values) ? null : $"cannot be '{string.Join("', '", values)}'";
    }

    [GeneratedRegex(@"^extended:(0x[0-9a-f]{4,8}|[0-9A-F-]{36}:(name:.+|id:-?[0-9]+)):(?<type>[A-Za-z]+)\z", RegexOptions.Singleline)]
    private static partial Regex ExtendedPath();
}
