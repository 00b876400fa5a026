using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Ews.ImService.Control.Documents;
using Ews.ImService.Control.Realms;
using Ews.ImService.Control.Seeds;
using Ews.ImService.Protocol.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;

namespace Ews.ImService.Control.Api;

/// <summary>What the control API answers to: who may call it, and which call is whose.</summary>
internal sealed partial class ControlRoutes
{
    /// <summary>Where it is; behind a realm's prefix, too.</summary>
    public const string Path = "/_control/v1";

    /// <summary>All calls: method, path below <see cref="Path"/>, and who answers.</summary>
    private readonly (string Method, string Path, Func<ControlCall, Task> Answer)[] _all;

    private readonly RealmRegistry _realms;
    private readonly ControlOptions _options;
    private readonly IHostApplicationLifetime _lifetime;
    private readonly ILogger<ControlRoutes> _logger;

    public ControlRoutes(RealmRegistry realms, ControlOptions options, MailboxCalls mailboxes, IHostApplicationLifetime lifetime, ILogger<ControlRoutes> logger)
    {
        (_realms, _options, _lifetime, _logger) = (realms, options, lifetime, logger);
        _all =
        [
            ("GET", "", IndexAsync),
            ("GET", "/openapi.json", call => call.AnswerFileAsync("openapi.json", "application/json")),
            ("GET", "/seed.schema.json", call => call.AnswerFileAsync("seed.schema.json", "application/schema+json")),
            ("POST", "/reset", mailboxes.ResetAsync),
            ("GET", "/seed", mailboxes.ExportAsync),
            ("PUT", "/seed", call => mailboxes.LoadAsync(call, isWhole: true)),
            ("POST", "/seed", call => mailboxes.LoadAsync(call, isWhole: false)),
            ("GET", "/snapshots", MailboxCalls.ListSnapshotsAsync),
            ("PUT", "/snapshots/{name}", mailboxes.TakeSnapshotAsync),
            ("POST", "/snapshots/{name}/restore", mailboxes.RestoreAsync),
            ("DELETE", "/snapshots/{name}", MailboxCalls.DropSnapshotAsync),
            ("GET", "/mailboxes", mailboxes.ListAsync),
            ("GET", "/mailboxes/{smtpAddress}", mailboxes.ReadAsync),
            ("GET", "/journal", JournalCalls.ListAsync),
            ("DELETE", "/journal", JournalCalls.ClearAsync),
            ("GET", "/journal/count", JournalCalls.CountAsync),
            ("GET", "/journal/wait", JournalCalls.WaitAsync),
            ("GET", "/journal/{id:long}", JournalCalls.ReadAsync),
            ("GET", "/faults", FaultCalls.ListAsync),
            ("POST", "/faults", FaultCalls.AddAsync),
            ("DELETE", "/faults", FaultCalls.ClearAsync),
            ("DELETE", "/faults/{id}", FaultCalls.RemoveAsync),
            ("GET", "/clock", ClockCalls.ReadAsync),
            ("PUT", "/clock", ClockCalls.FreezeAsync),
            ("POST", "/clock/advance", ClockCalls.AdvanceAsync),
            ("DELETE", "/clock", ClockCalls.ReleaseAsync),
            ("GET", "/realms", mailboxes.ListRealmsAsync),
            ("DELETE", "/realms/{realm}", mailboxes.RemoveRealmAsync),
        ];
    }

    /// <summary>Maps all calls.</summary>
    public void Map(IEndpointRouteBuilder application)
    {
        foreach (var (method, path, answer) in _all)
            application.MapMethods(Path + path, [method], context => HandleAsync(context, answer));
        foreach (var calls in _all.GroupBy(call => call.Path))
            application.Map(Path + calls.Key, context => RefuseMethodAsync(context, calls.Select(call => call.Method)));
        application.MapMethods("/", [HttpMethods.Get, HttpMethods.Head], ShowPageAsync);
        application.Map(Path + "/{**path}", context => HandleAsync(context, _ => throw new ControlException(StatusCodes.Status404NotFound, $"There is no {context.Request.Method} {context.Request.Path}; see {Path}/openapi.json.")));
    }

