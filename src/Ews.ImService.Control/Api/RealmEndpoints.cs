using System.ComponentModel.DataAnnotations;
using Ews.ImService.Control.Contract;
using Ews.ImService.Control.Realms;
using Ews.ImService.Control.Rules;
using Ews.ImService.Mailbox;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Ews.ImService.Control.Api;

/// <summary>The realms of the service.</summary>
internal static class RealmEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/realms", ListAsync).WithName("listRealms");
        api.MapPut("/realms/{name}", CreateAsync).WithName("createRealm");
        api.MapDelete("/realms/{name}", DeleteAsync).WithName("deleteRealm");
        api.MapPost("/reset", ResetAsync).WithName("reset");
    }

    /// <summary>Lists the names of all realms; the name of the default realm is empty.</summary>
    private static async Task<Ok<RealmList>> ListAsync(
        [FromServices] RealmMailboxes mailboxes, CancellationToken cancellationToken) =>
        TypedResults.Ok(new RealmList(await mailboxes.FindRealmsAsync(cancellationToken)));

    /// <summary>Creates a realm in the initial state, unless it exists: the status is 201 if it was created; otherwise, 200.</summary>
    /// <param name="name">The name of the realm.</param>
    /// <param name="realms">The realms.</param>
    /// <param name="mailboxes">The mailboxes.</param>
    /// <param name="cancellationToken">A token that cancels the request.</param>
    private static async Task<Results<Created, Ok, ProblemHttpResult>> CreateAsync(
        [NameRule] string name,
        [FromServices] RealmRegistry realms,
        [FromServices] RealmMailboxes mailboxes,
        CancellationToken cancellationToken)
    {
        await realms.States.ConfirmAsync(name, cancellationToken);
        if (await realms.CreateAsync(name) is not ({ } realm, var isNew))
            return Problem.Create(StatusCodes.Status409Conflict, realms.LimitReason);
        await mailboxes.EnsureSeededAsync(realm);
        return isNew ? TypedResults.Created() : TypedResults.Ok();
    }

    /// <summary>Deletes a realm with its mailboxes, snapshots, fault rules, journal and clock.</summary>
    /// <param name="name">The name of the realm.</param>
    /// <param name="realms">The realms.</param>
    /// <param name="mailboxes">The mailboxes.</param>
    /// <param name="cancellationToken">A token that cancels the request.</param>
    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        [NameRule] string name,
        [FromServices] RealmRegistry realms,
        [FromServices] RealmMailboxes mailboxes,
        CancellationToken cancellationToken)
    {
        await realms.States.ConfirmAsync(name, cancellationToken);
        if (await realms.FindExistingAsync(name) is not { } realm)
            return Problem.NotFound($"The realm '{name}' does not exist.");
        await mailboxes.DeleteAsync(realm);
        return TypedResults.NoContent();
    }

    /// <summary>Resets the realm to its initial state: mailboxes, fault rules, journal and clock. Snapshots are kept.</summary>
    /// <param name="mailbox">The primary address of a mailbox, to reset only this mailbox.</param>
    /// <param name="realms">The value <c>all</c>, to reset all realms.</param>
    /// <param name="realm">The realm.</param>
    /// <param name="registry">The realms.</param>
    /// <param name="mailboxes">The mailboxes.</param>
    /// <param name="cancellationToken">A token that cancels the request.</param>
    private static async Task<Results<NoContent, ProblemHttpResult>> ResetAsync(
        [SmtpAddressRule] string? mailbox,
        [AllowedValues("all")] string? realms,
        Realm realm,
        [FromServices] RealmRegistry registry,
        [FromServices] RealmMailboxes mailboxes,
        CancellationToken cancellationToken)
    {
        if (mailbox is not null && realms is not null)
            return Problem.BadRequest("The parameters mailbox and realms cannot be combined.");
        foreach (var name in realms is null ? [realm.Name] : await mailboxes.FindRealmsAsync(cancellationToken))
        {
            await registry.States.ConfirmAsync(name, cancellationToken);
            var isDeleted = await registry.FindExistingAsync(name) is null && !await mailboxes.ExistAsync(name, cancellationToken);
            if (!isDeleted)
                await mailboxes.ResetAsync(registry[name], mailbox is null ? null : SmtpAddress.Parse(mailbox));
        }

        return TypedResults.NoContent();
    }
}
