using System.Globalization;
using System.Xml.Linq;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.Personas;

/// <summary>Pages through the personas of a folder or of the directory, those that match a query.</summary>
/// <remarks>
/// Learn: "FindPeople operation". Exchange 2013 and later. The directory is searched, never browsed: without a query it shows nobody.
/// Personas come by display name, as no client relies on another order; restrictions are refused.
/// </remarks>
internal sealed class FindPeople(IMailboxStore store, PersonaXml personas, AddressList directory) : EwsOperation<FindPeople.Request, FindPeople.Page>
{
    private static readonly HashSet<string> QuickContactFolders = ["quickcontacts", "imcontactlist", "mycontacts"];

    internal sealed record Request(PersonaShape Shape, int Offset, int? MaxEntries, bool FromEnd, bool IsRestricted, string? Folder, string? FolderId, string Query);

    internal sealed record Page(PersonaShape Shape, IReadOnlyList<Persona> People, int Total, int First);

    protected override Request Read(RequestReader request)
    {
        var view = request.Element("IndexedPageItemView")!;
        var folder = request.Items("ParentFolderId").SingleOrDefault();
        return new Request(
            request.Element("PersonaShape") is { } shape ? PersonaShape.Read(shape) : PersonaShape.Summary,
            Number(view.Attribute("Offset")!),
            view.Attribute("MaxEntriesReturned") is { } most ? Number(most) : null,
            view.Attribute("BasePoint")!.Value == "End",
            request.Element("Restriction") is not null || request.Element("AggregationRestriction") is not null,
            folder?.Name.LocalName == "DistinguishedFolderId" ? folder.Attribute("Id")!.Value : null,
            folder?.Name.LocalName is "FolderId" or "AddressListId" ? folder.Attribute("Id")!.Value : null,
            request.OptionalText("QueryString") ?? string.Empty);
    }

    protected override async Task<EwsResult<Page>> ExecuteAsync(Request request, Caller caller, CancellationToken cancellation)
    {
        if (request.MaxEntries < 1)
            return EwsError.InvalidPagingMaxRows;
        if (request.Offset < 0)
            return EwsError.InvalidIndexedPagingParameters;
        if (request.IsRestricted)
            return EwsError.UnsupportedQueryFilter;

        var mailbox = await store.ReadAsync(caller.Mailbox, cancellation);
        var inFolder = InFolder(request, mailbox);
        if (!inFolder.Succeeded)
            return inFolder.Error;

        var found = inFolder.Value.Where(persona => persona.Matches(request.Query)).OrderBy(persona => persona.DisplayName, StringComparer.OrdinalIgnoreCase).ToList();
        var count = Math.Min(request.MaxEntries ?? int.MaxValue, Math.Max(0, found.Count - request.Offset));
        var first = request.FromEnd ? Math.Max(0, found.Count - request.Offset - count) : Math.Min(request.Offset, found.Count);
        return new Page(request.Shape, found.GetRange(first, count), found.Count, first);
    }

    protected override void Write(EwsXmlWriter xml, Page result)
    {
        xml.StartMessage("People");
        foreach (var person in result.People)
        {
            xml.StartType("Persona");
            personas.WriteContent(xml, person, result.Shape);
            xml.End();
        }

        xml.End();
        xml.Message("TotalNumberOfPeopleInView", result.Total.ToString(CultureInfo.InvariantCulture));
        xml.Message("FirstMatchingRowIndex", result.First.ToString(CultureInfo.InvariantCulture));
        xml.Message("FirstLoadedRowIndex", result.First.ToString(CultureInfo.InvariantCulture));
    }

    private static int Number(XAttribute attribute) => int.Parse(attribute.Value.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    /// <summary>Without a folder, both the mailbox and, for a query, the directory.</summary>
    private EwsResult<List<Persona>> InFolder(Request request, MailboxState mailbox)
    {
        var quickContacts = mailbox.OrderedContacts.Select(contact => Persona.Of(mailbox, contact));
        var asked = string.IsNullOrWhiteSpace(request.Query) ? [] : directory.Personas(mailbox);
        if (request.FolderId is { } id)
            return id == mailbox.QuickContactsFolderId ? quickContacts.ToList() : EwsError.ItemNotFound;
        return request.Folder switch
        {
            null => quickContacts.Concat(asked).ToList(),
            "directory" => asked.ToList(),
            "contacts" => new List<Persona>(),
            var folder when QuickContactFolders.Contains(folder) => quickContacts.ToList(),
            _ => EwsError.ItemNotFound,
        };
    }
}
