using System.Diagnostics.CodeAnalysis;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Operations.Personas;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.ImList;

/// <summary>Returns the requested groups and personas of the IM list. Ids that match none of them are ignored.</summary>
/// <remarks>Learn: "GetImItems operation". Exchange 2013 and later.</remarks>
internal sealed class GetImItems(IMailboxStore store, PersonaXml personas) : SingleOperation<GetImItems.Request, ImItemList>
{
    internal sealed record Request(HashSet<string> ContactIds, HashSet<string> GroupIds, ExtendedProperties Properties);

    protected override EwsResult<Request> Read(RequestReader request) =>
        ExtendedProperties.Read(request.Items("ExtendedProperties"))
            .Select(properties => new Request(Ids(request, "ContactIds"), Ids(request, "GroupIds"), properties));

    protected override async Task<EwsResult<ImItemList>> ExecuteAsync(Request request, Caller caller, CancellationToken cancellationToken)
    {
        var mailbox = await store.ReadAsync(caller.Mailbox, cancellationToken);
        var groups = mailbox.OrderedGroups.Where(group => request.GroupIds.Contains(group.Id.Value));
        var contacts = mailbox.ImContacts.Where(contact => request.ContactIds.Contains(contact.Id.Value));
        return new ImItemList(mailbox, groups, contacts, request.Properties);
    }

    protected override void Write(EwsXmlWriter xml, ImItemList result) => ImItemListXml.Write(xml, result, personas);

    /// <summary>Returns the ids in a list. Kinds of ids without an Id attribute match nothing and are ignored.</summary>
    private static HashSet<string> Ids(RequestReader request, string list) =>
        request.Items(list).Select(item => item.Attribute("Id")?.Value).OfType<string>().ToHashSet(StringComparer.Ordinal);

    /// <summary>The elements of the operation and their types in the messages namespace.</summary>
    [StringSyntax(StringSyntaxAttribute.Xml)]
    public const string Schema = """
        <xs:complexType name="GetImItemsType">
          <xs:complexContent>
            <xs:extension base="m:BaseRequestType">
              <xs:sequence>
                <xs:element name="ContactIds" type="t:NonEmptyArrayOfBaseItemIdsType" minOccurs="0" />
                <xs:element name="GroupIds" type="t:NonEmptyArrayOfBaseItemIdsType" minOccurs="0" />
                <xs:element name="ExtendedProperties" type="t:NonEmptyArrayOfExtendedFieldURIs" minOccurs="0" />
              </xs:sequence>
            </xs:extension>
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="GetImItems" type="m:GetImItemsType" />

        <xs:complexType name="GetImItemsResponseMessageType">
          <xs:complexContent>
            <xs:extension base="m:ResponseMessageType">
              <xs:sequence>
                <xs:element name="ImItemList" type="t:ImItemListType" minOccurs="0" />
              </xs:sequence>
            </xs:extension>
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="GetImItemsResponse" type="m:GetImItemsResponseMessageType" />
        """;
}
