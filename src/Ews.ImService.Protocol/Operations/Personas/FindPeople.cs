using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Xml.Linq;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Operations.Folders;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.Personas;

/// <summary>Returns the personas of a folder or of the directory that match a query, in pages.</summary>
/// <remarks>
/// Learn: "FindPeople operation". Exchange 2013 and later. The directory can be searched, but not listed: without a query, it has no
/// personas. Personas are sorted by display name; no known client depends on another order.
/// </remarks>
internal sealed class FindPeople(IMailboxStore store, PersonaXml personas, AddressList directory, FolderIds folders)
    : SingleOperation<FindPeople.Request, FindPeople.Found>
{
    private const string Directory = "directory";

    /// <summary>The distinguished name of a view of all contact folders.</summary>
    private const string MyContacts = "mycontacts";

    internal sealed record Request(PersonaShape Shape, PageView View, XElement? Folder, string Query);

    internal sealed record Found(PersonaShape Shape, Page<Persona> Page);

    public override IReadOnlyList<string> Headers => ["ExchangeImpersonation", "RequestServerVersion"];

    public override string Limitations => "No restrictions; always sorted by display name.";

    protected override EwsResult<Request> Read(RequestReader request) =>
        PageView.Read(request.Element("IndexedPageItemView")).Then<Request>(view =>
        {
            if (request.Element("Restriction") is not null || request.Element("AggregationRestriction") is not null)
                return EwsError.UnsupportedQueryFilter;
            var shape = request.Element("PersonaShape") is { } element ? PersonaShape.Read(element) : PersonaShape.Summary;
            var folder = request.Items("ParentFolderId").SingleOrDefault();
            return new Request(shape, view, folder, request.OptionalText("QueryString") ?? string.Empty);
        });

    protected override async Task<EwsResult<Found>> ExecuteAsync(Request request, Caller caller, CancellationToken cancellationToken)
    {
        var mailbox = await store.ReadAsync(caller.Mailbox, cancellationToken);
        return InFolder(request, mailbox).Select(people =>
        {
            var found = people.Where(persona => persona.Matches(request.Query));
            var sorted = found.OrderBy(persona => persona.DisplayName, StringComparer.OrdinalIgnoreCase).ToList();
            return new Found(request.Shape, request.View.GetPage(sorted));
        });
    }

    protected override void Write(EwsXmlWriter xml, Found result)
    {
        xml.StartMessage("People");
        foreach (var person in result.Page.Rows)
        {
            xml.StartType("Persona");
            personas.WriteContent(xml, person, result.Shape);
            xml.End();
        }

        xml.End();
        var first = result.Page.First.ToString(CultureInfo.InvariantCulture);
        xml.Message("TotalNumberOfPeopleInView", result.Page.Total.ToString(CultureInfo.InvariantCulture));
        xml.Message("FirstMatchingRowIndex", first);
        xml.Message("FirstLoadedRowIndex", first);
    }

    /// <summary>
    /// Returns the personas of the requested folder; without one, those of the mailbox and, for a query, of the
    /// directory.
    /// </summary>
    private EwsResult<List<Persona>> InFolder(Request request, MailboxState mailbox)
    {
        var inDirectory = string.IsNullOrWhiteSpace(request.Query) ? [] : directory.Personas(mailbox);
        if (request.Folder is not { } id)
            return mailbox.Personas.Concat(inDirectory).ToList();

        var name = id.Name.LocalName == "DistinguishedFolderId" ? id.Attribute("Id")!.Value : null;
        if (name is not (Directory or MyContacts))
            return folders.Find(id, mailbox).Select(folder => PeopleIn(folder, mailbox).ToList());
        if (folders.CheckMailbox(id, mailbox) is { } error)
            return error;
        return (name == Directory ? inDirectory : mailbox.Personas).ToList();
    }

    private static IEnumerable<Persona> PeopleIn(MailboxFolder folder, MailboxState mailbox)
    {
        if (folder == MailboxFolder.Contacts)
            return mailbox.OrdinaryContacts.Select(contact => Persona.From(mailbox, contact)).DistinctBy(persona => persona.Id);
        return folder == MailboxFolder.QuickContacts || folder == MailboxFolder.ImContactList
            ? mailbox.ImContacts.Select(contact => Persona.From(mailbox, contact))
            : [];
    }

    /// <summary>The elements of the operation and their types in the messages namespace.</summary>
    [StringSyntax(StringSyntaxAttribute.Xml)]
    public const string Schema = """
        <xs:complexType name="FindPeopleType">
          <xs:complexContent>
            <xs:extension base="m:BaseRequestType">
              <xs:sequence>
                <xs:element name="PersonaShape" type="t:PersonaResponseShapeType" minOccurs="0" />
                <xs:element name="IndexedPageItemView" type="t:IndexedPageViewType" />
                <xs:element name="Restriction" type="t:RestrictionType" minOccurs="0" />
                <xs:element name="AggregationRestriction" type="t:RestrictionType" minOccurs="0" />
                <xs:element name="SortOrder" type="t:NonEmptyArrayOfFieldOrdersType" minOccurs="0" />
                <xs:element name="ParentFolderId" type="t:TargetFolderIdType" minOccurs="0" />
                <xs:element name="QueryString" type="xs:string" minOccurs="0" />
                <xs:element name="SearchPeopleSuggestionIndex" type="xs:boolean" minOccurs="0" />
                <xs:element name="TopicQueryString" type="xs:string" minOccurs="0" />
                <xs:element name="Context" type="t:ArrayOfContextProperty" minOccurs="0" />
                <xs:element name="QuerySources" type="t:ArrayOfPeopleQuerySource" minOccurs="0" />
              </xs:sequence>
            </xs:extension>
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="FindPeople" type="m:FindPeopleType" />

        <xs:complexType name="FindPeopleResponseMessageType">
          <xs:complexContent>
            <xs:extension base="m:ResponseMessageType">
              <xs:sequence>
                <xs:element name="People" type="t:ArrayOfPeopleType" minOccurs="0" />
                <xs:element name="TotalNumberOfPeopleInView" type="xs:int" minOccurs="0" />
                <xs:element name="FirstMatchingRowIndex" type="xs:int" minOccurs="0" />
                <xs:element name="FirstLoadedRowIndex" type="xs:int" minOccurs="0" />
                <xs:element name="TransactionId" type="t:GuidType" minOccurs="0" />
              </xs:sequence>
            </xs:extension>
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="FindPeopleResponse" type="m:FindPeopleResponseMessageType" />
        """;
}
