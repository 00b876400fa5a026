using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Ews.ImService.Mailbox;

namespace Ews.ImService.Protocol.Xml;

/// <summary>
/// Reads <c>t:FieldURI</c>, <c>t:IndexedFieldURI</c> and <c>t:ExtendedFieldURI</c> as paths of <see
/// cref="ContactProperties"/>.
/// </summary>
internal static class PropertyPath
{
    /// <summary>The first tag of the range of named properties, whose tags differ in every mailbox.</summary>
    private const int FirstNamedTag = 0x8000;

    /// <summary>The last tag of the range of named properties.</summary>
    private const int LastNamedTag = 0xFFFE;

    /// <summary>Reads a path.</summary>
    /// <returns>
    /// The path, or ErrorInvalidExtendedProperty for an invalid combination of attributes, ErrorNoPropertyTagForCustomProperties or
    /// ErrorUnsupportedMapiPropertyType.
    /// </returns>
    public static EwsResult<string> Read(XElement path) => path.Name.LocalName switch
    {
        "FieldURI" => path.Attribute("FieldURI")!.Value,
        "IndexedFieldURI" => path.Attribute("FieldURI")!.Value + ":" + path.Attribute("FieldIndex")!.Value,
        _ => ReadExtended(path),
    };

    /// <summary>Writes a path as <c>t:FieldURI</c>, <c>t:IndexedFieldURI</c> or <c>t:ExtendedFieldURI</c>.</summary>
    public static void Write(EwsXmlWriter xml, string path)
    {
        if (IsExtended(path))
        {
            WriteElement(xml, "ExtendedFieldURI", ExtendedAttributes(path));
            return;
        }

        var hasPart = path.StartsWith("contacts:PhysicalAddress:", StringComparison.Ordinal)
            || path.StartsWith("distributionlist:Members:", StringComparison.Ordinal);
        var indexed = hasPart ? 4 : 3;
        var parts = path.Split(':', indexed); // An index can contain colons.
        if (parts.Length == indexed)
            WriteElement(xml, "IndexedFieldURI", [("FieldURI", string.Join(':', parts[..^1])), ("FieldIndex", parts[^1])]);
        else
            WriteElement(xml, "FieldURI", [("FieldURI", path)]);
    }

    /// <summary>Determines whether a path is that of an extended property.</summary>
    public static bool IsExtended(string path) => ContactPath.IsExtended(path);

    /// <summary>Writes a <c>t:ExtendedFieldURI</c> with the attributes of a request. A tag is written in hexadecimal notation.</summary>
    /// <remarks>Learn: "How to: Work with folders by using EWS in Exchange", whose response writes the tag 4340 as 0x10f4.</remarks>
    public static void WriteExtended(EwsXmlWriter xml, XElement field)
    {
        xml.StartType("ExtendedFieldURI");
        foreach (var attribute in field.Attributes().Where(attribute => !attribute.IsNamespaceDeclaration))
        {
            if (attribute.Name == "PropertyTag")
                xml.Attribute("PropertyTag", string.Create(CultureInfo.InvariantCulture, $"0x{ReadTag(field):x}"));
            else if (attribute.Name.Namespace == XNamespace.None)
                xml.Attribute(attribute.Name.LocalName, attribute.Value);
        }

        xml.End();
    }

    /// <summary>Reads a property tag in hexadecimal or decimal notation.</summary>
    /// <returns>The number, or <c>null</c> if the tag is absent or not a number.</returns>
    public static int? ReadTag(XElement field)
    {
        var tag = field.Attribute("PropertyTag")?.Value.Trim();
        if (tag is null)
            return null;
        var isNumber = tag.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            ? int.TryParse(tag.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var number)
            : int.TryParse(tag, NumberStyles.Integer, CultureInfo.InvariantCulture, out number);
        return isNumber ? number : null;
    }

    /// <summary>Determines whether the attributes are a valid combination: only a tag, or one property set with one name or id.</summary>
    /// <remarks>Learn: "ExtendedFieldURI".</remarks>
    public static bool HasValidAttributes(XElement field)
    {
        var set = Has("DistinguishedPropertySetId") ^ Has("PropertySetId");
        var name = Has("PropertyName") ^ Has("PropertyId");
        var anySetOrName = Has("DistinguishedPropertySetId") || Has("PropertySetId") || Has("PropertyName") || Has("PropertyId");
        return Has("PropertyTag") ? !anySetOrName : set && name;

        bool Has(string attribute) => field.Attribute(attribute) is not null;
    }

    private static EwsResult<string> ReadExtended(XElement field)
    {
        if (!HasValidAttributes(field))
            return EwsError.InvalidExtendedProperty;
        var type = field.Attribute("PropertyType")!.Value;
        if (type is "Object" or "ObjectArray" or "Error" or "Null")
            return EwsError.UnsupportedMapiPropertyType;
        if (ReadTag(field) is { } tag)
        {
            return tag is >= FirstNamedTag and <= LastNamedTag
                ? EwsError.NoPropertyTagForCustomProperties
                : ContactPath.Extended(tag, type);
        }

        var named = field.Attribute("DistinguishedPropertySetId")?.Value;
        var set = named is null ? field.Attribute("PropertySetId")!.Value.Trim() : MapiPropertySet.FindDistinguished(named);
        return field.Attribute("PropertyName") is { } name
            ? ContactPath.Extended(set, name.Value, type)
            : ContactPath.Extended(set, XmlConvert.ToInt32(field.Attribute("PropertyId")!.Value.Trim()), type);
    }

    private static IEnumerable<(string Name, string Value)> ExtendedAttributes(string path)
    {
        var type = ("PropertyType", path[(path.LastIndexOf(':') + 1)..]);
        var identifier = path[ContactPath.ExtendedPrefix.Length..path.LastIndexOf(':')];
        return identifier.Split(':', 3) switch
        {
            [var set, "id", var id] => [("PropertySetId", set), ("PropertyId", id), type],
            [var set, _, var name] => [("PropertySetId", set), ("PropertyName", name), type],
            _ => [("PropertyTag", "0x" + identifier[2..].TrimStart('0').PadLeft(1, '0')), type],
        };
    }

    private static void WriteElement(EwsXmlWriter xml, string name, IEnumerable<(string Name, string Value)> attributes)
    {
        xml.StartType(name);
        foreach (var (attribute, value) in attributes)
            xml.Attribute(attribute, value);
        xml.End();
    }
}
