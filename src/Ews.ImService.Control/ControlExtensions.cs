using System.Text;
using Ews.ImService.Control.Api;
using Ews.ImService.Control.Contract;
using Ews.ImService.Control.Events;
using Ews.ImService.Control.Observability;
using Ews.ImService.Control.Realms;
using Ews.ImService.Control.Replays;
using Ews.ImService.Protocol.Http;
using Ews.ImService.Protocol.Interception;
using Ews.ImService.Protocol.Operations.Notifications;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Ews.ImService.Control;

/// <summary>Adds realms, the journal, fault rules and the control API to a web application.</summary>
public static class ControlExtensions
{
    private const string InspectorRoot = "/inspector";

    /// <summary>The paths that are not used by EWS clients. Browsers request the icon on their own.</summary>
    private static readonly PathString[] Unobserved = [ControlApi.Root, InspectorRoot, "/favicon.ico", "/livez", "/readyz", "/metrics"];

    /// <summary>
    /// Adds the services. The application adds <see cref="ControlOptions"/>, <see cref="RealmRegistry"/>, <see cref="Seeds.StartSeed"/>,
    /// <see cref="Mailbox.Instrumentation"/>, <see cref="Mailbox.IMailboxStore"/>, <see cref="Mailbox.AccountDirectory"/> and
    /// <see cref="Mailbox.MailboxLimits"/>.
    /// </summary>
    public static IServiceCollection AddControl(this IServiceCollection services) => services
        .AddSingleton<RealmMailboxes>()
        .AddSingleton<RealmMetrics>()
        .AddSingleton<RequestReplay>()
        .AddSingleton<EventStreams>()
        .ConfigureHttpJsonOptions(json => ContractJson.Configure(json.SerializerOptions));

    /// <summary>Reads the realm of every request. A request with an invalid realm name is rejected with status 400.</summary>
    public static void UseRealms(this IApplicationBuilder application) => RequestRealm.Use(application, RejectRealmAsync);

    /// <summary>
    /// Creates and seeds the realm of every EWS request before its first use and, if the control API is enabled, records the request
    /// and injects faults.
    /// </summary>
    public static void UseControl(this IApplicationBuilder application)
    {
        ArgumentNullException.ThrowIfNull(application);
        var realms = application.ApplicationServices.GetRequiredService<RealmRegistry>();
        var mailboxes = application.ApplicationServices.GetRequiredService<RealmMailboxes>();
        var isEnabled = application.ApplicationServices.GetRequiredService<ControlOptions>().IsEnabled;
        var subscriptions = application.ApplicationServices.GetRequiredService<Subscriptions>();
        realms.Removed += realm => subscriptions.DeleteAll(realm.Name);
        _ = application.ApplicationServices.GetRequiredService<RealmMetrics>(); // Its instruments exist from the start.
        application.Use(next =>
        {
            if (isEnabled)
                application.ApplicationServices.GetRequiredService<RequestReplay>().Pipeline = next;
            return context => !IsObserved(context.Request.Path) ? next(context)
                : realms.States.IsShared ? ConfirmAndObserveAsync(context, next, realms, mailboxes, isEnabled)
                : ObserveAsync(context, next, realms, mailboxes, isEnabled);
        });
    }

    /// <summary>Adds the control API, if it is enabled.</summary>
    public static void UseControlApi(this WebApplication application)
    {
        ArgumentNullException.ThrowIfNull(application);
        if (!application.Services.GetRequiredService<ControlOptions>().IsEnabled)
            return;

        // Built for the first request, because most clients that wait for the start of the service use EWS only.
        var api = new Lazy<RequestDelegate>(() => ControlApi.Build(application));
        application.Use((context, next) => IsControlCall(context) ? api.Value(context) : next(context));
    }

    /// <summary>Maps the inspector, the page that uses the control API, if both are enabled.</summary>
    /// <param name="application">The application.</param>
    /// <param name="serve">Responds to a request for the page at <c>/</c>, or for one of its files, the route value <c>file</c>.</param>
    public static void MapInspector(this IEndpointRouteBuilder application, RequestDelegate serve)
    {
        ArgumentNullException.ThrowIfNull(application);
        var options = application.ServiceProvider.GetRequiredService<ControlOptions>();
        if (options is not { IsEnabled: true, HasInspector: true })
            return;
        var policy = new CallerPolicy(options.Token);
        foreach (var pattern in new[] { "/", InspectorRoot + "/{file}" })
            application.MapMethods(pattern, [HttpMethods.Get, HttpMethods.Head], RespondAsync);

        Task RespondAsync(HttpContext context) =>
            policy.CheckHost(context) is { } problem ? problem.ExecuteAsync(context) : serve(context);
    }

    private static bool IsControlCall(HttpContext context) =>
        context.Request.Path.StartsWithSegments(ControlApi.Root, StringComparison.OrdinalIgnoreCase);

    private static Task RejectRealmAsync(HttpContext context, string reason) => IsControlCall(context)
        ? Problem.BadRequest(reason).ExecuteAsync(context)
        : TypedResults.Text(reason + "\n", "text/plain", Encoding.UTF8, StatusCodes.Status400BadRequest).ExecuteAsync(context);

    /// <summary>Returns <c>false</c> for the inspector, its icon, the control API and health checks, which are not requests of EWS
    /// clients.</summary>
    private static bool IsObserved(PathString path)
    {
        foreach (var other in Unobserved)
        {
            if (path.StartsWithSegments(other, StringComparison.OrdinalIgnoreCase))
                return false;
        }

        return path.Value is not ("/" or "");
    }

    /// <summary>Passes a request on to its realm after the state of the realm was confirmed.</summary>
    private static async Task ConfirmAndObserveAsync(
        HttpContext context, RequestDelegate next, RealmRegistry realms, RealmMailboxes mailboxes, bool isRecorded)
    {
        try
        {
            await realms.States.ConfirmAsync(RequestRealm.Get(context), CancellationToken.None);
        }
        catch (IOException e)
        {
            context.Features.Set<IEwsInterceptor>(new UnavailableRealmInterceptor(e));
            await next(context);
            return;
        }

        await ObserveAsync(context, next, realms, mailboxes, isRecorded);
    }

    /// <summary>Passes a request on to its realm; a realm that does not exist yet, or is not seeded, is entered by a longer path.</summary>
    private static Task ObserveAsync(
        HttpContext context, RequestDelegate next, RealmRegistry realms, RealmMailboxes mailboxes, bool isRecorded)
    {
        if (realms.Find(RequestRealm.Get(context)) is not { } realm || !mailboxes.IsSeeded(realm))
            return EnterAsync(context, next, new RealmInterceptor(context, realms, mailboxes, isRecorded));
        return isRecorded ? RecordAsync(context, next, new RequestInterceptor(context, realm)) : next(context);
    }

    private static async Task EnterAsync(HttpContext context, RequestDelegate next, RealmInterceptor interceptor)
    {
        context.Features.Set<IEwsInterceptor>(interceptor);
        try
        {
            await next(context);
        }
        finally
        {
            await interceptor.CompleteAsync();
        }
    }

    private static async Task RecordAsync(HttpContext context, RequestDelegate next, RequestInterceptor interceptor)
    {
        context.Features.Set<IEwsInterceptor>(interceptor);
        try
        {
            await next(context);
        }
        finally
        {
            await interceptor.CompleteAsync();
        }
    }
}
