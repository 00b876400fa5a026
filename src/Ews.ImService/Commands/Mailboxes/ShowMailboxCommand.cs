using Ews.ImService.Control.Contract;

namespace Ews.ImService.Commands.Mailboxes;

/// <summary>Prints the content of a mailbox.</summary>
internal sealed class ShowMailboxCommand : ClientCommand
{
    private const string DisplayName = "contacts:DisplayName";

    public ShowMailboxCommand()
        : base("mailboxes show", "Prints the groups and contacts of a mailbox.")
    {
        Remarks = "--json prints all properties, as in a seed document.";
        Argument = new CommandArgument("ADDRESS", "The primary SMTP address of the mailbox.") { IsRequired = true };
        Examples =
        [
            new("ews-im mailboxes show alice@contoso.com", "Prints the groups with their members, and the contacts."),
            new("ews-im mailboxes show alice@contoso.com --json", "Prints the mailbox with all properties."),
        ];
    }

    protected override async Task RunAsync(RunningService service, string? options)
    {
        var response = await service.SendAsync(HttpMethod.Get, "mailboxes/" + Uri.EscapeDataString(options!));
        Print(service, response, ContractJson.Default.SeedMailbox, Lines);
    }

    private static IEnumerable<string> Lines(SeedMailbox mailbox)
    {
        foreach (var group in mailbox.Groups ?? [])
        {
            yield return $"group {group.DisplayName}";
            foreach (var member in group.Members ?? [])
                yield return $"  {member.Contact ?? member.TelUri}";
        }

        foreach (var contact in mailbox.ImContacts ?? [])
            yield return $"IM contact {Named(contact.ImAddress ?? contact.TelUri?.TelUriAddress, contact.DisplayName)}";
        foreach (var contact in mailbox.Contacts ?? [])
        {
            var name = contact.Properties?.GetValueOrDefault(DisplayName)?[0];
            yield return $"contact {name}{(contact.Folder is { } folder ? $" in {folder}" : "")}";
        }
    }

    private static string Named(string? address, string? displayName) =>
        displayName is null || displayName == address ? address ?? "" : $"{address} ({displayName})";
}
