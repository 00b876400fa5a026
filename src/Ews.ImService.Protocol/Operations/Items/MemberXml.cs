using System.Xml.Linq;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.Items;

/// <summary>Reads and writes members of distribution lists.</summary>
/// <remarks>Learn: "Member", "Mailbox".</remarks>
internal static class MemberXml
{
    /// <summary>Reads a <c>t:Member</c>. A member without a mailbox has neither an address nor an item.</summary>
    public static ListMember Read(XElement member)
    {
        var mailbox = member.Elements().FirstOrDefault(part => part.Name.LocalName == "Mailbox");
        var address = Text("EmailAddress") ?? string.Empty;
        return new ListMember(
            Text("Name") ?? address,
            address,
            Text("RoutingType") ?? ListMember.Smtp,
            Text("MailboxType") ?? ListMember.OneOff,
            Part("ItemId")?.Attribute("Id")!.Value ?? string.Empty);

        XElement? Part(string name) => mailbox?.Elements().FirstOrDefault(part => part.Name.LocalName == name);

        string? Text(string name) => Part(name)?.Value;
    }

    /// <summary>Writes a <c>t:Mailbox</c>.</summary>
    public static void Write(EwsXmlWriter xml, ListMember member)
    {
        xml.StartType("Mailbox");
        xml.Type("Name", member.Name);
        if (member.EmailAddress.Length > 0)
            xml.Type("EmailAddress", member.EmailAddress);
        xml.Type("RoutingType", member.RoutingType);
        xml.Type("MailboxType", member.MailboxType);
        if (member.ItemId.Length > 0)
            ItemIdXml.Write(xml, "ItemId", member.ItemId, member.ChangeKey);
        xml.End();
    }
}
