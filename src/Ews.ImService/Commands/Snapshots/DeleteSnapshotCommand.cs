namespace Ews.ImService.Commands.Snapshots;

/// <summary>Deletes a snapshot.</summary>
internal sealed class DeleteSnapshotCommand : ClientCommand
{
    public DeleteSnapshotCommand()
        : base("snapshots delete", "Deletes a snapshot of a realm.")
    {
        Argument = new CommandArgument("NAME", "The name of the snapshot.") { IsRequired = true };
        Examples = [new("ews-im snapshots delete start", "Deletes the snapshot 'start' of the default realm.")];
    }

    protected override async Task RunAsync(RunningService service, string? options)
    {
        await service.SendAsync(HttpMethod.Delete, $"snapshots/{Uri.EscapeDataString(options!)}");
        Report(service, $"The snapshot '{options}' of {service.Options.RealmText} was deleted.");
    }
}
