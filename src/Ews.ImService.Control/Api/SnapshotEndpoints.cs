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
        api.MapDelete("/snapshots/{name}", Delete).WithName("deleteSnapshot");
    }

    /// <summary>Lists the snapshots of the realm.</summary>
    private static Ok<SnapshotList> List(Realm realm)
    {
        var details = realm.Snapshots
            .Select(snapshot => new SnapshotSummary(snapshot.Key, snapshot.Value.TakenAt, snapshot.Value.Mailboxes.Count))
            .OrderBy(snapshot => snapshot.Name, StringComparer.Ordinal)
            .ToList();
        return TypedResults.Ok(new SnapshotList([.. details.Select(snapshot => snapshot.Name)], details));
    }

    /// <summary>Takes a snapshot of the mailboxes of the realm, which is kept until the service stops.</summary>
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
        string name, Realm realm, [FromServices] RealmMailboxes mailboxes)
    {
        if (!realm.Snapshots.TryGetValue(name, out var snapshot))
            return NotFound(name);
        await mailboxes.RestoreAsync(realm, snapshot);
        return TypedResults.NoContent();
    }

    /// <summary>Deletes a snapshot.</summary>
    /// <param name="name">The name of the snapshot.</param>
    /// <param name="realm">The realm.</param>
    private static Results<NoContent, ProblemHttpResult> Delete(string name, Realm realm)
    {
        if (!realm.Snapshots.TryRemove(name, out _))
            return NotFound(name);
        realm.OnSnapshotsChanged();
        return TypedResults.NoContent();
    }

    private static ProblemHttpResult NotFound(string name) => Problem.NotFound($"The snapshot '{name}' does not exist.");
}
