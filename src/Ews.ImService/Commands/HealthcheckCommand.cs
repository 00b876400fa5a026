using Ews.ImService.Configuration;

namespace Ews.ImService.Commands;

/// <summary>Determines whether a running service is ready.</summary>
internal sealed class HealthcheckCommand()
    : Command<ClientOptions>("healthcheck", "Exits with code 0 if a running service is ready; otherwise, with code 1.")
{
    public override IEnumerable<SettingGroup> Options => [new("Connection", ClientOptions.UrlOption)];

    protected override ClientOptions Read(SettingValues values, string? argument) => ClientOptions.Read(values);

    protected override async Task RunAsync(ClientOptions options)
    {
        using var service = new RunningService(options);
        await service.EnsureReadyAsync();
        Console.WriteLine("ready");
    }
}
