using Ews.ImService.Control;
using Ews.ImService.Control.Realms;
using Ews.ImService.Control.Seeds;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol;
using Ews.ImService.Settings;

namespace Ews.ImService.Hosting;

/// <summary>Composes the parts of the service.</summary>
internal static class ServiceComposition
{
    /// <summary>Adds the parts that respond to requests.</summary>
    public static IServiceCollection AddService(
        this IServiceCollection services,
        ServiceSettings settings,
        Instrumentation instrumentation,
        IMailboxStore store,
        RealmRegistry realms,
        StartSeed seed) => services
            .AddSingleton(instrumentation)
            .AddSingleton(store)
            .AddSingleton(settings.Accounts)
            .AddSingleton(settings.Directory)
            .AddSingleton(settings.SignIn)
            .AddSingleton(settings.Passwords)
            .AddSingleton(TimeProvider.System)
            .AddSingleton(settings.Control)
            .AddSingleton(settings.Limits)
            .AddSingleton(realms)
            .AddSingleton<IRealms>(realms)
            .AddSingleton(seed)
            .AddEws(settings.Ews)
            .AddControl();
}
