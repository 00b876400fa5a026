using Ews.ImService.Configuration;

namespace Ews.ImService.Commands;

/// <summary>Determines whether a running service is ready.</summary>
internal sealed class HealthcheckCommand : Command<HealthcheckCommand.CommandOptions>
{
    private const int MaxSeconds = 24 * 60 * 60;

    private static readonly Setting<int?> Wait = Setting.Optional<int?>(
        "Client:WaitSeconds",
        "The time in seconds to wait for a service that is starting.",
        text => ParseSeconds(text).Select(seconds => (int?)seconds),
        "number") with
    {
        ShortName = "--wait",
        DefaultText = "no wait",
    };

    public HealthcheckCommand()
        : base("healthcheck", "Exits with code 0 if a running service is ready; otherwise, with code 1.")
    {
        Examples = [new("ews-im healthcheck", "Prints 'ready' if the service on this machine is ready.")];
    }

    public override IEnumerable<SettingGroup> Options =>
        [new("Options", Wait, ClientOptions.Json), new("Connection", ClientOptions.UrlOption)];

    /// <summary>Parses the time to wait.</summary>
    public static Parsed<int> ParseSeconds(string text) => Setting.ParsePositive(text, MaxSeconds);

    /// <summary>Waits until the service is ready.</summary>
    public static async Task RunAsync(ClientOptions client, TimeSpan timeout)
    {
        using var service = new RunningService(client);
        await service.WaitUntilReadyAsync(timeout);
        Console.WriteLine(client.AsJson ? """{ "ready": true }""" : "ready");
    }

    protected override CommandOptions Read(SettingValues values, string? argument) =>
        new(ClientOptions.Read(values), TimeSpan.FromSeconds(values.Get(Wait) ?? 0));

    protected override Task RunAsync(CommandOptions options) => RunAsync(options.Client, options.Timeout);

    /// <summary>The options of the command.</summary>
    internal sealed record CommandOptions(ClientOptions Client, TimeSpan Timeout);
}
