namespace Ews.ImService.Commands.Snapshots;

/// <summary>Takes a snapshot.</summary>
internal sealed class TakeSnapshotCommand : ClientCommand
{
    public TakeSnapshotCommand()
        : base("snapshots take", "Takes a snapshot of all mailboxes of a realm.")
    {
        Remarks = "The service keeps the snapshot in memory, until it stops.";
        Argument = new CommandArgument("NAME", "The name of the snapshot; one with the same name is replaced.") { IsRequired = true };
        Examples = [new("ews-im snapshots take start", "Takes the snapshot 'start' of the default realm.")];
    }

    protected override async Task RunAsync(RunningService service, string? options)
    {
        await service.SendAsync(HttpMethod.Put, $"snapshots/{Uri.EscapeDataString(options!)}");
        Report(service, $"The snapshot '{options}' of {service.Options.RealmText} was taken.");
    }
}
