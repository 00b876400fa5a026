using Ews.ImService.Configuration;

namespace Ews.ImService.Commands;

/// <summary>Resets a running service to its initial state.</summary>
internal sealed class ResetCommand : ClientCommand<ResetCommand.CommandOptions>
{
    private static readonly Setting<bool> AllRealms = Setting.Flag("Client:AllRealms", "--all-realms", "Resets all realms.");

    public ResetCommand()
        : base("reset", "Resets a realm or a mailbox of a running service to its initial state.")
    {
        Examples =
        [
            new("ews-im reset", "Resets the mailboxes, fault rules, journal and clock of the default realm."),
            new("ews-im reset --mailbox alice@contoso.com --realm my-test", "Resets one mailbox of the realm 'my-test'."),
            new("ews-im reset --all-realms", "Resets all realms."),
        ];
    }

    protected override IEnumerable<Setting> OwnOptions => [ClientOptions.Mailbox, AllRealms];

    protected override CommandOptions Read(SettingValues values, string? argument, ClientOptions client)
    {
        var options = new CommandOptions(values.Get(ClientOptions.Mailbox), values.Get(AllRealms));
        if (options.AllRealms && (options.Mailbox ?? client.Realm) is not null)
            values.Reject("--all-realms cannot be combined with --mailbox, or with a realm in --realm or --url.");
        return options;
    }

    protected override async Task RunAsync(RunningService service, CommandOptions options)
    {
        var existed = options.Mailbox is { } address && await ExistsAsync(service, address);
        var filter = options.AllRealms ? "?realms=all" : options.Mailbox is { } mailbox ? "?mailbox=" + Uri.EscapeDataString(mailbox) : "";
        await service.SendAsync(HttpMethod.Post, "reset" + filter);
        if (options.Mailbox is not null && !existed && !await ExistsAsync(service, options.Mailbox))
            throw new StartException($"The mailbox {options.Mailbox} does not exist in {service.Options.RealmText}.");
        var subject = options.AllRealms ? "All realms were"
            : options.Mailbox is not null ? $"The mailbox {options.Mailbox} was"
            : service.Options.Realm is { } realm ? $"The realm '{realm}' was"
            : "The default realm was";
        Report(service, $"{subject} reset to the initial state.");
    }

    /// <summary>Determines whether a mailbox exists. The control API resets a mailbox that does not exist without an error, because the
    /// initial state may contain it.</summary>
    private static async Task<bool> ExistsAsync(RunningService service, string mailbox) =>
        await service.FindAsync("mailboxes/" + Uri.EscapeDataString(mailbox)) is not null;

    /// <summary>The options of the command.</summary>
    internal sealed record CommandOptions(string? Mailbox, bool AllRealms);
}
