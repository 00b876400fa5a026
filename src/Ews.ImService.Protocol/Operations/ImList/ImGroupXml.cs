using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.ImList;

/// <summary>Writes <c>t:ImGroupType</c>.</summary>
/// <remarks>Learn: "ImGroup"; [MS-OXWSCOS] 2.2.4.2.</remarks>
internal static class ImGroupXml
{
    /// <summary>Writes the <c>m:ImGroup</c> of a response message.</summary>
    public static void WriteMessage(EwsXmlWriter xml, ImGroup group)
    {
        xml.StartMessage("ImGroup");
        WriteContent(xml, group);
        xml.End();
    }

    /// <summary>
    /// Writes the content of a group element, which is in the messages namespace in some responses and in the types
    /// namespace in others.
    /// </summary>
    public static void WriteContent(EwsXmlWriter xml, ImGroup group)
    {
        xml.Type("DisplayName", group.DisplayName);
        xml.Type("GroupType", group.Type);
        ItemIdXml.Write(xml, "ExchangeStoreId", group.Id.Value, ChangeKey.ImGroup);
    }

    /// <summary>Writes a group of a list, with its members.</summary>
    public static void WriteListed(EwsXmlWriter xml, ImGroup group, MailboxState mailbox, ExtendedProperties requested)
    {
        xml.StartType("ImGroup");
        WriteContent(xml, group);
        WriteMembers(xml, mailbox.MembersOf(group));
        if (requested.DisplayName)
        {
            xml.StartType("ExtendedProperties");
            ExtendedProperties.WriteDisplayName(xml, "ExtendedProperty", group.DisplayName);
            xml.End();
        }

        if (group.SmtpAddress is { } address)
            xml.Type("SmtpAddress", address.Value);
        xml.End();
    }

    /// <summary>Writes the members. The element is omitted if there are none, because its type requires one.</summary>
    private static void WriteMembers(EwsXmlWriter xml, IEnumerable<Contact> members)
    {
        var isOpen = false;
        foreach (var member in members)
        {
            if (!isOpen)
                xml.StartType("MemberCorrelationKey");
            isOpen = true;
            ItemIdXml.Write(xml, "ItemId", member.Id.Value, ChangeKey.Member);
        }

        if (isOpen)
            xml.End();
    }
}
