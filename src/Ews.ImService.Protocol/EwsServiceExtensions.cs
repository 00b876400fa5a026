using Ews.ImService.Protocol.Autodiscover;
using Ews.ImService.Protocol.Operations;
using Ews.ImService.Protocol.Operations.Folders;
using Ews.ImService.Protocol.Operations.Personas;
using Ews.ImService.Protocol.Schema;
using Ews.ImService.Protocol.SignIn;
using Ews.ImService.Protocol.Soap;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Ews.ImService.Protocol;

/// <summary>Puts the EWS edge into a web application.</summary>
public static class EwsServiceExtensions
{
    /// <summary>Adds what answers; the application adds SignInOptions, Passwords, an IMailboxStore, an AccountDirectory, an AddressList and a TimeProvider.</summary>
    public static IServiceCollection AddEws(this IServiceCollection services, EwsOptions options) => services
        .AddSingleton(options)
        .AddSingleton(new SoapWriter(options.ServerVersion))
        .AddSingleton(new PersonaXml(options.PersonaProfile))
        .AddSingleton<CallerResolver>()
        .AddSingleton<SignInGate>()
        .AddSingleton<PoxAutodiscover>()
        .AddSingleton<SoapAutodiscover>()
        .AddSingleton<AutodiscoverEndpoint>()
        .AddSingleton<FolderIds>()
        .AddSingleton<OperationServices>()
        .AddSingleton<OperationTable>()
        .AddSingleton<SoapService>()
        .AddSingleton<ServicesWsdl>()
        .AddSingleton<ContractEndpoint>()
        .AddSingleton<EwsEndpoint>();

    /// <summary>Answers at <see cref="EwsOptions.Path"/>, with the contract beside it, whatever its letter case; other methods than GET and POST get 405.</summary>
    public static void MapEws(this IEndpointRouteBuilder application)
    {
        ArgumentNullException.ThrowIfNull(application);
        var endpoint = application.ServiceProvider.GetRequiredService<EwsEndpoint>();
        var contract = application.ServiceProvider.GetRequiredService<ContractEndpoint>();
        string[] reading = [HttpMethods.Get, HttpMethods.Head];
        application.MapMethods(
            EwsOptions.Path,
            reading,
            context => context.Request.Query.ContainsKey("wsdl") ? contract.GetWsdlAsync(context) : EwsEndpoint.GetAsync(context));
        application.MapPost(EwsOptions.Path, endpoint.PostAsync);
        application.Map(EwsOptions.Path, EwsEndpoint.RefuseMethodAsync);
        var autodiscover = application.ServiceProvider.GetRequiredService<AutodiscoverEndpoint>();
        application.MapPost(AutodiscoverEndpoint.PoxPath, autodiscover.PostPoxAsync);
        application.MapMethods(AutodiscoverEndpoint.PoxPath, reading, autodiscover.GetPoxAsync);
        application.MapPost(AutodiscoverEndpoint.SoapPath, autodiscover.PostSoapAsync);
        application.MapMethods(Beside(ServicesWsdl.File), reading, contract.GetWsdlAsync);
        foreach (var file in EwsSchema.Files)
            application.MapMethods(Beside(file), reading, context => contract.GetSchemaAsync(context, file));
    }

    private static string Beside(string file) => EwsOptions.Path[..(EwsOptions.Path.LastIndexOf('/') + 1)] + file;

    /// <summary>Compiles what most requests need of the schema ahead of the first request; safe to run while the application starts.</summary>
    public static void WarmUp() => _ = EwsSchema.First;
}
