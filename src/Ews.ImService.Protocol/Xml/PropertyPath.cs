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
    /// <summary>The path of PidTagDisplayName.</summary>
    public const string DisplayName = ContactPath.ExtendedPrefix + "0x3001:String";

    /// <summary>[MS-OXPROPS] 1.3.2.</summary>
    private static readonly Dictionary<string, string> DistinguishedSets = new(StringComparer.Ordinal)
    {
        ["Meeting"] = "6ed8da90-450b-101b-98da-00aa003f1305",
        ["Appointment"] = "00062002-0000-0000-c000-000000000046",
        ["Common"] = "00062008-0000-0000-c000-000000000046",
        ["PublicStrings"] = "00020329-0000-0000-c000-000000000046",
        ["Address"] = "00062004-0000-0000-c000-000000000046",
        ["InternetHeaders"] = "00020386-0000-0000-c000-000000000046",
        ["CalendarAssistant"] = "11000e07-b51b-40d6-af21-caa85edab1d0",
        ["UnifiedMessaging"] = "4442858e-a9e3-4e80-b900-317a210cc15b",
        ["Task"] = "00062003-0000-0000-c000-000000000046",
        ["Sharing"] = "00062040-0000-0000-c000-000000000046",
    };

    /// <summary>Reads a path.</summary>
    /// <returns>The path, or ErrorInvalidExtendedProperty for an invalid combination of attributes.</returns>
    public static EwsResult<string> Read(XElement path) => path.Name.LocalName switch
    {
        "FieldURI" => path.Attribute("FieldURI")!.Value,
        "IndexedFieldURI" => path.Attribute("FieldURI")!.Value + ":" + path.Attribute("FieldIndex")!.Value,
        _ => ReadExtended(path),
    };

    /// <summary>Determines whether a path is that of an extended property.</summary>
    public static bool IsExtended(string path) => path.StartsWith(ContactPath.ExtendedPrefix, StringComparison.Ordinal);

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
        if (ReadTag(field) is { } tag)
            return string.Create(CultureInfo.InvariantCulture, $"{ContactPath.ExtendedPrefix}0x{tag:x4}:{type}");
        var named = field.Attribute("DistinguishedPropertySetId")?.Value;
        var set = named is null ? field.Attribute("PropertySetId")!.Value.Trim() : DistinguishedSets.GetValueOrDefault(named, named);
        var name = field.Attribute("PropertyName") is { } text
            ? "name:" + text.Value
            : "id:" + XmlConvert.ToInt32(field.Attribute("PropertyId")!.Value.Trim());
        return $"{ContactPath.ExtendedPrefix}{set.ToUpperInvariant()}:{name}:{type}";
    }
}
