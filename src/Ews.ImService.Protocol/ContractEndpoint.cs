using System.Collections.Concurrent;
using Ews.ImService.Protocol.Schema;
using Microsoft.AspNetCore.Http;

namespace Ews.ImService.Protocol;

/// <summary>Hands out the contract: the WSDL and the schemas that requests are validated against.</summary>
internal sealed class ContractEndpoint(ServicesWsdl wsdl)
{
    /// <summary>Where ASP.NET Core keeps the Host header that a proxy's has replaced.</summary>
    private const string OriginalHost = "X-Original-Host";

    private const string Localhost = "localhost";

    private readonly ConcurrentDictionary<string, string> _schemas = new(StringComparer.Ordinal);

    /// <summary>The WSDL, with the address that this caller used.</summary>
    public Task GetWsdlAsync(HttpContext context) => WriteAsync(context, wsdl.Write(AddressOf(context)));

    /// <summary>A schema file.</summary>
    public Task GetSchemaAsync(HttpContext context, string file) => WriteAsync(context, _schemas.GetOrAdd(file, EwsSchema.ReadText));

    /// <summary>Some clients leave the port out of Host, so where nobody forwarded the request, the connection's own port counts; a Host that is no host does not.</summary>
    private static Uri AddressOf(HttpContext context)
    {
        var request = context.Request;
        var isForwarded = request.Headers.ContainsKey(OriginalHost);
        var port = request.Host.Port ?? (isForwarded ? null : context.Connection.LocalPort);
        var host = request.Host.HasValue ? request.Host.Host : Localhost;
        return Uri.TryCreate($"{request.Scheme}://{host}{(port is null ? "" : $":{port}")}{EwsOptions.Path}", UriKind.Absolute, out var address)
            ? address
            : new Uri($"{request.Scheme}://{Localhost}:{context.Connection.LocalPort}{EwsOptions.Path}");
    }

    private static Task WriteAsync(HttpContext context, string text)
    {
        context.Response.ContentType = "text/xml; charset=utf-8";
        return context.Response.WriteAsync(text);
    }
}
