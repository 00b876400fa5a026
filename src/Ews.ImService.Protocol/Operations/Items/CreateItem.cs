using System.Diagnostics.CodeAnalysis;
using System.Xml.Linq;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Operations.Folders;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.Items;

/// <summary>Creates contacts and distribution lists.</summary>
/// <remarks>Learn: "CreateItem operation (contact)". Exchange 2007 and later.</remarks>
internal sealed class CreateItem(IMailboxStore store, FolderIds folders) : BatchOperation<CreateItem.Request, MailboxItem>
{
    private const string Culture = "item:Culture";

    internal sealed record Request(EwsResult<ContactProperties> Item, XElement? Folder);

    public override string SinceVersion => "Exchange2007";

    public override IReadOnlyList<string> Headers => [.. base.Headers, "TimeZoneContext"];

    public override string Limitations => "Only contacts and distribution lists.";

    protected override IEnumerable<EwsResult<Request>> ReadParts(RequestReader request)
    {
        var folder = request.Items("SavedItemFolderId").SingleOrDefault();
        foreach (var item in request.Items("Items"))
            yield return new Request(ReadItem(item).Select(properties => WithCulture(properties, request.Culture)), folder);
    }

    protected override Task<EwsResult<List<EwsResult<MailboxItem>>>> ExecuteAsync(
        List<EwsResult<Request>> parts, Caller caller, CancellationToken cancellationToken) =>
        store.ChangeAsync<List<EwsResult<MailboxItem>>>(
            caller.Mailbox,
            mailbox => parts.ConvertAll(part => part.Then(request =>
                FindFolder(request.Folder, mailbox.State).Then(folder =>
                    request.Item.Then(item => Create(mailbox, item, folder))))),
            cancellationToken);

    protected override void Write(EwsXmlWriter xml, MailboxItem result) => ItemXml.WriteItems(xml, [result], ItemShape.IdOnly);

    protected override void WriteAfterError(EwsXmlWriter xml) => ItemXml.WriteItems(xml, [], ItemShape.IdOnly);

    private static EwsResult<ContactProperties> ReadItem(XElement item)
    {
        var isList = item.Name.LocalName == ItemXml.DistributionList;
        if (!isList && item.Name.LocalName != ItemXml.Contact)
            return EwsError.InvalidItemForOperationCreateItem;
        var empty = isList ? ContactProperties.Empty.With(ContactPath.ItemClass, Contact.DistributionListClass) : ContactProperties.Empty;
        return ItemReader.Read(item, isNew: true)
            .Select(changes => ContactNames.Apply(empty, changes.OrderBy(change => change.Path == ContactPath.FileAsMapping)))
            .Then<ContactProperties>(properties =>
                Contact.IsDistributionListClass(properties[ContactPath.ItemClass]) == isList ? properties : EwsError.ObjectTypeChanged);
    }

    /// <summary>Returns the properties with the culture of the caller, unless another is set or the culture is not known.</summary>
    /// <remarks>Learn: "MailboxCulture".</remarks>
    private static ContactProperties WithCulture(ContactProperties properties, string? culture) =>
        culture is not null && properties[Culture] is null && ContactValueRule.Culture.Normalize([culture]) is { } valid
            ? properties.With(Culture, valid)
            : properties;

    private static EwsResult<MailboxItem> Create(MailboxEdit mailbox, ContactProperties properties, MailboxFolder folder) =>
        mailbox.CheckFlag(properties) is { } error
            ? error
            : mailbox.CompleteMembers(properties).Then(completed => mailbox.CreateContact(completed, folder));

    /// <summary>Finds the folder for new contacts; the default is Contacts. An error of the folder precedes one of the item.</summary>
    private EwsResult<MailboxFolder> FindFolder(XElement? id, MailboxState mailbox)
    {
        if (id is null)
            return MailboxFolder.Contacts;
        var isNamed = id.Name.LocalName == FolderIds.DistinguishedFolderId;
        return folders.Find(id, mailbox, whenUnknown: isNamed ? EwsError.SavedItemFolderNotFound : EwsError.FolderNotFound)
            .Then<MailboxFolder>(folder => MailboxEdit.CheckForNewContact(folder) is { } error ? error : folder);
    }

    /// <summary>The elements of the operation and their types in the messages namespace.</summary>
    [StringSyntax(StringSyntaxAttribute.Xml)]
    public const string Schema = """
        <xs:complexType name="CreateItemType">
          <xs:complexContent>
            <xs:extension base="m:BaseRequestType">
              <xs:sequence>
                <xs:element name="SavedItemFolderId" type="t:TargetFolderIdType" minOccurs="0" />
                <xs:element name="Items" type="t:NonEmptyArrayOfAllItemsType" />
              </xs:sequence>
              <xs:attribute name="MessageDisposition" type="t:MessageDispositionType" />
              <xs:attribute name="SendMeetingInvitations" type="t:CalendarItemCreateOrDeleteOperationType" />
            </xs:extension>
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="CreateItem" type="m:CreateItemType" />

        <xs:complexType name="CreateItemResponseType">
          <xs:complexContent>
            <xs:extension base="m:BaseResponseMessageType" />
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="CreateItemResponse" type="m:CreateItemResponseType" />
        """;
}
