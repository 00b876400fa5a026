using System.Diagnostics.CodeAnalysis;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Operations.Items;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.Utility;

/// <summary>Returns the members of a distribution list or an IM group. Lists among the members are not expanded.</summary>
/// <remarks>
/// Learn: "ExpandDL operation". Exchange 2007 and later. A text instead of an item id is the address of a distribution group of the
/// directory, or the display name of a distribution list of the mailbox.
/// </remarks>
internal sealed class ExpandDL(IMailboxStore store, AddressList directory) : BatchOperation<ExpandDL.Request, List<ListMember>>
{
    internal sealed record Request(string? ItemId, string? Text);

    public override string SinceVersion => "Exchange2007";

    public override string Limitations => "The members of distribution groups of the directory are unknown: their expansion is empty.";

    protected override IEnumerable<EwsResult<Request>> ReadParts(RequestReader request)
    {
        var parts = request.Items("Mailbox").ToList();
        yield return new Request(
            parts.Find(part => part.Name.LocalName == "ItemId")?.Attribute("Id")!.Value,
            parts.Find(part => part.Name.LocalName == "EmailAddress")?.Value);
    }

    protected override async Task<EwsResult<List<EwsResult<List<ListMember>>>>> ExecuteAsync(
        List<EwsResult<Request>> parts, Caller caller, CancellationToken cancellationToken)
    {
        var mailbox = await store.ReadAsync(caller.Mailbox, cancellationToken);
        return parts.ConvertAll(part => part.Then(request =>
            request.ItemId is { } itemId ? ExpandItem(itemId, mailbox) : ExpandNamed(request.Text ?? string.Empty, mailbox)));
    }

    protected override void Write(EwsXmlWriter xml, List<ListMember> result)
    {
        xml.StartMessage("DLExpansion");
        PageView.All.GetPage(result).WriteAttributes(xml);
        foreach (var member in result)
            MemberXml.Write(xml, member);
        xml.End();
    }

    private static EwsResult<List<ListMember>> ExpandItem(string itemId, MailboxState mailbox)
    {
        if (mailbox.Groups.TryGetValue(new ImGroupId(itemId), out var group))
            return mailbox.MembersOf(group).Select(mailbox.ToMember).ToList();
        return mailbox.FindItem(itemId).Then<List<ListMember>>(item =>
            item.IsDistributionList ? item.Members.ToList() : EwsError.InvalidItemForOperationExpandDL);
    }

    private EwsResult<List<ListMember>> ExpandNamed(string text, MailboxState mailbox)
    {
        if (directory.FindUser(text) is not null)
            return EwsError.ExpansionNoResults;
        if (SmtpAddress.TryParse(text, out var address) && directory.HasDistributionGroup(address))
            return new List<ListMember>();
        var lists = mailbox.OrdinaryContacts
            .Where(contact => contact.IsDistributionList
                && !mailbox.IsDeleted(contact)
                && string.Equals(contact.DisplayName, text, StringComparison.OrdinalIgnoreCase))
            .ToList();
        return lists switch
        {
            [] => EwsError.ExpansionNoResults,
            [var list] => mailbox.MembersOf(list).ToList(),
            _ => EwsError.NameResolutionMultipleResults,
        };
    }

    /// <summary>The elements of the operation and their types in the messages namespace.</summary>
    [StringSyntax(StringSyntaxAttribute.Xml)]
    public const string Schema = """
        <xs:complexType name="ExpandDLType">
          <xs:complexContent>
            <xs:extension base="m:BaseRequestType">
              <xs:sequence>
                <xs:element name="Mailbox" type="t:EmailAddressType" />
              </xs:sequence>
            </xs:extension>
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="ExpandDL" type="m:ExpandDLType" />

        <xs:complexType name="ExpandDLResponseMessageType">
          <xs:complexContent>
            <xs:extension base="m:ResponseMessageType">
              <xs:sequence>
                <xs:element name="DLExpansion" type="t:ArrayOfDLExpansionType" minOccurs="0" />
              </xs:sequence>
              <xs:attributeGroup ref="t:FindResponsePagingAttributes" />
            </xs:extension>
          </xs:complexContent>
        </xs:complexType>

        <xs:complexType name="ExpandDLResponseType">
          <xs:complexContent>
            <xs:extension base="m:BaseResponseMessageType" />
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="ExpandDLResponse" type="m:ExpandDLResponseType" />
        """;
}
