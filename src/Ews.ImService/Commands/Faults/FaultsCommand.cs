using Ews.ImService.Control.Contract;

namespace Ews.ImService.Commands.Faults;

/// <summary>Lists fault rules.</summary>
internal sealed class FaultsCommand : ClientCommand
{
    public FaultsCommand()
        : base("faults", "Lists the fault rules of a realm.")
    {
        Remarks = "The rules are listed in the order in which they are matched, each with the numbers of requests that it matched and that "
            + "triggered it, and with the arguments of 'faults add'.";
        Examples = [new("ews-im faults", "Lists the fault rules of the default realm.")];
    }

    protected override async Task RunAsync(RunningService service, string? options) =>
        Print(service, await service.SendAsync(HttpMethod.Get, "faults"), ContractJson.Default.FaultRuleList, FaultText.Lines);
}