    private Task RefuseMethodAsync(HttpContext context, IEnumerable<string> methods)
    {
        context.Response.Headers.Allow = string.Join(", ", methods);
        return HandleAsync(context, _ => throw new ControlException(StatusCodes.Status405MethodNotAllowed, $"There is no {context.Request.Method} {context.Request.Path}, but {context.Response.Headers.Allow}."));
    }

    /// <summary>A page for people: it shows the journal as it grows, by the same calls.</summary>
    private static Task ShowPageAsync(HttpContext context)
    {
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; img-src data:; frame-ancestors 'none'";
        return ControlCall.WriteFileAsync(context, "page.html", "text/html; charset=utf-8");
    }

    private async Task HandleAsync(HttpContext context, Func<ControlCall, Task> answer)
    {
        try
        {
            CheckCaller(context.Request);
            await answer(new ControlCall(context, _realms[RequestRealm.Get(context)], _lifetime.ApplicationStopping));
        }
        catch (ControlException e)
        {
            if (e.StatusCode == StatusCodes.Status401Unauthorized)
                context.Response.Headers.WWWAuthenticate = "Bearer";
            await ControlCall.RefuseAsync(context, e.StatusCode, [e.Message]);
        }
        catch (DocumentException e)
        {
            await ControlCall.RefuseAsync(context, StatusCodes.Status422UnprocessableEntity, e.Problems);
        }
        catch (BadHttpRequestException e)
        {
            await ControlCall.RefuseAsync(context, e.StatusCode, [e.Message]);
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            var status = e is IOException ? StatusCodes.Status507InsufficientStorage : StatusCodes.Status400BadRequest;
            await ControlCall.RefuseAsync(context, status, [e.Message]);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller did not wait for the answer.
        }
#pragma warning disable CA1031 // The one place that turns our own bugs into an answer.
        catch (Exception e) when (!context.Response.HasStarted)
#pragma warning restore CA1031
        {
            Log.Failed(_logger, context.Request.Method, context.Request.Path, e);
            await ControlCall.RefuseAsync(context, StatusCodes.Status500InternalServerError, ["The call failed, by a mistake of the service; its log has more."]);
        }
    }

    /// <summary>A page of the web must not reach through a developer's browser what only he may do.</summary>
    private void CheckCaller(HttpRequest request)
    {
        if (IsOfAnotherSite(request))
            throw new ControlException(StatusCodes.Status403Forbidden, "Pages of other sites may not call the control API.");
        if (_options.Token is { } token && !Shows(request, token))
            throw new ControlException(StatusCodes.Status401Unauthorized, $"The control API wants {HeaderNames.Authorization}: Bearer TOKEN, with the token of Control:Token.");
    }

    private static bool IsOfAnotherSite(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"] is [var site] && site is not ("same-origin" or "none"))
            return true;
        return request.Headers.Origin is [{ } origin]
            && !(Uri.TryCreate(origin, UriKind.Absolute, out var page) && page.Authority == new Uri($"{page.Scheme}://{request.Host}").Authority);
    }

    private static bool Shows(HttpRequest request, string token) =>
        AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var shown)
        && shown.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase)
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(shown.Parameter ?? string.Empty));

    private Task IndexAsync(ControlCall call) => call.AnswerAsync(json =>
    {
        json.WriteStartObject();
        json.WriteString("realm", call.Realm.Name);
        json.WriteString("openapi", $"{Path}/openapi.json");
        json.WriteString("seedSchema", $"{Path}/seed.schema.json");
        json.WriteStartArray("calls");
        foreach (var (method, path, _) in _all)
            json.WriteStringValue($"{method} {Path}{path.Replace(":long", "", StringComparison.Ordinal)}");
        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} of the control API failed")]
        public static partial void Failed(ILogger logger, string method, string path, Exception exception);
    }
}
