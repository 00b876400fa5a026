using System.Xml.Linq;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.Items;

/// <summary>The members of a distribution list, which are set and deleted as a whole.</summary>
/// <remarks>Learn: "Members", "Member". The key and the status of a member in a request are ignored.</remarks>
internal sealed class MembersField() : ItemField("Members", ContactPath.Members, isDefault: false)
{
    /// <summary>The status of every member, which Learn does not describe.</summary>
    private const string Status = "Normal";

    public override bool IsComparable => false;

    public override bool IsDeletable => true;

    public override void Write(EwsXmlWriter xml, MailboxItem item, ItemShape shape)
    {
        if (item.Members.Count == 0)
            return;
        xml.StartType(Element);
        foreach (var member in item.Members)
        {
            xml.StartType("Member");
            xml.Attribute("Key", member.Key);
            MemberXml.Write(xml, member);
            xml.Type("Status", Status);
            xml.End();
        }

        xml.End();
    }

    public override EwsResult<List<PropertyChange>> Read(XElement value) =>
        Set(ListMember.ToValues(value.Elements().Select(MemberXml.Read)));
}
