namespace Ews.ImService.Commands.Snapshots;

/// <summary>Restores a snapshot.</summary>
internal sealed class RestoreSnapshotCommand : ClientCommand
{
    public RestoreSnapshotCommand()
        : base("snapshots restore", "Replaces all mailboxes of a realm with those of a snapshot.")
    {
        Argument = new CommandArgument("NAME", "The name of the snapshot.") { IsRequired = true };
        Examples = [new("ews-im snapshots restore start", "Replaces the mailboxes of the default realm.")];
    }

    protected override async Task RunAsync(RunningService service, string? options)
    {
        await service.SendAsync(HttpMethod.Post, $"snapshots/{Uri.EscapeDataString(options!)}/restore");
        Report(service, $"The snapshot '{options}' of {service.Options.RealmText} was restored.");
    }
}
