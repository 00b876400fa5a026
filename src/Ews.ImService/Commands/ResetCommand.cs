using Ews.ImService.Configuration;

namespace Ews.ImService.Commands;

/// <summary>Resets a running service to its initial state.</summary>
internal sealed class ResetCommand()
    : Command<ResetCommand.CommandOptions>("reset", "Resets a realm or a mailbox of a running service to its initial state.")
{
    private static readonly Setting<bool> AllRealms = Setting.Flag("Client:AllRealms", "--all-realms", "Resets all realms.");

    public override IEnumerable<SettingGroup> Options => [new("Options", ClientOptions.Mailbox, AllRealms), ClientOptions.Group];

    protected override CommandOptions Read(SettingValues values, string? argument)
    {
        var options = new CommandOptions(ClientOptions.Read(values), values.Get(ClientOptions.Mailbox), values.Get(AllRealms));
        if (options.AllRealms && (options.Mailbox ?? options.Client.Realm) is not null)
            values.Reject("--all-realms cannot be combined with --mailbox, or with a realm in --realm or --url.");
        return options;
    }

    protected override async Task RunAsync(CommandOptions options)
    {
        using var service = new RunningService(options.Client);
        var filter = options.AllRealms ? "?realms=all" : options.Mailbox is { } mailbox ? "?mailbox=" + Uri.EscapeDataString(mailbox) : "";
        await service.SendAsync(HttpMethod.Post, "reset" + filter);
        var subject = options.AllRealms ? "All realms were"
            : options.Mailbox is not null ? $"The mailbox {options.Mailbox} was"
            : options.Client.Realm is { } realm ? $"The realm '{realm}' was"
            : "The default realm was";
        Console.WriteLine($"{subject} reset to the initial state.");
    }

    /// <summary>The options of the command.</summary>
    internal sealed record CommandOptions(ClientOptions Client, string? Mailbox, bool AllRealms);
}
