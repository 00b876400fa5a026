using Ews.ImService.Control.Contract;

namespace Ews.ImService.Commands.Clock;

/// <summary>Prints the time of a realm.</summary>
internal sealed class ClockCommand : ClientCommand
{
    public ClockCommand()
        : base("clock", "Prints the time of a realm.")
    {
        Examples = [new("ews-im clock", "Prints the time of the default realm, and whether its clock is frozen.")];
    }

    protected override async Task RunAsync(RunningService service, string? options) =>
        Print(service, await service.SendAsync(HttpMethod.Get, "clock"), ContractJson.Default.ClockState, ClockText.Lines);
}
