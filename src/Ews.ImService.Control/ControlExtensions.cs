using Ews.ImService.Control.Api;
using Ews.ImService.Control.Realms;
using Ews.ImService.Protocol.Http;
using Ews.ImService.Protocol.Interception;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Ews.ImService.Control;

/// <summary>Puts what tests need into a web application.</summary>
public static class ControlExtensions
{
    private static readonly PathString[] Unobserved = ["/_control", "/livez", "/readyz"];

    /// <summary>Adds what answers; the application adds ControlOptions, a RealmRegistry, a StartSeed, an IMailboxStore, an AccountDirectory and MailboxLimits.</summary>
    public static IServiceCollection AddControl(this IServiceCollection services) => services
        .AddSingleton<RealmMailboxes>()
        .AddSingleton<MailboxCalls>()
        .AddSingleton<ControlRoutes>();

    /// <summary>Lets every realm begin as it should; where there is a control API, keeps the journal and lets faults strike.</summary>
    public static void UseControl(this WebApplication application)
    {
        ArgumentNullException.ThrowIfNull(application);
        var realms = application.Services.GetRequiredService<RealmRegistry>();
        var mailboxes = application.Services.GetRequiredService<RealmMailboxes>();
        var isEnabled = application.Services.GetRequiredService<ControlOptions>().IsEnabled;
        application.Use((context, next) => IsOurOwn(context.Request.Path)
            ? next(context)
            : ObserveAsync(context, next, realms[RequestRealm.Get(context)], mailboxes, isEnabled));
    }

    /// <summary>Answers at <c>/_control/v1</c>, unless that is switched off.</summary>
    public static void MapControl(this WebApplication application)
    {
        ArgumentNullException.ThrowIfNull(application);
        if (application.Services.GetRequiredService<ControlOptions>().IsEnabled)
            application.Services.GetRequiredService<ControlRoutes>().Map(application);
    }

    /// <summary>Whether a path is the tests' own, or a health check's, and no client's.</summary>
    private static bool IsOurOwn(PathString path) => path.Value is "/" or "" || Unobserved.Any(one => path.StartsWithSegments(one, StringComparison.OrdinalIgnoreCase));

    private static async Task ObserveAsync(HttpContext context, RequestDelegate next, Realm realm, RealmMailboxes mailboxes, bool isEnabled)
    {
        var interceptor = isEnabled ? new RequestInterceptor(context, realm) : null;
        try
        {
            if (interceptor is not null)
                context.Features.Set<IEwsInterceptor>(interceptor);
            await mailboxes.BeginAsync(realm);
            await next(context);
        }
        finally
        {
            interceptor?.Complete(context);
        }
    }
}
