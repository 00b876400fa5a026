using System.ComponentModel.DataAnnotations;
using Ews.ImService.Control.Contract;
using Ews.ImService.Control.Realms;
using Ews.ImService.Control.Seeds;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Ews.ImService.Control.Api;

/// <summary>The contents of mailboxes.</summary>
internal static class MailboxEndpoints
{
    private const string SoapMediaType = "text/xml";

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/mailboxes", ListAsync).WithName("listMailboxes");
        api.MapGet("/mailboxes/{smtpAddress}", ReadAsync).WithName("readMailbox");
        api.MapPost("/mailboxes/{smtpAddress}/ews", ExecuteAsync).WithName("executeEwsRequest")
            .WithMetadata(new AcceptsMetadata(["*/*"], typeof(string)))
            .Produces<string>(StatusCodes.Status200OK, SoapMediaType)
            .Produces<string>(StatusCodes.Status500InternalServerError, SoapMediaType);
    }

    /// <summary>Lists the mailboxes of the realm, ordered by address, with the number of objects in them.</summary>
    /// <param name="search">A part of the primary address, regardless of case.</param>
    /// <param name="limit">The maximum number of mailboxes; the default is all.</param>
    /// <param name="realm">The realm.</param>
    /// <param name="mailboxes">The mailboxes.</param>
    /// <param name="cancellationToken">A token that cancels the request.</param>
    private static async Task<Ok<MailboxList>> ListAsync(
        string? search,
        [Range(0, int.MaxValue)] int? limit,
        Realm realm,
        [FromServices] RealmMailboxes mailboxes,
        CancellationToken cancellationToken)
    {
        var addresses = await mailboxes.SearchAsync(realm, search, cancellationToken);
        var listed = addresses.OrderBy(address => address.Key, StringComparer.Ordinal).Take(limit ?? int.MaxValue).ToList();
        var states = await mailboxes.ReadManyAsync(realm, listed, cancellationToken);
        return TypedResults.Ok(new MailboxList(addresses.Count, [.. states.Select(Summarize)]));
    }

    /// <summary>Returns the contents of a mailbox, as in a seed document.</summary>
    /// <param name="smtpAddress">The primary address of the mailbox.</param>
    /// <param name="realm">The realm.</param>
    /// <param name="mailboxes">The mailboxes.</param>
    /// <param name="cancellationToken">A token that cancels the request.</param>
    private static async Task<Results<Ok<SeedMailbox>, ProblemHttpResult>> ReadAsync(
        string smtpAddress, Realm realm, [FromServices] RealmMailboxes mailboxes, CancellationToken cancellationToken) =>
        SmtpAddress.TryParse(smtpAddress, out var valid)
        && await mailboxes.FindAsync(realm, valid, cancellationToken) is { } mailbox
            ? TypedResults.Ok(SeedWriter.Write(mailbox))
            : NotFound(smtpAddress, realm);

    /// <summary>Executes the SOAP request in the body as the owner of a mailbox, and returns the SOAP response. The request requires no
    /// sign-in, triggers no fault rule, and is not recorded in the journal.</summary>
    /// <param name="smtpAddress">The primary address of the mailbox, which is created if it does not exist.</param>
    /// <param name="realm">The realm.</param>
    /// <param name="mailboxes">The mailboxes.</param>
    /// <param name="requests">Executes the request.</param>
    /// <param name="context">The HTTP request.</param>
    private static async Task ExecuteAsync(
        string smtpAddress,
        Realm realm,
        [FromServices] RealmMailboxes mailboxes,
        [FromServices] UserRequests requests,
        HttpContext context)
    {
        await mailboxes.EnsureSeededAsync(realm);
        var response = await requests.ExecuteAsync(context, realm.Name, smtpAddress);
        await response.SendAsync(context);
    }

    /// <summary>Creates the response to a request for a mailbox that does not exist.</summary>
    public static ProblemHttpResult NotFound(string smtpAddress, Realm realm) =>
        Problem.NotFound($"The mailbox {smtpAddress} does not exist{(realm.Name.Length > 0 ? $" in the realm {realm.Name}" : "")}.");

    private static MailboxSummary Summarize(MailboxState mailbox) => new()
    {
        SmtpAddress = mailbox.SmtpAddress.Value,
        MailboxGuid = mailbox.MailboxGuid,
        Groups = mailbox.Groups.Count,
        ImContacts = mailbox.ImContactCount,
        Contacts = mailbox.CountOf(MailboxFolder.Contacts),
    };
}
