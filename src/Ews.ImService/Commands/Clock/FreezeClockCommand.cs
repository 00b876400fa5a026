using System.Text.Json;
using Ews.ImService.Configuration;
using Ews.ImService.Control.Contract;

namespace Ews.ImService.Commands.Clock;

/// <summary>Freezes the clock of a realm.</summary>
internal sealed class FreezeClockCommand : ClientCommand<ClockFreeze>
{
    public FreezeClockCommand()
        : base("clock freeze", "Freezes the clock of a realm.")
    {
        Argument = new CommandArgument(
            "TIME", "The time at which the clock is frozen, such as 2026-11-21T08:30:00Z; a time without offset is UTC. Without it, the "
                + "clock is frozen at its current time.");
        Examples =
        [
            new("ews-im clock freeze", "Freezes the clock of the default realm at its current time."),
            new("ews-im clock freeze 2026-11-21T08:30:00Z", "Freezes it at this time."),
        ];
    }

    protected override ClockFreeze Read(SettingValues values, string? argument, ClientOptions client)
    {
        if (argument is null)
            return new ClockFreeze();
        if (!UtcTimeConverter.TryParse(argument, out var time))
            values.Reject($"TIME must be a time such as 2026-11-21T08:30:00Z, but is '{argument}'.");
        return new ClockFreeze { At = time };
    }

    protected override async Task RunAsync(RunningService service, ClockFreeze options)
    {
        var body = JsonSerializer.Serialize(options, ContractJson.Default.ClockFreeze);
        Print(service, await service.SendAsync(HttpMethod.Put, "clock", body), ContractJson.Default.ClockState, ClockText.Lines);
    }
}
