using System.Xml.Linq;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Schema;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.Items;

/// <summary>Reads the elements of a <c>t:ContactItemType</c> as changes of properties.</summary>
/// <remarks>
/// Learn: "Contact", "Item", whose descriptions name the read-only elements. No public page lists the errors of all of them.
/// </remarks>
internal static class ItemReader
{
    private const string StoreEntryId = "StoreEntryId";
    private const string ContactSource = "ContactSource";
    private const string IsAssociated = "IsAssociated";
    private const string MimeContent = "MimeContent";

    /// <summary>
    /// Reads all elements. Extended properties follow the others, so that the extended name prevails if a property has two names.
    /// </summary>
    /// <param name="item">The contact.</param>
    /// <param name="isNew"><c>true</c> for a new contact; <c>false</c> for a change of an existing one.</param>
    /// <returns>
    /// The changes, or ErrorInvalidPropertySet for a read-only element, ErrorInvalidPropertyRequest, ErrorUnsupportedMimeConversion, an
    /// error
    /// of an invalid value, of an extended property, or of <see cref="ContactLimits"/>.
    /// </returns>
    public static EwsResult<List<PropertyChange>> Read(XElement item, bool isNew)
    {
        var changes = new List<PropertyChange>();
        var extended = new List<PropertyChange>();
        foreach (var element in item.Elements())
        {
            var isExtended = IsExtended(element);
            var read = isExtended ? ReadExtended(element) : ReadElement(element, isNew);
            if (!read.Succeeded)
                return read.Error;
            (isExtended ? extended : changes).AddRange(read.Value);
        }

        changes.AddRange(extended);
        Func<string, EwsError> tooLong = isNew ? EwsError.ItemSavePropertyError : EwsError.PropertyUpdate;
        var errors = changes.Select(change => ContactLimits.Check(change.Path, change.Values, tooLong));
        return errors.FirstOrDefault(error => error is not null) is { } first ? first : changes;
    }

    /// <summary>Returns the path of the property that an element names; <c>null</c> if it has none, or not a valid one.</summary>
    public static string? PathOf(XElement element)
    {
        if (IsExtended(element))
            return PropertyPath.Read(element.Elements().First()).Value;
        var name = element.Name.LocalName;
        if (ItemFields.Named(name) is { } field)
            return field.Path;
        string[] paths = ["item:" + name, "contacts:" + name];
        return Array.Find(paths, EwsSchema.ChoicesOf("UnindexedFieldURIType").Contains);
    }

    /// <summary>Returns the error of the deletion of a property at a path that contacts have no deletable property at.</summary>
    /// <returns>The error, or <c>null</c> if the deletion has no effect.</returns>
    public static EwsError? ErrorOfDeletion(string path) => path switch
    {
        "item:" + StoreEntryId => null,
        "item:" + MimeContent => EwsError.UnsupportedMimeConversion,
        "contacts:Notes" or "contacts:Photo" => EwsError.InvalidPropertyRequest(path),
        _ => path.StartsWith("item:", StringComparison.Ordinal) || path.StartsWith("contacts:", StringComparison.Ordinal)
            ? EwsError.InvalidPropertyDelete(path)
            : EwsError.InvalidPropertyRequest(path),
    };

    private static bool IsExtended(XElement element) => element.Name.LocalName == ExtendedPropertyXml.Element;

    private static EwsResult<List<PropertyChange>> ReadElement(XElement element, bool isNew)
    {
        switch (element.Name.LocalName)
        {
            case StoreEntryId or ContactSource: // Exchange ignores them.
            case IsAssociated when isNew && element.Value is "false" or "0":
                return new List<PropertyChange>();
            case MimeContent:
                return EwsError.UnsupportedMimeConversion;
            case "Notes" or "Photo": // Properties of the directory.
                return EwsError.InvalidPropertyRequest(PathOf(element)!);
            default:
                return ItemFields.Named(element.Name.LocalName) is { } field
                    ? field.Read(element)
                    : EwsError.InvalidPropertySet(PathOf(element));
        }
    }

    private static EwsResult<List<PropertyChange>> ReadExtended(XElement property)
    {
        if (PropertyPath.Read(property.Elements().First()) is { Succeeded: true } path && MapiProperty.HasOtherType(path.Value))
            return EwsError.InvalidExtendedProperty;
        return ExtendedPropertyXml.Read(property)
            .Then(change => MapiProperty.Find(change.Path) is { } mapped ? mapped.Set(change.Values) : change)
            .Select(change => new List<PropertyChange> { change });
    }
}
