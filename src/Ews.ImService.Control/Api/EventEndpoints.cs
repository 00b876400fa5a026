using System.ComponentModel.DataAnnotations;
using Ews.ImService.Control.Contract;
using Ews.ImService.Control.Events;
using Ews.ImService.Control.Journal;
using Ews.ImService.Control.Realms;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace Ews.ImService.Control.Api;

/// <summary>The events of a realm.</summary>
internal static class EventEndpoints
{
    private const string LastEventId = "Last-Event-ID";
    private const int MaxLimit = 1000;
    private const int DefaultLimit = 100;

    /// <summary>The types of the data of the events, for the OpenAPI document.</summary>
    public static IReadOnlyList<Type> DataTypes { get; } = [typeof(JournalChanges), typeof(RealmChanges)];

    public static void Map(RouteGroupBuilder api) => api.MapGet("/events", Stream).WithName("streamEvents");

    /// <summary>Streams server-sent events: journal entries, and what was changed in the realm. The header Last-Event-ID continues after an
    /// event.</summary>
    /// <param name="filter">The filter of the journal entries.</param>
    /// <param name="limit">The maximum number of journal entries in one event; older ones are skipped. The default is 100.</param>
    /// <param name="realm">The realm.</param>
    /// <param name="context">The HTTP request.</param>
    /// <param name="streams">The event streams.</param>
    /// <param name="lifetime">The lifetime of the service.</param>
    /// <param name="options">The limits.</param>
    private static Results<ServerSentEventsResult<string>, ProblemHttpResult> Stream(
        [AsParameters] JournalFilter filter,
        [Range(1, MaxLimit)] int? limit,
        Realm realm,
        HttpContext context,
        [FromServices] EventStreams streams,
        [FromServices] IHostApplicationLifetime lifetime,
        [FromServices] ControlOptions options)
    {
        if (realm.TryBeginJournalWait() is not { } wait)
            return JournalEndpoints.TooManyWaits(options);
        context.Response.RegisterForDispose(wait);
        string? lastEventId = context.Request.Headers[LastEventId];
        var events = streams.ReadAsync(
            realm, filter, limit ?? DefaultLimit, lastEventId, lifetime.ApplicationStopping, context.RequestAborted);
        return TypedResults.ServerSentEvents(events);
    }
}
