using System.Text;
using System.Xml.Linq;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.Items;

/// <summary>Writes <c>t:ContactItemType</c> and <c>t:DistributionListType</c>.</summary>
internal static class ItemXml
{
    /// <summary>The name of the element of a contact.</summary>
    public const string Contact = "Contact";

    /// <summary>The name of the element of a distribution list.</summary>
    public const string DistributionList = "DistributionList";

    private const string ContactSource = "contacts:ContactSource";

    /// <summary>Writes the requested elements of an item.</summary>
    public static void Write(EwsXmlWriter xml, MailboxItem item, ItemShape shape)
    {
        var (before, after) = ItemFields.Of(item);
        xml.StartType(item.IsDistributionList ? DistributionList : Contact);
        if (shape.IncludesMimeContent && !shape.IsOfSearchResults)
            WriteMimeContent(xml, item);
        ItemIdXml.Write(xml, "ItemId", item.Id, item.ChangeKey);
        WriteFields(before);
        foreach (var (field, path) in shape.ExtendedFields)
            ExtendedPropertyXml.Write(xml, field, ItemFields.ValuesOf(item, path), shape.Shorten);
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

    private static void WriteMimeContent(EwsXmlWriter xml, MailboxItem item)
    {
        xml.StartType("MimeContent");
        xml.Attribute("CharacterSet", "UTF-8");
        xml.Text(Convert.ToBase64String(Encoding.UTF8.GetBytes(MimeContent.Write(item))));
        xml.End();
    }
}
