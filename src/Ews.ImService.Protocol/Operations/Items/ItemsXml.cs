using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.Items;

/// <summary>Writes the <c>m:Items</c> of a response message, which the schema wants in errors too.</summary>
internal static class ItemsXml
{
    /// <summary>Writes it.</summary>
    public static void Write(EwsXmlWriter xml, IEnumerable<MailboxItem> items, ItemShape shape)
    {
        xml.StartMessage("Items");
        foreach (var item in items)
            ItemXml.Write(xml, item, shape);
        xml.End();
    }
}
