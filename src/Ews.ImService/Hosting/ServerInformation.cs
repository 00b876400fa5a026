using Ews.ImService.Commands;
using Ews.ImService.Control.Contract;
using Ews.ImService.Control.Server;
using Ews.ImService.Settings;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;

namespace Ews.ImService.Hosting;

/// <summary>Describes the service for the control API. Each call lists the settings, so that the start does no work for it.</summary>
/// <param name="settings">The settings of the service.</param>
/// <param name="startedAt">The time at which the service was started.</param>
/// <param name="server">The web server.</param>
internal sealed class ServerInformation(ServiceSettings settings, DateTimeOffset startedAt, IServer server) : IServerInformation
{
    /// <inheritdoc/>
    public ServerState Describe() => new()
    {
        Version = HelpText.Version,
        StartedAt = startedAt,
        EwsUrl = ReachableUrl.OfEws(server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First()).AbsoluteUri,
        Database = settings.DatabaseName,
        Instance = settings.Postgres?.InstanceName,
        Settings = SettingsInForce.List(ServiceSettings.Groups.SelectMany(group => group.Settings), settings.Given).ToList(),
        Warnings = settings.Warnings,
    };
}
