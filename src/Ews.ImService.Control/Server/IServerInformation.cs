using Ews.ImService.Control.Contract;

namespace Ews.ImService.Control.Server;

/// <summary>Describes the service. The application implements it.</summary>
internal interface IServerInformation
{
    /// <summary>Returns the settings and the state of the service, without secrets.</summary>
    ServerState Describe();
}
