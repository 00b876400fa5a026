using System.Globalization;
using System.Xml.Linq;
using Ews.ImService.Mailbox;

namespace Ews.ImService.Protocol.Xml;

/// <summary>Reads <c>t:FieldURI</c>, <c>t:IndexedFieldURI</c> and <c>t:ExtendedFieldURI</c> as paths of <see cref="ContactProperties"/>.</summary>
internal static class PropertyPath
{
    private const string ExtendedPrefix = "extended:";

    /// <summary>Reads a path.</summary>
    /// <returns>The path, or ErrorInvalidExtendedProperty for attributes that do not go together.</returns>
    public static EwsResult<string> Read(XElement path) => path.Name.LocalName switch
    {
        "FieldURI" => path.Attribute("FieldURI")!.Value,
        "IndexedFieldURI" => path.Attribute("FieldURI")!.Value + ":" + path.Attribute("FieldIndex")!.Value,
        _ => ReadExtended(path),
    };

    /// <summary>Whether a path is an extended property's.</summary>
    public static bool IsExtended(string path) => path.StartsWith(ExtendedPrefix, StringComparison.Ordinal);

    /// <summary>A property tag as a number, from either of its two notations; null where it is neither.</summary>
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

    /// <summary>Either a tag alone, or one kind of set with one kind of name in it. Learn: "ExtendedFieldURI".</summary>
    public static bool HasLegalAttributes(XElement field)
    {
        var set = Has("DistinguishedPropertySetId") ^ Has("PropertySetId");
        var name = Has("PropertyName") ^ Has("PropertyId");
        var anySetOrName = Has("DistinguishedPropertySetId") || Has("PropertySetId") || Has("PropertyName") || Has("PropertyId");
        return Has("PropertyTag") ? !anySetOrName : set && name;

        bool Has(string attribute) => field.Attribute(attribute) is not null;
    }

    private static EwsResult<string> ReadExtended(XElement field)
    {
        if (!HasLegalAttributes(field))
            return EwsError.InvalidExtendedProperty;
        var type = field.Attribute("PropertyType")!.Value;
        if (ReadTag(field) is { } tag)
            return string.Create(CultureInfo.InvariantCulture, $"{ExtendedPrefix}0x{tag:x4}:{type}");
        var set = (field.Attribute("DistinguishedPropertySetId") ?? field.Attribute("PropertySetId"))!.Value;
        var name = (field.Attribute("PropertyName") ?? field.Attribute("PropertyId"))!.Value;
        return $"{ExtendedPrefix}{set.ToUpperInvariant()}:{name}:{type}";
    }
}
