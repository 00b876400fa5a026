using Ews.ImService.Configuration;

namespace Ews.ImService.Commands.Realms;

/// <summary>Deletes a realm.</summary>
internal sealed class DeleteRealmCommand : ClientCommand
{
    public DeleteRealmCommand()
        : base("realms delete", "Deletes a realm.")
    {
        Remarks = "Its mailboxes, snapshots, fault rules, journal and clock are also deleted.";
        Argument = new CommandArgument("NAME", "The name of the realm.") { IsRequired = true };
        Examples = [new("ews-im realms delete my-test", "Deletes the realm 'my-test'.")];
    }

    protected override SettingGroup Connection => ClientOptions.GroupWithoutRealm;

    protected override async Task RunAsync(RunningService service, string? options)
    {
        await service.SendAsync(HttpMethod.Delete, "realms/" + Uri.EscapeDataString(options!));
        Report(service, $"The realm '{options}' was deleted.");
    }
}
