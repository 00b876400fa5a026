using System.Text.Json;
using Ews.ImService.Configuration;
using Ews.ImService.Control.Contract;

namespace Ews.ImService.Commands.Clock;

/// <summary>Moves the clock of a realm.</summary>
internal sealed class AdvanceClockCommand : ClientCommand<ClockAdvance>
{
    public AdvanceClockCommand()
        : base("clock advance", "Moves the clock of a realm.")
    {
        Remarks = "Timeouts and heartbeats of subscriptions include the time. A frozen clock remains frozen.";
        Argument = new CommandArgument(
            "DURATION",
            "The time by which the clock is moved: days, hours, minutes, seconds and milliseconds, such as 90s, 1h30m or 250ms, or "
                + "ISO 8601, such as PT1H30M. A negative duration moves the clock back.")
        {
            IsRequired = true,
        };
        Examples =
        [
            new("ews-im clock advance 1h30m", "Moves the clock of the default realm forward."),
            new("ews-im clock advance -90s", "Moves it back."),
        ];
    }

    protected override ClockAdvance Read(SettingValues values, string? argument, ClientOptions client)
    {
        var parsed = Duration.Parse(argument!);
        if (parsed.Violation is { } violation)
            values.Reject($"DURATION must be {violation.Rule}, but is '{argument}'.");
        return new ClockAdvance { Milliseconds = parsed.Value };
    }

    protected override async Task RunAsync(RunningService service, ClockAdvance options)
    {
        var body = JsonSerializer.Serialize(options, ContractJson.Default.ClockAdvance);
        Print(service, await service.SendAsync(HttpMethod.Post, "clock/advance", body), ContractJson.Default.ClockState, ClockText.Lines);
    }
}
