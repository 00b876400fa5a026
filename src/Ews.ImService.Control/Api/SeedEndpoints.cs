using System.ComponentModel.DataAnnotations;
using Ews.ImService.Control.Contract;
using Ews.ImService.Control.Realms;
using Ews.ImService.Control.Rules;
using Ews.ImService.Control.Seeds;
using Ews.ImService.Mailbox;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Ews.ImService.Control.Api;

/// <summary>Seed documents.</summary>
internal static class SeedEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/seed", ExportAsync).WithName("exportSeed");
        api.MapPut("/seed", ReplaceAllAsync).WithName("replaceMailboxes");
        api.MapPost("/seed", ReplaceSameAsync).WithName("loadMailboxes");
    }

    /// <summary>Returns the mailboxes of the realm as a seed document that creates identical mailboxes, including ids and order.</summary>
    /// <param name="mailbox">The primary address of a mailbox, to return only this mailbox.</param>
    /// <param name="form">The value <c>short</c>, to omit ids, times, and values that the service derives.</param>
    /// <param name="realm">The realm.</param>
    /// <param name="mailboxes">The mailboxes.</param>
    /// <param name="cancellationToken">A token that cancels the request.</param>
    private static async Task<Results<Ok<SeedDocument>, ProblemHttpResult>> ExportAsync(
        [SmtpAddressRule] string? mailbox,
        [AllowedValues("short")] string? form,
        Realm realm,
        [FromServices] RealmMailboxes mailboxes,
        CancellationToken cancellationToken)
    {
        IReadOnlyList<MailboxState> states;
        if (mailbox is null)
            states = await mailboxes.ReadAllAsync(realm, cancellationToken);
        else if (await mailboxes.FindAsync(realm, SmtpAddress.Parse(mailbox), cancellationToken) is { } found)
            states = [found];
        else
            return MailboxEndpoints.NotFound(mailbox, realm);
        var document = SeedWriter.Write(states);
        return TypedResults.Ok(form is null ? document : SeedShortener.Shorten(document));
    }

    /// <summary>Replaces all mailboxes of the realm with those of the seed document.</summary>
    private static Task<Results<NoContent, ProblemHttpResult>> ReplaceAllAsync(
        JsonBody<SeedDocument> body, Realm realm, [FromServices] RealmMailboxes mailboxes) =>
        LoadAsync(body, realm, mailboxes, replaceAll: true);

    /// <summary>Loads the mailboxes of the seed document; mailboxes with the same address are replaced.</summary>
    private static Task<Results<NoContent, ProblemHttpResult>> ReplaceSameAsync(
        JsonBody<SeedDocument> body, Realm realm, [FromServices] RealmMailboxes mailboxes) =>
        LoadAsync(body, realm, mailboxes, replaceAll: false);

    private static async Task<Results<NoContent, ProblemHttpResult>> LoadAsync(
        JsonBody<SeedDocument> body, Realm realm, RealmMailboxes mailboxes, bool replaceAll)
    {
        await mailboxes.LoadAsync(realm, body.Value, body.Problems, replaceAll);
        return body.Problems.Count == 0 ? TypedResults.NoContent() : Problem.Unprocessable(body.Problems);
    }
}
