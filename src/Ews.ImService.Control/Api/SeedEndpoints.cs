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
        api.MapGet("/seed", ExportAsync).WithName("exportSeed")
            .WithSummary("Returns the mailboxes of the realm as a seed document that creates identical mailboxes, including ids and order.");
        api.MapPut("/seed", ReplaceAllAsync).WithName("replaceMailboxes")
            .WithSummary("Replaces all mailboxes of the realm with those of the seed document.");
        api.MapPost("/seed", ReplaceSameAsync).WithName("loadMailboxes")
            .WithSummary("Loads the mailboxes of the seed document; mailboxes with the same address are replaced.");
    }

    private static async Task<Results<Ok<SeedDocument>, ProblemHttpResult>> ExportAsync(
        [SmtpAddressRule] string? mailbox, Realm realm, [FromServices] RealmMailboxes mailboxes, CancellationToken cancellationToken)
    {
        if (mailbox is null)
            return TypedResults.Ok(SeedWriter.Write(await mailboxes.ReadAllAsync(realm, cancellationToken)));
        return await mailboxes.FindAsync(realm, SmtpAddress.Parse(mailbox), cancellationToken) is { } found
            ? TypedResults.Ok(SeedWriter.Write([found]))
            : MailboxEndpoints.NotFound(mailbox, realm);
    }

    private static Task<Results<NoContent, ProblemHttpResult>> ReplaceAllAsync(
        JsonBody<SeedDocument> body, Realm realm, [FromServices] RealmMailboxes mailboxes) => LoadAsync(body, realm, mailboxes, replaceAll: true);

    private static Task<Results<NoContent, ProblemHttpResult>> ReplaceSameAsync(
        JsonBody<SeedDocument> body, Realm realm, [FromServices] RealmMailboxes mailboxes) => LoadAsync(body, realm, mailboxes, replaceAll: false);

    private static async Task<Results<NoContent, ProblemHttpResult>> LoadAsync(
        JsonBody<SeedDocument> body, Realm realm, RealmMailboxes mailboxes, bool replaceAll)
    {
        await mailboxes.LoadAsync(realm, body.Value, body.Problems, replaceAll);
        return body.Problems.Count == 0 ? TypedResults.NoContent() : Problem.Unprocessable(body.Problems);
    }
}
