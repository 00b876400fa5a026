using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Xml.Linq;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Operations.Folders;
using Ews.ImService.Protocol.Operations.Items;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.Personas;

/// <summary>Returns the personas of a folder or of the directory that match a query, in pages.</summary>
/// <remarks>
/// Learn: "FindPeople operation". Exchange 2013 and later. The directory can be searched, but not listed: without a query, it has no
/// personas. A restriction is evaluated on the combined persona. It has no effect on the folder directory, where an Exchange server was
/// observed to reject it.
/// </remarks>
internal sealed class FindPeople(IMailboxStore store, PersonaXml personas, AddressList directory, FolderIds folders)
    : SingleOperation<FindPeople.Request, FindPeople.Found>
{
    private const string Directory = "directory";

    /// <summary>The distinguished name of a view of all contact folders.</summary>
    private const string MyContacts = "mycontacts";

    private const string Mailbox = "Mailbox";

    private static readonly ItemFilter<Persona> Filters = new(PersonaPaths.Read);
    private static readonly ItemOrder<Persona> Orders = new(PersonaPaths.ReadSortable);

    internal sealed record Request(
        PersonaShape Shape,
        PageView View,
        Func<Persona, bool> Filter,
        Func<IEnumerable<Persona>, List<Persona>> Order,
        XElement? Folder,
        IReadOnlySet<string> Sources,
        bool IsShallow,
        string Query);

    internal sealed record Found(PersonaShape Shape, Page<Persona> Page);

    public override IReadOnlyList<string> Headers => ["ExchangeImpersonation", "RequestServerVersion"];

    public override string Limitations =>
        "Restrictions have no effect on the folder `directory`. Traversals other than Shallow return no personas.";

    protected override EwsResult<Request> Read(RequestReader request) =>
        PageView.Read(request.Element("IndexedPageItemView")).Then<Request>(view =>
        {
            var filter = Filters.Read(request.Element("Restriction"));
            var aggregationFilter = Filters.Read(request.Element("AggregationRestriction"));
            var order = ReadOrder(request.Element("SortOrder"));
            if ((filter.Error ?? aggregationFilter.Error ?? order.Error) is { } error)
                return error;
            var shape = (request.Element("PersonaShape") ?? request.Element("ItemShape")) is { } element
                ? PersonaShape.Read(element)
                : PersonaShape.Summary;
            var folder = request.Items("ParentFolderId").SingleOrDefault();
            return new Request(
                shape,
                view,
                persona => filter.Value!(persona) && aggregationFilter.Value!(persona),
                order.Value!,
                folder,
                request.Items("QuerySources").Select(source => source.Value).ToHashSet(StringComparer.OrdinalIgnoreCase),
                request.Attribute("Traversal") is null or "Shallow",
                request.OptionalText("QueryString") ?? string.Empty);
        });

    protected override async Task<EwsResult<Found>> ExecuteAsync(Request request, Caller caller, CancellationToken cancellationToken)
    {
        var mailbox = await store.ReadAsync(caller.Mailbox, cancellationToken);
        return InFolder(request, mailbox).Select(people =>
        {
            var found = people.Where(persona => persona.Matches(request.Query));
            return new Found(request.Shape, request.View.GetPage(request.Order(request.IsShallow ? found : [])));
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

    /// <summary>Reads a sort order. Without one, and if values are equal, personas are sorted by display name.</summary>
    private static EwsResult<Func<IEnumerable<Persona>, List<Persona>>> ReadOrder(XElement? sortOrder) =>
        Orders.Read(sortOrder).Select<Func<IEnumerable<Persona>, List<Persona>>>(sort =>
            personas => sort(personas.OrderBy(persona => persona.DisplayName, StringComparer.OrdinalIgnoreCase)));

    /// <summary>
    /// Returns the personas of the requested folder that match the restriction; without a folder, those of the mailbox and, for a query,
    /// of the directory, unless the request names one of the two as the source.
    /// </summary>
    private EwsResult<List<Persona>> InFolder(Request request, MailboxState mailbox)
    {
        var inDirectory = string.IsNullOrWhiteSpace(request.Query) ? [] : directory.Personas(mailbox);
        if (request.Folder is not { } id)
        {
            var isOnlyMailbox = request.Sources.Count == 1 && request.Sources.Contains(Mailbox);
            var isOnlyDirectory = request.Sources.Count == 1 && request.Sources.Contains(Directory);
            return (isOnlyDirectory ? [] : mailbox.Personas).Concat(isOnlyMailbox ? [] : inDirectory).Where(request.Filter).ToList();
        }

        var name = id.Name.LocalName == "DistinguishedFolderId" ? id.Attribute("Id")!.Value : null;
        if (name is not (Directory or MyContacts))
        {
            return folders.Find(id, mailbox).Then<List<Persona>>(folder => folder.IsContactsFolder
                ? PeopleIn(folder, mailbox).Where(request.Filter).ToList()
                : EwsError.InvalidFolderTypeForOperation);
        }

        if (folders.CheckMailbox(id, mailbox) is { } error)
            return error;
        return (name == Directory ? inDirectory : mailbox.Personas.Where(request.Filter)).ToList();
    }

    private static IEnumerable<Persona> PeopleIn(MailboxFolder folder, MailboxState mailbox)
    {
        if (folder.IsOfImList)
            return mailbox.ImContacts.Select(contact => Persona.From(mailbox, contact));
        return mailbox.ContactsIn(folder)
            .Where(mailbox.RepresentsPerson)
            .Select(contact => Persona.From(mailbox, contact))
            .DistinctBy(persona => persona.Id);
    }

    /// <summary>The elements of the operation and their types in the messages namespace.</summary>
    public const string Schema = RequestSchema + ResponseSchema;

    /// <summary>
    /// The schema with the forms of the request that clients send and Exchange accepts, although its own schema does not: the attribute
    /// Traversal of exchangelib and of the EWS Managed API, and the order of elements and the ItemShape of the latter.
    /// </summary>
    public const string AcceptedSchema = AcceptedRequestSchema + ResponseSchema;

    [StringSyntax(StringSyntaxAttribute.Xml)]
    private const string RequestSchema = """
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


        """;

    [StringSyntax(StringSyntaxAttribute.Xml)]
    private const string AcceptedRequestSchema = """
        <xs:complexType name="FindPeopleType">
          <xs:complexContent>
            <xs:extension base="m:BaseRequestType">
              <xs:sequence>
                <xs:element name="Restriction" type="t:RestrictionType" minOccurs="0" />
                <xs:element name="ItemShape" type="t:PersonaResponseShapeType" minOccurs="0" />
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
                <xs:element name="PersonaShape" type="t:PersonaResponseShapeType" minOccurs="0" />
              </xs:sequence>
              <xs:attribute name="Traversal" type="t:ItemQueryTraversalType" />
            </xs:extension>
          </xs:complexContent>
        </xs:complexType>
        <xs:element name="FindPeople" type="m:FindPeopleType" />


        """;

    [StringSyntax(StringSyntaxAttribute.Xml)]
    private const string ResponseSchema = """
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
