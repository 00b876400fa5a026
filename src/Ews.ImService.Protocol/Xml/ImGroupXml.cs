using Ews.ImService.Mailbox;

namespace Ews.ImService.Protocol.Xml;

/// <summary>Writes <c>t:ImGroupType</c>. Learn: "ImGroup"; [MS-OXWSCOS] 2.2.4.2.</summary>
internal static class ImGroupXml
{
    /// <summary>The content of an element that holds a group: the element itself is m in some answers and t in others.</summary>
    public static void WriteContent(EwsXmlWriter xml, ImGroup group)
    {
        xml.Type("DisplayName", group.DisplayName);
        xml.Type("GroupType", group.Type);
        ItemIdXml.Write(xml, "ExchangeStoreId", group.Id.Value, ChangeKey.ImGroup);
    }
}
