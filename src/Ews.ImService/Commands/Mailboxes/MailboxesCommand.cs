using System.Globalization;
using Ews.ImService.Configuration;
using Ews.ImService.Control.Contract;

namespace Ews.ImService.Commands.Mailboxes;

/// <summary>Lists mailboxes.</summary>
internal sealed class MailboxesCommand : ClientCommand<string>
{
    private static readonly Setting<string?> Search = Setting.OptionalText(
        "Client:Search", "Lists only the mailboxes whose address contains this text, regardless of case.") with
    {
        ShortName = "--search",
    };

    public MailboxesCommand()
        : base("mailboxes", "Lists the mailboxes of a realm.")
    {
        Examples =
        [
            new("ews-im mailboxes", "Lists the mailboxes of the default realm."),
            new("ews-im mailboxes --search contoso.com --realm my-test", "Lists those of the realm 'my-test' in a domain."),
        ];
    }

    protected override IEnumerable<Setting> OwnOptions => [Search];

    protected override string Read(SettingValues values, string? argument, ClientOptions client) =>
        values.Get(Search) is { } text ? "?search=" + Uri.EscapeDataString(text) : "";

    protected override async Task RunAsync(RunningService service, string options) =>
        Print(service, await service.SendAsync(HttpMethod.Get, "mailboxes" + options), ContractJson.Default.MailboxList, Lines);

    private static IEnumerable<string> Lines(MailboxList list) => TextTable.Lines(
        ["ADDRESS", "GROUPS", "IM CONTACTS", "CONTACTS"],
        [.. list.Mailboxes.Select(mailbox => new[]
        {
            mailbox.SmtpAddress,
            mailbox.Groups.ToString(CultureInfo.InvariantCulture),
            mailbox.ImContacts.ToString(CultureInfo.InvariantCulture),
            mailbox.Contacts.ToString(CultureInfo.InvariantCulture),
        })]);
}
