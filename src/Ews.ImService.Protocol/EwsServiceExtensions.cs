using Ews.ImService.Protocol.Autodiscover;
using Ews.ImService.Protocol.Http;
using Ews.ImService.Protocol.Observability;
using Ews.ImService.Protocol.Operations;
using Ews.ImService.Protocol.Operations.Folders;
using Ews.ImService.Protocol.Operations.ImList;
using Ews.ImService.Protocol.Operations.Notifications;
using Ews.ImService.Protocol.Operations.Personas;
using Ews.ImService.Protocol.Schema;
using Ews.ImService.Protocol.SignIn;
using Ews.ImService.Protocol.Soap;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Ews.ImService.Protocol;

/// <summary>Adds the EWS endpoints to a web application.</summary>
public static class EwsServiceExtensions
{
    /// <summary>Adds the services of the EWS endpoints.</summary>
    /// <param name="services">
    /// The services, to which the application adds <see cref="SignInOptions"/>, <see cref="Passwords"/>, an
    /// <see cref="Mailbox.IMailboxStore"/>, <see cref="Mailbox.IRealms"/>, an <see cref="Mailbox.AccountDirectory"/>, an
    /// <see cref="Mailbox.AddressList"/>, <see cref="Mailbox.Instrumentation"/>, a <see cref="TimeProvider"/>, and the services of response
    /// compression.
    /// </param>
    /// <param name="options">The options.</param>
    public static IServiceCollection AddEws(this IServiceCollection services, EwsOptions options) => services
        .AddSingleton(options)
        .AddSingleton<RequestBodies>()
        .AddSingleton(new SoapWriter(options.ServerVersion, options.MaxResponseBytes))
        .AddSingleton(new PersonaXml(options.PersonaProfile))
        .AddSingleton<CallerResolver>()
        .AddSingleton<SignInUsers>()
        .AddSingleton<ISignInScheme, BasicScheme>()
        .AddSingleton<ISignInScheme, NtlmScheme>()
        .AddSingleton<ISignInScheme, BearerScheme>()
        .AddSingleton<SignInGate>()
        .AddSingleton<PoxAutodiscover>()
        .AddSingleton<SoapAutodiscover>()
        .AddSingleton<AutodiscoverEndpoint>()
        .AddSingleton<FolderIds>()
        .AddSingleton(provider => new Subscriptions(
            provider.GetRequiredService<Mailbox.IMailboxStore>(),
            provider.GetRequiredService<Mailbox.AccountDirectory>(),
            options))
        .AddSingleton(provider => new EventConnectionServices(
            provider.GetRequiredService<Mailbox.IMailboxStore>(),
            provider.GetRequiredService<Subscriptions>()))
        .AddSingleton(provider => new PushServices(
            provider.GetRequiredService<Mailbox.IMailboxStore>(),
            provider.GetRequiredService<Subscriptions>(),
            provider.GetRequiredService<Mailbox.IRealms>(),
            provider.GetRequiredService<SoapWriter>(),
            options,
            provider.GetRequiredService<IServer>,
            provider.GetRequiredService<ILogger<PushServices>>(),
            () => provider.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping))
        .AddSingleton(provider => new ImItemListCache(
            options, new Lazy<IResponseCompressionProvider>(provider.GetRequiredService<IResponseCompressionProvider>)))
        .AddSingleton<OperationServices>()
        .AddSingleton<OperationTable>()
        .AddSingleton<SoapService>()
        .AddSingleton<ServicesWsdl>()
        .AddSingleton<ContractEndpoint>()
        .AddSingleton<UserPhotoEndpoint>()
        .AddSingleton<RequestMetrics>()
        .AddSingleton<RequestTracing>()
        .AddSingleton<SlowRequestLog>()
        .AddSingleton<EwsEndpoint>()
        .AddSingleton(provider => new UserRequests(
            provider.GetRequiredService<SoapService>(), provider.GetRequiredService<RequestBodies>(), options));

    /// <summary>Traces EWS requests while a listener is interested in them. It precedes what belongs to the trace.</summary>
    /// <param name="application">The application.</param>
    public static void UseEwsTracing(this IApplicationBuilder application)
    {
        ArgumentNullException.ThrowIfNull(application);
        var tracing = application.ApplicationServices.GetRequiredService<RequestTracing>();
        application.Use(next => context =>
            tracing.IsActive && IsEws(context.Request) ? tracing.RunAsync(context, next) : next(context));
    }

    /// <summary>
    /// Responds to POST requests to <see cref="EwsOptions.Path"/>. The path is case-insensitive and can end with a slash, as in routing.
    /// </summary>
    /// <param name="application">The application.</param>
    /// <remarks>Nearly all requests are EWS requests, so they are recognized without routing.</remarks>
    public static void UseEws(this IApplicationBuilder application)
    {
        ArgumentNullException.ThrowIfNull(application);
        var endpoint = application.ApplicationServices.GetRequiredService<EwsEndpoint>();
        application.Use(next => context => IsEws(context.Request) ? endpoint.PostAsync(context) : next(context));
    }

    /// <summary>
    /// Maps the other methods at <see cref="EwsOptions.Path"/>, the photos below it, the contract in the same folder, and Autodiscover.
    /// Paths are case-insensitive.
    /// </summary>
    /// <param name="application">The application, which must also call <see cref="UseEws"/>.</param>
    public static void MapEws(this IEndpointRouteBuilder application)
    {
        ArgumentNullException.ThrowIfNull(application);
        var contract = application.ServiceProvider.GetRequiredService<ContractEndpoint>();
        string[] get = [HttpMethods.Get, HttpMethods.Head];
        application.MapMethods(
            EwsOptions.Path,
            get,
            context => context.Request.Query.ContainsKey("wsdl") ? contract.GetWsdlAsync(context) : EwsEndpoint.GetAsync(context));
        application.Map(EwsOptions.Path, EwsEndpoint.RejectMethodAsync);
        application.MapMethods(
            UserPhotoEndpoint.Path, get, application.ServiceProvider.GetRequiredService<UserPhotoEndpoint>().GetAsync);
        var autodiscover = application.ServiceProvider.GetRequiredService<AutodiscoverEndpoint>();
        application.MapPost(AutodiscoverEndpoint.PoxPath, autodiscover.PostPoxAsync);
        application.MapMethods(AutodiscoverEndpoint.PoxPath, get, autodiscover.GetPoxAsync);
        application.MapPost(AutodiscoverEndpoint.SoapPath, autodiscover.PostSoapAsync);
        application.MapMethods(SiblingPath(ServicesWsdl.File), get, contract.GetWsdlAsync);
        foreach (var file in EwsSchema.Files)
            application.MapMethods(SiblingPath(file), get, context => contract.GetSchemaAsync(context, file));
    }

    private static bool IsEws(HttpRequest request) =>
        HttpMethods.IsPost(request.Method)
        && request.Path.Value is { } path
        && path.StartsWith(EwsOptions.Path, StringComparison.OrdinalIgnoreCase)
        && (path.Length == EwsOptions.Path.Length || (path.Length == EwsOptions.Path.Length + 1 && path[^1] == '/'));

    private static string SiblingPath(string file) => EwsOptions.Path[..(EwsOptions.Path.LastIndexOf('/') + 1)] + file;
}
