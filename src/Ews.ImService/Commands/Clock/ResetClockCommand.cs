using Ews.ImService.Control.Contract;

namespace Ews.ImService.Commands.Clock;

/// <summary>Resumes the clock of a realm.</summary>
internal sealed class ResetClockCommand : ClientCommand
{
    public ResetClockCommand()
        : base("clock reset", "Resumes the clock of a realm at the current system time.")
    {
        Examples = [new("ews-im clock reset", "Resumes the clock of the default realm.")];
    }

    protected override async Task RunAsync(RunningService service, string? options) =>
        Print(service, await service.SendAsync(HttpMethod.Delete, "clock"), ContractJson.Default.ClockState, ClockText.Lines);
}
