using System.Collections.Immutable;
using System.Xml.Linq;
using Ews.ImService.Mailbox;

namespace Ews.ImService.Protocol.Xml;

/// <summary>Reads and writes <c>t:ExtendedPropertyType</c>.</summary>
/// <remarks>Learn: "ExtendedProperty (ExtendedPropertyType)".</remarks>
internal static class ExtendedPropertyXml
{
    /// <summary>The name of the element.</summary>
    public const string Element = "ExtendedProperty";

    /// <summary>Reads an extended property with its values in the form in which they are stored.</summary>
    /// <returns>The path and the values, or ErrorInvalidExtendedPropertyValue or an error of the path.</returns>
    public static EwsResult<PropertyChange> Read(XElement property)
    {
        var field = property.Elements().First();
        return PropertyPath.Read(field).Then<PropertyChange>(path =>
        {
            var value = property.Elements().Last();
            var isArray = value.Name.LocalName != "Value";
            var type = field.Attribute("PropertyType")!.Value;
            if (isArray != IsArray(type))
                return EwsError.InvalidExtendedPropertyValue;
            var values = isArray ? value.Elements().Select(one => one.Value).ToImmutableArray() : [value.Value];
            return ContactValueRule.FromPropertyType(type).Normalize(values) is { } normalized
                ? new PropertyChange(path, normalized)
                : EwsError.InvalidExtendedPropertyValue;
        });
    }

    /// <summary>Writes an extended property; nothing if it has no value.</summary>
    /// <param name="xml">The writer of the response.</param>
    /// <param name="field">The <c>t:ExtendedFieldURI</c> of the request.</param>
    /// <param name="values">The values.</param>
    /// <param name="shorten">Shortens a text.</param>
    public static void Write(EwsXmlWriter xml, XElement field, IReadOnlyList<string> values, Func<string, string> shorten)
    {
        if (values.Count == 0)
            return;
        xml.StartType(Element);
        PropertyPath.WriteExtended(xml, field);
        var type = field.Attribute("PropertyType")!.Value;
        if (IsArray(type))
        {
            xml.StartType("Values");
            foreach (var value in values)
                xml.Type("Value", Text(value));
            xml.End();
        }
        else
        {
            xml.Type("Value", Text(values[0]));
        }

        xml.End();

        string Text(string value) => type switch
        {
            "String" or "StringArray" => shorten(value),
            "SystemTime" or "SystemTimeArray" => xml.FormatTime(value),
            _ => value,
        };
    }

    private static bool IsArray(string propertyType) => propertyType.EndsWith(ContactValueRule.ArraySuffix, StringComparison.Ordinal);
}
