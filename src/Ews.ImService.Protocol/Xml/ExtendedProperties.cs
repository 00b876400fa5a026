using System.Xml.Linq;
using Ews.ImService.Mailbox;

namespace Ews.ImService.Protocol.Xml;

/// <summary>The extended properties that a request for groups and personas contains.</summary>
/// <remarks>Learn: "ExtendedFieldURI". Groups and personas have only one extended property; others are ignored.</remarks>
/// <param name="DisplayName"><c>true</c> if the request contains PidTagDisplayName, 0x3001.</param>
internal readonly record struct ExtendedProperties(bool DisplayName)
{
    private const string DisplayNameTag = "0x3001";
    private const int DisplayNameNumber = 0x3001;
    private const string DisplayNameType = "String";

    /// <summary>Reads a list of <c>t:PathToExtendedFieldType</c>.</summary>
    /// <returns>The requested properties, or ErrorInvalidExtendedProperty for an invalid combination of attributes.</returns>
    public static EwsResult<ExtendedProperties> Read(IEnumerable<XElement> fields)
    {
        var displayName = false;
        foreach (var field in fields)
        {
            if (!PropertyPath.HasValidAttributes(field))
                return EwsError.InvalidExtendedProperty;
            displayName |= IsDisplayName(field);
        }

        return new ExtendedProperties(displayName);
    }

    /// <summary>Writes the display name as <c>t:ExtendedPropertyType</c>.</summary>
    public static void WriteDisplayName(EwsXmlWriter xml, string element, string displayName)
    {
        xml.StartType(element);
        xml.StartType("ExtendedFieldURI");
        xml.Attribute("PropertyTag", DisplayNameTag);
        xml.Attribute("PropertyType", DisplayNameType);
        xml.End();
        xml.Type("Value", displayName);
        xml.End();
    }

    private static bool IsDisplayName(XElement field) =>
        PropertyPath.ReadTag(field) == DisplayNameNumber && field.Attribute("PropertyType")!.Value == DisplayNameType;
}
