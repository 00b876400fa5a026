using Ews.ImService.Control.Contract;
using Ews.ImService.Control.Realms;
using Ews.ImService.Control.Rules;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Ews.ImService.Control.Api;

/// <summary>Snapshots of the mailboxes of a realm.</summary>
internal static class SnapshotEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/snapshots", List).WithName("listSnapshots");
        api.MapPut("/snapshots/{name}", TakeAsync).WithName("takeSnapshot");
        api.MapPost("/snapshots/{name}/restore", RestoreAsync).WithName("restoreSnapshot");
        api.MapDelete("/snapshots/{name}", DeleteAsync).WithName("deleteSnapshot");
    }

    /// <summary>Lists the snapshots of the realm.</summary>
    private static Ok<SnapshotList> List(Realm realm)
    {
        var details = realm.Snapshots.All
            .Select(snapshot => new SnapshotSummary(snapshot.Name, snapshot.TakenAt, snapshot.MailboxCount))
            .ToList();
        return TypedResults.Ok(new SnapshotList([.. details.Select(snapshot => snapshot.Name)], details));
    }

    /// <summary>Takes a snapshot of the mailboxes of the realm, which is kept until the service stops, or in PostgreSQL until it is deleted.
    /// </summary>
    /// <param name="name">The name of the snapshot; a snapshot with the same name is replaced.</param>
    /// <param name="realm">The realm.</param>
    /// <param name="mailboxes">The mailboxes.</param>
    /// <param name="options">The limits.</param>
    private static async Task<Results<NoContent, ProblemHttpResult>> TakeAsync(
        [NameRule] string name, Realm realm, [FromServices] RealmMailboxes mailboxes, [FromServices] ControlOptions options)
    {
        return await mailboxes.TakeSnapshotAsync(realm, name)
            ? TypedResults.NoContent()
            : Problem.Create(StatusCodes.Status409Conflict, $"The realm has {options.MaxSnapshots} snapshots, which is the limit.");
    }

    /// <summary>Replaces all mailboxes of the realm with those of a snapshot.</summary>
    /// <param name="name">The name of the snapshot.</param>
    /// <param name="realm">The realm.</param>
    /// <param name="mailboxes">The mailboxes.</param>
    private static async Task<Results<NoContent, ProblemHttpResult>> RestoreAsync(
        string name, Realm realm, [FromServices] RealmMailboxes mailboxes) =>
        await mailboxes.RestoreAsync(realm, name) ? TypedResults.NoContent() : NotFound(name);

    /// <summary>Deletes a snapshot.</summary>
    /// <param name="name">The name of the snapshot.</param>
    /// <param name="realm">The realm.</param>
    /// <param name="cancellationToken">A token that cancels the request.</param>
    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        string name, Realm realm, CancellationToken cancellationToken) =>
        await realm.ChangeAsync(state => state.Snapshots.Remove(name), cancellationToken) ? TypedResults.NoContent() : NotFound(name);

    private static ProblemHttpResult NotFound(string name) => Problem.NotFound($"The snapshot '{name}' does not exist.");
}
