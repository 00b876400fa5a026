using System.Globalization;
using System.Xml.Linq;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Operations.Folders;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.Personas;

/// <summary>Pages through the personas of a folder or of the directory, those that match a query.</summary>
/// <remarks>
/// Learn: "FindPeople operation". Exchange 2013 and later. The directory is searched, never browsed: without a query it shows nobody.
/// Personas come by display name, as no client relies on another order.
/// </remarks>
internal sealed class FindPeople(IMailboxStore store, PersonaXml personas, AddressList directory, FolderIds folders) : EwsOperation<FindPeople.Request, FindPeople.Found>
{
    private const string Directory = "directory";

    /// <summary>A view of all contact folders.</summary>
    private const string MyContacts = "mycontacts";

    internal sealed record Request(PersonaShape Shape, EwsResult<PageView> View, bool IsRestricted, XElement? Folder, string Query);

    internal sealed record Found(PersonaShape Shape, Page<Persona> Page);

    public override IReadOnlyList<string> Headers => ["ExchangeImpersonation", "RequestServerVersion"];

    public override string Limits => "No restrictions; always by display name.";

    protected override Request Read(RequestReader request) => new(
        request.Element("PersonaShape") is { } shape ? PersonaShape.Read(shape) : PersonaShape.Summary,
        PageView.Read(request.Element("IndexedPageItemView")),
        request.Element("Restriction") is not null || request.Element("AggregationRestriction") is not null,
        request.Items("ParentFolderId").SingleOrDefault(),
        request.OptionalText("QueryString") ?? string.Empty);

    protected override async Task<EwsResult<Found>> ExecuteAsync(Request request, Caller caller, CancellationToken cancellation)
    {
        if (!request.View.Succeeded)
            return request.View.Error;
        if (request.IsRestricted)
            return EwsError.UnsupportedQueryFilter;

        var mailbox = await store.ReadAsync(caller.Mailbox, cancellation);
        var inFolder = InFolder(request, mailbox);
        if (!inFolder.Succeeded)
            return inFolder.Error;

        var found = inFolder.Value.Where(persona => persona.Matches(request.Query)).OrderBy(persona => persona.DisplayName, StringComparer.OrdinalIgnoreCase).ToList();
        return new Found(request.Shape, request.View.Value.Of(found));
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

    /// <summary>Without a folder, both the mailbox and, for a query, the directory.</summary>
    private EwsResult<List<Persona>> InFolder(Request request, MailboxState mailbox)
    {
        var asked = string.IsNullOrWhiteSpace(request.Query) ? [] : directory.Personas(mailbox);
        if (request.Folder is not { } id)
            return mailbox.Personas.Concat(asked).ToList();

        var name = id.Name.LocalName == "DistinguishedFolderId" ? id.Attribute("Id")!.Value : null;
        if (name is Directory or MyContacts)
            return folders.CheckMailbox(id, mailbox) is { } refused ? refused : name == Directory ? asked.ToList() : mailbox.Personas.ToList();
        return folders.Find(id, mailbox).Select(folder => PeopleIn(folder, mailbox).ToList());
    }

    private static IEnumerable<Persona> PeopleIn(MailboxFolder folder, MailboxState mailbox)
    {
        if (folder == MailboxFolder.Contacts)
            return mailbox.OrderedContacts.Select(contact => Persona.Of(mailbox, contact)).DistinctBy(persona => persona.Id);
        return folder == MailboxFolder.QuickContacts || folder == MailboxFolder.ImContactList
            ? mailbox.OrderedQuickContacts.Select(contact => Persona.Of(mailbox, contact))
            : [];
    }
}
