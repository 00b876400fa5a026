using System.ComponentModel.DataAnnotations;
using Ews.ImService.Control.Contract;
using Ews.ImService.Control.Journal;
using Ews.ImService.Control.Realms;
using Ews.ImService.Control.Replays;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace Ews.ImService.Control.Api;

/// <summary>The journal of a realm.</summary>
internal static class JournalEndpoints
{
    private const int MaxTimeout = 10 * 60 * 1000;
    private const int DefaultTimeout = 5000;
    private const int DefaultReplayTimeout = 30_000;

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/journal", ListAsync).WithName("listJournal");
        api.MapGet("/journal/count", CountAsync).WithName("countJournal");
        api.MapGet("/journal/wait", WaitAsync).WithName("waitForJournal");
        api.MapGet("/journal/{id:long}", ReadAsync).WithName("readJournal");
        api.MapPost("/journal/{id:long}/replay", ReplayAsync).WithName("replayJournal");
        api.MapDelete("/journal", ClearAsync).WithName("clearJournal");
    }

    /// <summary>Lists the journal entries of the realm in the order of arrival.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="ids">The range of the ids.</param>
    /// <param name="limit">The maximum number of entries; older ones are omitted.</param>
    /// <param name="bodies"><c>true</c> to include headers and bodies.</param>
    /// <param name="realm">The realm.</param>
    /// <param name="cancellationToken">A token that cancels the request.</param>
    private static async Task<Ok<JournalPage>> ListAsync(
        [AsParameters] JournalFilter filter,
        [AsParameters] JournalRange ids,
        [Range(0, int.MaxValue)] int? limit,
        bool? bodies,
        Realm realm,
        CancellationToken cancellationToken)
    {
        var found = await realm.Journal.FindAsync(filter with { Ids = ids }, cancellationToken);
        return Page(limit is { } newest ? found with { Entries = [.. found.Entries.TakeLast(newest)] } : found, bodies);
    }

    /// <summary>Counts the journal entries that match a filter.</summary>
    private static async Task<Ok<JournalCount>> CountAsync(
        [AsParameters] JournalFilter filter, [AsParameters] JournalRange ids, Realm realm, CancellationToken cancellationToken)
    {
        var found = await realm.Journal.FindAsync(filter with { Ids = ids }, cancellationToken);
        return TypedResults.Ok(new JournalCount(found.Entries.Count));
    }

    /// <summary>Waits until a number of journal entries match a filter; returns the status 504 if the timeout expires.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="ids">The range of the ids.</param>
    /// <param name="count">The number of entries; the default is 1.</param>
    /// <param name="version">The version of the journal after which it must have changed; the default is any version.</param>
    /// <param name="timeoutMilliseconds">The timeout in milliseconds; the default is 5000.</param>
    /// <param name="bodies"><c>true</c> to include headers and bodies.</param>
    /// <param name="realm">The realm.</param>
    /// <param name="registry">The realms.</param>
    /// <param name="lifetime">The lifetime of the service.</param>
    /// <param name="options">The limits.</param>
    /// <param name="cancellationToken">A token that cancels the request.</param>
    private static async Task<Results<Ok<JournalPage>, ProblemHttpResult>> WaitAsync(
        [AsParameters] JournalFilter filter,
        [AsParameters] JournalRange ids,
        [Range(0, int.MaxValue)] int? count,
        [Range(0, JournalFilter.MaxId)] long? version,
        [Range(0, MaxTimeout)] int? timeoutMilliseconds,
        bool? bodies,
        Realm realm,
        [FromServices] RealmRegistry registry,
        [FromServices] IHostApplicationLifetime lifetime,
        [FromServices] ControlOptions options,
        CancellationToken cancellationToken)
    {
        using var wait = realm.TryBeginJournalWait();
        if (wait is null)
            return TooManyWaits(options);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        var (wanted, timeout) = (count ?? 1, timeoutMilliseconds ?? DefaultTimeout);
        try
        {
            var found = await realm.Journal.WaitAsync(
                filter with { Ids = ids }, wanted, version, TimeSpan.FromMilliseconds(timeout), end.Token);
            await registry.States.ConfirmAsync(realm.Name, end.Token);
            if (realm.IsDeleted)
                return Problem.NotFound($"The realm '{realm.Name}' was deleted.");
            if (found.Entries.Count >= wanted && found.Version != version)
                return Page(found, bodies);
            var unchanged = found.Version == version ? ", and the journal did not change" : "";
            return Problem.Create(
                StatusCodes.Status504GatewayTimeout,
                $"Within {timeout} ms, {found.Entries.Count} of {wanted} requests matched the filter{unchanged}.");
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            return Problem.Create(StatusCodes.Status503ServiceUnavailable, "The service is shutting down.");
        }
    }

    /// <summary>Returns the response to a call that cannot wait or stream events, because too many others do.</summary>
    internal static ProblemHttpResult TooManyWaits(ControlOptions options) => Problem.Create(
        StatusCodes.Status409Conflict,
        $"The limit of {options.MaxJournalWaits} waiting calls and event streams (Control:MaxJournalWaits) is reached.");

    /// <summary>Returns a journal entry with headers and bodies. Credentials are redacted.</summary>
    /// <param name="id">The id of the entry.</param>
    /// <param name="realm">The realm.</param>
    /// <param name="cancellationToken">A token that cancels the request.</param>
    private static async Task<Results<Ok<JournalEntry>, ProblemHttpResult>> ReadAsync(
        [Range(1, JournalFilter.MaxId)] long id, Realm realm, CancellationToken cancellationToken) =>
        await realm.Journal.FindAsync(id, cancellationToken) is { } request
            ? TypedResults.Ok(request.ToEntry(withBodies: true))
            : await NotFoundAsync(id, realm, cancellationToken);

    /// <summary>Sends a recorded request to the realm again, as the same user, and returns its journal entry with headers and bodies.
    /// </summary>
    /// <param name="id">The id of the entry.</param>
    /// <param name="timeoutMilliseconds">The time in milliseconds after which the client of the request disconnects; the default is
    /// 30000.</param>
    /// <param name="realm">The realm.</param>
    /// <param name="context">The control call.</param>
    /// <param name="replay">Sends the request.</param>
    private static async Task<Results<Ok<JournalEntry>, ProblemHttpResult>> ReplayAsync(
        [Range(1, JournalFilter.MaxId)] long id,
        [Range(0, MaxTimeout)] int? timeoutMilliseconds,
        Realm realm,
        HttpContext context,
        [FromServices] RequestReplay replay)
    {
        if (await realm.Journal.FindAsync(id, context.RequestAborted) is not { } recorded)
            return await NotFoundAsync(id, realm, context.RequestAborted);
        var timeout = TimeSpan.FromMilliseconds(timeoutMilliseconds ?? DefaultReplayTimeout);
        var reason = recorded.IsRequestRedacted ? "credentials were removed from its body" : "its body was not received";
        return await replay.SendAsync(recorded, realm, context, timeout) switch
        {
            null => Problem.Create(StatusCodes.Status409Conflict, $"Request {id} cannot be replayed, because {reason}."),
            { Id: 0 } => Problem.Create(
                StatusCodes.Status507InsufficientStorage,
                $"Request {id} was sent again, but its new entry is not in the journal: the journal was cleared, or the database cannot be "
                + "used."),
            var entry => TypedResults.Ok(entry.ToEntry(withBodies: true)),
        };
    }

    /// <summary>Deletes all journal entries.</summary>
    private static async Task<NoContent> ClearAsync(Realm realm)
    {
        await realm.Journal.ClearAsync();
        return TypedResults.NoContent();
    }

    private static async ValueTask<ProblemHttpResult> NotFoundAsync(long id, Realm realm, CancellationToken cancellationToken) =>
        Problem.NotFound(id <= await realm.Journal.FindLastIdAsync(cancellationToken)
            ? $"Request {id} was evicted from the journal."
            : $"Request {id} has not arrived yet.");

    private static Ok<JournalPage> Page(JournalSnapshot found, bool? bodies) => TypedResults.Ok(new JournalPage
    {
        Count = found.Entries.Count,
        Version = found.Version,
        EvictedThroughId = found.EvictedThroughId,
        Entries = [.. found.Entries.Select(request => request.ToEntry(bodies == true))],
    });
}
