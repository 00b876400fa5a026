using Ews.ImService.Configuration;

namespace Ews.ImService.Commands;

/// <summary>Determines whether a running service is ready.</summary>
internal sealed class HealthcheckCommand : Command<ClientOptions>
{
    /// <inheritdoc/>
    public override string Name => "healthcheck";

    /// <inheritdoc/>
    public override string Summary => "Exits with code 0 if a running service is ready; otherwise, with code 1.";

    /// <inheritdoc/>
    public override IReadOnlyList<SettingGroup> Options => [new("Connection", ClientOptions.UrlOption)];

    /// <inheritdoc/>
    protected override ClientOptions Read(SettingValues values, string? argument) => ClientOptions.Read(values);

    /// <inheritdoc/>
    protected override async Task RunAsync(ClientOptions options)
    {
        using var service = new RunningService(options);
        await service.EnsureReadyAsync();
        Console.WriteLine("ready");
    }
}
