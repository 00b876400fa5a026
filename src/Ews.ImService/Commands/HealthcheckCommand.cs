using Ews.ImService.Configuration;

namespace Ews.ImService.Commands;

/// <summary>Determines whether a running service is ready.</summary>
internal sealed class HealthcheckCommand() : Command<HealthcheckCommand.CommandOptions>(
    "healthcheck", "Exits with code 0 if a running service is ready; otherwise, with code 1.")
{
    private static readonly Setting<int?> Wait = Setting.Optional<int?>(
        "Client:WaitSeconds",
        "The time in seconds to wait for a service that is starting.",
        text => Setting.ParsePositive(text, maximum: 24 * 60 * 60).Select(seconds => (int?)seconds),
        "number") with
    {
        ShortName = "--wait",
        DefaultText = "no wait",
    };

    public override IEnumerable<SettingGroup> Options => [new("Options", Wait), new("Connection", ClientOptions.UrlOption)];

    protected override CommandOptions Read(SettingValues values, string? argument) =>
        new(ClientOptions.Read(values), TimeSpan.FromSeconds(values.Get(Wait) ?? 0));

    protected override async Task RunAsync(CommandOptions options)
    {
        using var service = new RunningService(options.Client);
        await service.WaitUntilReadyAsync(options.Timeout);
        Console.WriteLine("ready");
    }

    /// <summary>The options of the command.</summary>
    internal sealed record CommandOptions(ClientOptions Client, TimeSpan Timeout);
}
