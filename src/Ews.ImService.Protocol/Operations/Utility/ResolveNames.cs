using System.Diagnostics.CodeAnalysis;
using System.Xml.Linq;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Operations.Folders;
using Ews.ImService.Protocol.Operations.Items;
using Ews.ImService.Protocol.Soap;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.Utility;

/// <summary>Returns the users and distribution groups of the directory and the contacts whose name or address starts with a text.</summary>
/// <remarks>
/// Learn: "ResolveNames operation". Exchange 2007 and later. A text that is the complete address of an entry finds that entry only.
/// </remarks>
internal sealed class ResolveNames(IMailboxStore store, AddressList directory, FolderIds folders)
    : BatchOperation<ResolveNames.Request, ResolveNames.Found>
{
    /// <summary>The limit of Exchange.</summary>
    private const int MaxResolutions = 100;

    private const string Smtp = "SMTP";
    private const string SmtpPrefix = "smtp:";
    private const string SipPrefix = "sip:";
    private const string AllProperties = "AllProperties";
    private const string ActiveDirectory = "ActiveDirectory";

    private static readonly char[] WordSeparators = [' ', '\t', '\r', '\n', ','];

    private static readonly string[] Names =
        [ContactPath.DisplayName, ContactPath.GivenName, ContactPath.Surname, "contacts:Alias", ContactPath.EmailAddress1];

    /// <summary>The texts that Exchange documents as names that cannot be resolved.</summary>
    private static readonly string[] InvalidNames = [string.Empty, ",", "-"];

    internal sealed record Request(
        string Entry, string Scope, XElement? Folder, bool ReturnsFullContactData, string? ContactDataShape, ExchangeVersion Version);

    /// <summary>A person, distribution group or distribution list that matches.</summary>
    /// <param name="Item">The properties, and the ids if it is an item.</param>
    /// <param name="MailboxType">The type of the mailbox on the wire.</param>
    internal sealed record Candidate(MailboxItem Item, string MailboxType)
    {
        /// <summary>Gets the photo of a user of the directory.</summary>
        public UserPhoto? Photo { get; init; }

        public bool IsInDirectory => Item.Id.Length == 0;

        public string? EmailAddress => Item.Properties[ContactPath.EmailAddress1];
    }

    internal sealed record Found(List<Candidate> Candidates, int Total, Request Request);

    public override string SinceVersion => "Exchange2007";

    protected override IEnumerable<EwsResult<Request>> ReadParts(RequestReader request)
    {
        var entry = request.Text("UnresolvedEntry").Trim();
        var scope = request.Attribute("SearchScope") ?? "ActiveDirectoryContacts";
        var folderIds = scope == ActiveDirectory ? [] : request.Items("ParentFolderIds").ToList();
        if (InvalidNames.Contains(entry))
            yield return EwsError.InvalidNameForNameResolution;
        else if (folderIds.Count > 1)
            yield return EwsError.ResolveNamesOnlyOneContactsFolderAllowed;
        else
        {
            yield return new Request(
                entry,
                scope,
                folderIds.SingleOrDefault(),
                request.Attribute("ReturnFullContactData")!.Trim() is "true" or "1",
                request.Attribute("ContactDataShape"),
                request.Version);
        }
    }

    protected override async Task<EwsResult<List<EwsResult<Found>>>> ExecuteAsync(
        List<EwsResult<Request>> parts, Caller caller, CancellationToken cancellationToken)
    {
        var mailbox = directory.WithOwnerName(await store.ReadAsync(caller.Mailbox, cancellationToken));
        return parts.ConvertAll(part => part.Then(request => Find(request, mailbox)));
    }

    protected override EwsError? WarningOf(Found result) => result.Total > 1 ? EwsError.NameResolutionMultipleResults : null;

    protected override void Write(EwsXmlWriter xml, Found result)
    {
        xml.StartMessage("ResolutionSet");
        new Page<Candidate>(PageView.All, result.Candidates, result.Total, First: 0).WriteAttributes(xml);
        foreach (var candidate in result.Candidates)
        {
            xml.StartType("Resolution");
            WriteMailbox(xml, candidate);
            WriteContact(xml, candidate, result.Request);
            xml.End();
        }

        xml.End();
    }

    private static void WriteMailbox(EwsXmlWriter xml, Candidate candidate)
    {
        var item = candidate.Item;
        xml.StartType("Mailbox");
        xml.Type("Name", item.Properties[ContactPath.DisplayName] ?? string.Empty);
        if (candidate.EmailAddress is { } address)
            xml.Type("EmailAddress", address);
        xml.Type("RoutingType", item.IsDistributionList ? "MAPIPDL" : RoutingTypeOf(item));
        xml.Type("MailboxType", candidate.MailboxType);
        if (!candidate.IsInDirectory)
            ItemIdXml.Write(xml, "ItemId", item.Id, item.ChangeKey);
        xml.End();
    }

    private static string RoutingTypeOf(MailboxItem item) =>
        item.Properties.Values(ContactPath.EmailAddress1) is [_, _, { Length: > 0 } routingType, ..] ? routingType : Smtp;

    /// <summary>
    /// Writes the contact data: of a contact, if the request has a shape or asks for complete data; of an entry of the directory, only if
    /// it asks for complete data. A distribution list has none.
    /// </summary>
    private static void WriteContact(EwsXmlWriter xml, Candidate candidate, Request request)
    {
        var item = candidate.Item;
        var hasContact = request.ReturnsFullContactData || (request.ContactDataShape is not null && !candidate.IsInDirectory);
        if (!hasContact || item.IsDistributionList)
            return;
        var shape = ItemShape.FromBase(request.ContactDataShape ?? AllProperties) with
        {
            Version = request.Version,
            IsOfSearchResults = request.ContactDataShape is not null,
        };
        if (candidate.IsInDirectory)
            ItemXml.WriteDirectoryEntry(xml, item, shape, request.ContactDataShape == AllProperties ? candidate.Photo : null);
        else
            ItemXml.Write(xml, item, shape);
    }

    private EwsResult<Found> Find(Request request, MailboxState mailbox) => FolderOf(request, mailbox).Then<Found>(folder =>
    {
        var entries = DirectoryEntries();
        var items = mailbox.ItemsIn(folder).Select(item => new Candidate(item, item.IsDistributionList ? "PrivateDL" : "Contact"))
            .Where(candidate => candidate.Item.IsDistributionList || candidate.EmailAddress is { Length: > 0 });
        var searched = request.Scope switch
        {
            ActiveDirectory => entries,
            "Contacts" => items,
            "ContactsActiveDirectory" => items.Concat(entries),
            _ => entries.Concat(items),
        };

        var found = searched.Where(candidate => Matches(candidate, request.Entry)).ToList();
        var exact = found.FindAll(candidate => string.Equals(
            candidate.EmailAddress, WithoutPrefix(request.Entry, SmtpPrefix) ?? request.Entry, StringComparison.OrdinalIgnoreCase));
        var candidates = exact.Count > 0 ? exact : found;
        return candidates.Count == 0
            ? EwsError.NameResolutionNoResults
            : new Found(candidates.Take(MaxResolutions).ToList(), candidates.Count, request);
    });

    private EwsResult<MailboxFolder> FolderOf(Request request, MailboxState mailbox)
    {
        if (request.Folder is null)
            return MailboxFolder.Contacts;
        return folders.Find(request.Folder, mailbox).Then<MailboxFolder>(folder =>
            folder.IsContactsFolder ? folder : EwsError.ResolveNamesInvalidFolderType);
    }

    private IEnumerable<Candidate> DirectoryEntries()
    {
        foreach (var user in directory.Users)
            yield return new Candidate(EntryOf(user.Properties), "Mailbox") { Photo = user.Photo };
        foreach (var group in directory.DistributionGroups)
        {
            var properties = ContactProperties.Empty
                .With(ContactPath.DisplayName, group.Value)
                .With(ContactPath.EmailAddress1, group.Value);
            yield return new Candidate(EntryOf(properties), "PublicDL");
        }
    }

    private static MailboxItem EntryOf(ContactProperties properties) =>
        new(string.Empty, string.Empty, MailboxFolder.Contacts, properties);

    private static bool Matches(Candidate candidate, string entry)
    {
        var properties = candidate.Item.Properties;
        if (WithoutPrefix(entry, SipPrefix) is { } sip)
        {
            return sip.Length > 0 && ContactPath.Addresses.Select(path => properties[path])
                .Any(address => address?.Contains(sip, StringComparison.OrdinalIgnoreCase) == true);
        }

        if (WithoutPrefix(entry, SmtpPrefix) is { } smtp)
            return smtp.Length > 0 && candidate.EmailAddress?.StartsWith(smtp, StringComparison.OrdinalIgnoreCase) == true;

        var names = Names.Select(path => properties[path]).OfType<string>().ToList();
        var words = names.Concat(names.SelectMany(name => name.Split(WordSeparators, StringSplitOptions.RemoveEmptyEntries))).ToList();
        return entry.Split(WordSeparators, StringSplitOptions.RemoveEmptyEntries)
            .All(word => words.Exists(name => name.StartsWith(word, StringComparison.OrdinalIgnoreCase)));
    }

    private static string? WithoutPrefix(string entry, string prefix) =>
        entry.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) ? entry[prefix.Length..].Trim() : null;

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
