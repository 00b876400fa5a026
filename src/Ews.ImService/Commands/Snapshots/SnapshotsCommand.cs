using System.Globalization;
using Ews.ImService.Control.Contract;

namespace Ews.ImService.Commands.Snapshots;

/// <summary>Lists snapshots.</summary>
internal sealed class SnapshotsCommand : ClientCommand
{
    public SnapshotsCommand()
        : base("snapshots", "Lists the snapshots of a realm.")
    {
        Examples = [new("ews-im snapshots", "Lists the snapshots of the default realm.")];
    }

    protected override async Task RunAsync(RunningService service, string? options) =>
        Print(service, await service.SendAsync(HttpMethod.Get, "snapshots"), ContractJson.Default.SnapshotList, Lines);

    private static IEnumerable<string> Lines(SnapshotList list) => TextTable.Lines(
        ["NAME", "TIME", "MAILBOXES"],
        [.. list.Details.Select(snapshot => new[]
        {
            snapshot.Name,
            UtcTime.Format(snapshot.TakenAt),
            snapshot.Mailboxes.ToString(CultureInfo.InvariantCulture),
        })]);
}
