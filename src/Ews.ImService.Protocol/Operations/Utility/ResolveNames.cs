using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Operations.Items;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.Utility;

/// <summary>Finds whom a part of a name or address may mean, in the directory and among the ordinary contacts.</summary>
/// <remarks>Learn: "ResolveNames operation". Exchange 2007 and later.</remarks>
internal sealed class ResolveNames(IMailboxStore store, AddressList directory) : BatchOperation<ResolveNames.Request, ResolveNames.Found>
{
    /// <summary>As many as Exchange returns at most.</summary>
    private const int MaxResolutions = 100;

    private static readonly string[] RoutingTypes = ["smtp:", "sip:"];

    internal sealed record Request(string Entry, string Scope, bool ReturnsFullContactData);

    internal sealed record Found(List<MailboxItem> People, int Total, bool ReturnsFullContactData);

    public override string SinceVersion => "Exchange2007";

    public override string Limits => "Contacts are those of the Contacts folder, whatever ParentFolderIds says; distribution groups are not found.";

    protected override Request Read(RequestReader request)
    {
        var entry = request.Text("UnresolvedEntry").Trim();
        var routingType = RoutingTypes.FirstOrDefault(type => entry.StartsWith(type, StringComparison.OrdinalIgnoreCase));
        return new Request(
            routingType is null ? entry : entry[routingType.Length..],
            request.Attribute("SearchScope") ?? "ActiveDirectoryContacts",
            request.Attribute("ReturnFullContactData")!.Trim() is "true" or "1");
    }

    protected override async Task<IReadOnlyList<EwsResult<Found>>> ExecuteAsync(Request request, Caller caller, CancellationToken cancellation)
    {
        var mailbox = await store.ReadAsync(caller.Mailbox, cancellation);
        var users = directory.Users.Select(user => new MailboxItem(string.Empty, string.Empty, MailboxFolder.Contacts, user.Properties));
        var contacts = mailbox.ItemsIn(MailboxFolder.Contacts).Where(contact => contact.Properties[ContactPath.EmailAddress1] is { Length: > 0 });
        var searched = request.Scope switch
        {
            "ActiveDirectory" => users,
            "Contacts" => contacts,
            "ContactsActiveDirectory" => contacts.Concat(users),
            _ => users.Concat(contacts),
        };

        var people = request.Entry.Length == 0 ? [] : searched.Where(person => SearchWords.Match([person.Properties], request.Entry)).ToList();
        return [people.Count == 0 ? EwsError.NameResolutionNoResults : new Found(people.Take(MaxResolutions).ToList(), people.Count, request.ReturnsFullContactData)];
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
                ItemXml.WriteResolved(xml, person, isOfDirectory: person.Id.Length == 0);
            xml.End();
        }

        xml.End();
    }

    private static void WriteMailbox(EwsXmlWriter xml, MailboxItem person)
    {
        var isOfDirectory = person.Id.Length == 0;
        xml.StartType("Mailbox");
        xml.Type("Name", person.Properties[ContactPath.DisplayName] ?? string.Empty);
        xml.Type("EmailAddress", person.Properties[ContactPath.EmailAddress1]!);
        xml.Type("RoutingType", "SMTP");
        xml.Type("MailboxType", isOfDirectory ? "Mailbox" : "Contact");
        if (!isOfDirectory)
            ItemIdXml.Write(xml, "ItemId", person.Id, person.ChangeKey);
        xml.End();
    }
}
