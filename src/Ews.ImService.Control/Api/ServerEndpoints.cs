using System.ComponentModel.DataAnnotations;
using Ews.ImService.Control.Contract;
using Ews.ImService.Control.Journal;
using Ews.ImService.Control.Server;
using Ews.ImService.Protocol;
using Ews.ImService.Protocol.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Ews.ImService.Control.Api;

/// <summary>The service and its log.</summary>
internal static class ServerEndpoints
{
    private const int MaxLines = 1000;
    private const int DefaultLines = 500;

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/server", Describe).WithName("describeServer");
        api.MapGet("/log", ReadLog).WithName("readLog");
    }

    /// <summary>Returns the version, the settings in force without secrets, and the warnings of the service.</summary>
    /// <param name="context">The HTTP request.</param>
    /// <param name="server">The service.</param>
    private static Ok<ServerState> Describe(HttpContext context, [FromServices] IServerInformation server)
    {
        var state = server.Describe();
        return TypedResults.Ok(RequestUrl.IsForwarded(context.Request)
            ? state with { EwsUrl = RequestUrl.Create(context, EwsOptions.Path).AbsoluteUri }
            : state);
    }

    /// <summary>Returns the newest events of the log, of which the service keeps 1,000.</summary>
    /// <param name="after">Returns only events with a greater id.</param>
    /// <param name="limit">The maximum number of events; the default is 500.</param>
    /// <param name="log">The log.</param>
    private static Ok<LogPage> ReadLog(
        [Range(0, JournalFilter.MaxId)] long? after, [Range(1, MaxLines)] int? limit, [FromServices] ILogTail log) =>
        TypedResults.Ok(log.Read(after ?? 0, limit ?? DefaultLines));
}
