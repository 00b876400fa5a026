using System.Security.Cryptography;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Http;
using Ews.ImService.Protocol.Observability;
using Ews.ImService.Protocol.SignIn;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;

namespace Ews.ImService.Protocol.Operations.Personas;

/// <summary>Returns the photo of a user of the directory as a file, in response to a GET request.</summary>
/// <remarks>
/// Learn: "Get user photos by using EWS in Exchange"; [MS-OXWSPHOTO] section 3.1.5.1.1. Every photo is available in one size, which is
/// returned for every size code, as Exchange returns the largest photo if a size is not available.
/// </remarks>
internal sealed class UserPhotoEndpoint(AddressList directory, SignInGate gate, ILogger<UserPhotoEndpoint> logger)
{
    /// <summary>The path of the endpoint; case-insensitive.</summary>
    public const string Path = EwsOptions.Path + "/s/GetUserPhoto";

    private const string EmailParameter = "email";

    /// <summary>
    /// Responds with the photo, status 304 if the client has it, status 400 if the request has no email address, or status 404 if there is
    /// no photo.
    /// </summary>
    public async Task GetAsync(HttpContext context)
    {
        var outcome = gate.SignIn(context);
        if (outcome is SignInOutcome.Rejected { Reason: var reason })
            ProtocolLog.PhotoRejected(logger, reason, context.TraceIdentifier);
        if (outcome is not (SignInOutcome.SignedIn or SignInOutcome.Anonymous))
            return;

        string? email = context.Request.Query[EmailParameter];
        if (string.IsNullOrWhiteSpace(email))
            await PlainText.WriteAsync(context, StatusCodes.Status400BadRequest, "The parameter email is missing.");
        else if (directory.FindPhoto(email) is { } photo)
            await SendAsync(context, photo);
        else
            await PlainText.WriteAsync(context, StatusCodes.Status404NotFound, "The user has no photo.");
        ProtocolLog.PhotoResponded(logger, context.Response.StatusCode, context.TraceIdentifier);
    }

    private static Task SendAsync(HttpContext context, UserPhoto photo)
    {
        context.Response.Headers.CacheControl = "private, no-cache";
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexString(SHA256.HashData(photo.Data.Span).AsSpan(0, 16))}\"");
        return Results.Bytes(photo.Data, MediaTypeOf(photo), entityTag: tag).ExecuteAsync(context);
    }

    private static string MediaTypeOf(UserPhoto photo) => photo.Data.Span[0] switch
    {
        0x89 => "image/png",
        (byte)'G' => "image/gif",
        _ => "image/jpeg",
    };
}
