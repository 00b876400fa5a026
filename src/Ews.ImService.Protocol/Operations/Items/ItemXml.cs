using System.Collections.Immutable;
using System.Xml.Linq;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.Items;

/// <summary>Reads <c>t:ContactItemType</c>; writes it and <c>t:DistributionListType</c>.</summary>
internal static class ItemXml
{
    /// <summary>The name of the element of a contact.</summary>
    public const string Contact = "Contact";

    /// <summary>The name of the element of an extended property.</summary>
    public const string ExtendedProperty = "ExtendedProperty";

    private const string ContactSource = "contacts:ContactSource";

    /// <summary>Writes the requested elements of an item.</summary>
    public static void Write(EwsXmlWriter xml, MailboxItem item, ItemShape shape)
    {
        var (before, after) = ItemFields.Of(item);
        xml.StartType(item.IsDistributionList ? "DistributionList" : Contact);
        ItemIdXml.Write(xml, "ItemId", item.Id, item.ChangeKey);
        WriteFields(before);
        foreach (var (field, path) in shape.ExtendedFields)
            WriteExtended(xml, item, shape, field, path);
        WriteFields(after);
        xml.End();

        void WriteFields(IEnumerable<ItemField> fields)
        {
            foreach (var field in fields)
            {
                if (shape.Includes(field) || field is IEntriesField)
                    field.Write(xml, item, shape);
            }
        }
    }

    /// <summary>Writes the <c>m:Items</c> of a response message.</summary>
    public static void WriteItems(EwsXmlWriter xml, IEnumerable<MailboxItem> items, ItemShape shape)
    {
        xml.StartMessage("Items");
        foreach (var item in items)
            Write(xml, item, shape);
        xml.End();
    }

    /// <summary>Writes an entry of the directory as a contact. It has no item id, and always a source.</summary>
    /// <param name="xml">The writer of the response.</param>
    /// <param name="entry">The properties of the entry.</param>
    /// <param name="shape">The requested elements.</param>
    /// <param name="photo">The photo to write, or <c>null</c> for none.</param>
    public static void WriteDirectoryEntry(EwsXmlWriter xml, MailboxItem entry, ItemShape shape, UserPhoto? photo)
    {
        xml.StartType(Contact);
        foreach (var field in ItemFields.OfDirectoryEntry)
        {
            if (shape.Includes(field) || field.Path == ContactSource)
                field.Write(xml, entry, shape);
        }

        if (photo is not null)
            xml.Type("Photo", Convert.ToBase64String(photo.Data.Span));
        xml.End();
    }

    /// <summary>
    /// Reads the elements of a contact as changes of properties. Extended properties follow the others, so that the extended name prevails
    /// if a property has two names.
    /// </summary>
    /// <returns>
    /// The changes, or ErrorInvalidPropertySet, ErrorInvalidPropertyRequest, ErrorObjectTypeChanged or an error of an extended property.
    /// </returns>
    public static EwsResult<List<PropertyChange>> Read(XElement item)
    {
        var changes = new List<PropertyChange>();
        var extended = new List<PropertyChange>();
        foreach (var element in item.Elements())
        {
            var isExtended = element.Name.LocalName == ExtendedProperty;
            var read = isExtended ? ReadExtended(element)
                : ItemFields.Named(element.Name.LocalName) is { } field ? field.Read(element)
                : EwsError.InvalidPropertyRequest(element.Name.LocalName);
            if (!read.Succeeded)
                return read.Error;
            (isExtended ? extended : changes).AddRange(read.Value);
        }

        return changes.Concat(extended).ToList();
    }

    private static EwsResult<List<PropertyChange>> ReadExtended(XElement property)
    {
        var field = property.Elements().First();
        var path = PropertyPath.Read(field);
        if (!path.Succeeded)
            return path.Error;
        if (MapiProperty.HasOtherType(path.Value))
            return EwsError.InvalidExtendedProperty;
        var value = property.Elements().Last();
        var isArray = value.Name.LocalName != "Value";
        var type = field.Attribute("PropertyType")!.Value;
        if (isArray != type.EndsWith(ContactValueRule.ArraySuffix, StringComparison.Ordinal))
            return EwsError.InvalidExtendedPropertyValue;
        var values = isArray ? value.Elements().Select(one => one.Value).ToImmutableArray() : [value.Value];
        if (ContactValueRule.FromPropertyType(type).Normalize(values) is not { } normalized)
            return EwsError.InvalidExtendedPropertyValue;
        return MapiProperty.Find(path.Value) is { } mapped
            ? mapped.Set(normalized).Select(change => new List<PropertyChange> { change })
            : new List<PropertyChange> { new(path.Value, normalized) };
    }

    private static void WriteExtended(EwsXmlWriter xml, MailboxItem item, ItemShape shape, XElement field, string path)
    {
        var values = ItemFields.ValuesOf(item, path);
        if (values.IsEmpty)
            return;
        xml.StartType(ExtendedProperty);
        PropertyPath.WriteExtended(xml, field);
        var type = field.Attribute("PropertyType")!.Value;
        if (type.EndsWith(ContactValueRule.ArraySuffix, StringComparison.Ordinal))
        {
            xml.StartType("Values");
            foreach (var value in values)
                xml.Type("Value", Shortened(value));
            xml.End();
        }
        else
        {
            xml.Type("Value", Shortened(values[0]));
        }

        xml.End();

        string Shortened(string value) => type is "String" or "StringArray" ? shape.Shorten(value) : value;
    }
}
