using System.Collections.Immutable;
using System.Xml.Linq;

namespace Ews.ImService.Protocol.Xml;

/// <summary>What contacts can say, for whoever does not come by CreateItem or UpdateItem.</summary>
public static class ContactPropertyRules
{
    private const int MostEntryValues = 4;

    /// <summary>Reads a property.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="values">Its values; none takes it away.</param>
    /// <returns>The values as they are kept, and what is wrong with them, in a few words; null where nothing is.</returns>
    public static (ImmutableArray<string> Values, string? Problem) Read(string path, ImmutableArray<string> values)
    {
        if (ItemFields.IsEntry(path))
            return (values, values.Length <= MostEntryValues ? null : "has too many values");
        return ItemFields.At(path) switch
        {
            TextsField => (values, null),
            BodyField => (values, values is [] or [_, "Text" or "HTML"] ? null : "has to be two texts, the second of which is Text or HTML"),
            TextField when values.Length > 1 => (values, "has to be one text"),
            TextField field => ReadText(field, values),
            _ => (values, "is no property of contacts that can be set"),
        };
    }

    private static (ImmutableArray<string> Values, string? Problem) ReadText(TextField field, ImmutableArray<string> values)
    {
        if (values.IsEmpty)
            return (values, null);
        var read = field.Read(new XElement("value", values[0]));
        return read.Succeeded ? (read.Value.Single().Values, null) : (values, $"cannot be '{values[0]}'");
    }
}
