using Ews.ImService.Configuration;

namespace Ews.ImService.Commands;

/// <summary>Waits until a service is ready.</summary>
internal sealed class WaitCommand : Command<WaitCommand.CommandOptions>
{
    private const int DefaultSeconds = 30;

    public WaitCommand()
        : base("wait", "Waits until a service is ready, or exits with code 1 after a timeout.")
    {
        Argument = new CommandArgument("SECONDS", $"The time in seconds to wait for the service. [default: {DefaultSeconds}]");
        Examples =
        [
            new("ews-im wait", "Waits until the service on this machine is ready, for 30 seconds at most."),
            new("ews-im wait 120 --url http://localhost:5080", "Waits for another service, for two minutes at most."),
        ];
    }

    public override IEnumerable<SettingGroup> Options =>
        [new("Options", ClientOptions.Json), new("Connection", ClientOptions.UrlOption)];

    protected override CommandOptions Read(SettingValues values, string? argument)
    {
        var seconds = argument is null ? DefaultSeconds : HealthcheckCommand.ParseSeconds(argument);
        if (seconds.Violation is { } violation)
            values.Reject($"SECONDS must be {violation.Rule}, but is '{argument}'.");
        return new CommandOptions(ClientOptions.Read(values), TimeSpan.FromSeconds(seconds.Value));
    }

    protected override Task RunAsync(CommandOptions options) => HealthcheckCommand.RunAsync(options.Client, options.Timeout);

    /// <summary>The options of the command.</summary>
    internal sealed record CommandOptions(ClientOptions Client, TimeSpan Timeout);
}
