using System.Diagnostics.CodeAnalysis;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Operations.Items;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.Utility;

/// <summary>Returns the users of the directory and the contacts whose name or address matches a text.</summary>
/// <remarks>Learn: "ResolveNames operation". Exchange 2007 and later.</remarks>
internal sealed class ResolveNames(IMailboxStore store, AddressList directory) : BatchOperation<ResolveNames.Request, ResolveNames.Found>
{
    /// <summary>The limit of Exchange.</summary>
    private const int MaxResolutions = 100;

    private static readonly string[] RoutingTypes = ["smtp:", "sip:"];

    internal sealed record Request(string Entry, string Scope, bool ReturnsFullContactData);

    internal sealed record Found(List<MailboxItem> People, int Total, bool ReturnsFullContactData);

    public override string SinceVersion => "Exchange2007";

    public override string Limitations =>
        "Contacts are searched in the Contacts folder, regardless of ParentFolderIds; distribution groups are not found.";

    protected override IEnumerable<EwsResult<Request>> ReadParts(RequestReader request)
    {
        var entry = request.Text("UnresolvedEntry").Trim();
        var routingType = RoutingTypes.FirstOrDefault(type => entry.StartsWith(type, StringComparison.OrdinalIgnoreCase));
        yield return new Request(
            routingType is null ? entry : entry[routingType.Length..],
            request.Attribute("SearchScope") ?? "ActiveDirectoryContacts",
            request.Attribute("ReturnFullContactData")!.Trim() is "true" or "1");
    }

    protected override async Task<EwsResult<List<EwsResult<Found>>>> ExecuteAsync(
        List<EwsResult<Request>> parts, Caller caller, CancellationToken cancellationToken)
    {
        var mailbox = await store.ReadAsync(caller.Mailbox, cancellationToken);
        return parts.ConvertAll(part => part.Then(request => Find(request, mailbox)));
    }

    protected override EwsError? WarningOf(Found result) => result.Total > 1 ? EwsError.NameResolutionMultipleResults : null;

    protected override void Write(EwsXmlWriter xml, Found result)
    {
        xml.StartMessage("ResolutionSet");
        new Page<MailboxItem>(PageView.All, result.People, result.Total, First: 0).WriteAttributes(xml);
        foreach (var person in result.People)
        {
            xml.StartType("Resolution");
            WriteMailbox(xml, person);
            if (result.ReturnsFullContactData)
                ItemXml.WriteResolved(xml, person, IsDirectoryUser(person));
            xml.End();
        }

        xml.End();
    }

    private static void WriteMailbox(EwsXmlWriter xml, MailboxItem person)
    {
        xml.StartType("Mailbox");
        xml.Type("Name", person.Properties[ContactPath.DisplayName] ?? string.Empty);
        xml.Type("EmailAddress", person.Properties[ContactPath.EmailAddress1]!);
        xml.Type("RoutingType", "SMTP");
        xml.Type("MailboxType", IsDirectoryUser(person) ? "Mailbox" : "Contact");
        if (!IsDirectoryUser(person))
            ItemIdXml.Write(xml, "ItemId", person.Id, person.ChangeKey);
        xml.End();
    }

    private static bool IsDirectoryUser(MailboxItem person) => person.Id.Length == 0;

    private EwsResult<Found> Find(Request request, MailboxState mailbox)
    {
        var users = directory.Users.Select(user => new MailboxItem(string.Empty, string.Empty, MailboxFolder.Contacts, user.Properties));
        var contacts = mailbox.ItemsIn(MailboxFolder.Contacts)
            .Where(contact => contact.Properties[ContactPath.EmailAddress1] is { Length: > 0 });
        var searched = request.Scope switch
        {
            "ActiveDirectory" => users,
            "Contacts" => contacts,
            "ContactsActiveDirectory" => contacts.Concat(users),
            _ => users.Concat(contacts),
        };

        var people = request.Entry.Length == 0
            ? []
            : searched.Where(person => SearchWords.Match([person.Properties], request.Entry)).ToList();
        return people.Count == 0
            ? EwsError.NameResolutionNoResults
            : new Found(people.Take(MaxResolutions).ToList(), people.Count, request.ReturnsFullContactData);
    }

    /// <summary>The elements of the operation and their types in the messages namespace.</summary>
    [StringSyntax(StringSyntaxAttribute.Xml)]
    public const string Schema = """
        <xs:complexType name="ResolveNamesType">
          <xs:complexContent>
            <xs:extension base="m:BaseRequestType">
              <xs:sequence>
                <xs:element name="ParentFolderIds" type="t:NonEmptyArrayOfBaseFolderIdsType" minOccurs="0" />
                <xs:element name="UnresolvedEntry" type="t:NonEmptyStringType" />
              </xs:sequence>
              <xs:attribute name="ReturnFullContactData" type="xs:boolean" use="required" />
              <xs:attribute name="SearchScope" type="t:ResolveNamesSearchScopeType" default="ActiveDirectoryContacts" />
              <xs:attribute name="ContactDataShape" type="t:DefaultShapeNamesType" />
            </xs:extension>
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="ResolveNames" type="m:ResolveNamesType" />

        <xs:complexType name="ResolveNamesResponseMessageType">
          <xs:complexContent>
            <xs:extension base="m:ResponseMessageType">
              <xs:sequence>
                <xs:element name="ResolutionSet" type="t:ArrayOfResolutionType" minOccurs="0" />
              </xs:sequence>
            </xs:extension>
          </xs:complexContent>
        </xs:complexType>

        <xs:complexType name="ResolveNamesResponseType">
          <xs:complexContent>
            <xs:extension base="m:BaseResponseMessageType" />
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="ResolveNamesResponse" type="m:ResolveNamesResponseType" />
        """;
}
