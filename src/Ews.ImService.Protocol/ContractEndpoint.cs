using System.Collections.Concurrent;
using Ews.ImService.Protocol.Schema;
using Microsoft.AspNetCore.Http;

namespace Ews.ImService.Protocol;

/// <summary>Hands out the contract: the WSDL and the schemas that requests are validated against.</summary>
internal sealed class ContractEndpoint(ServicesWsdl wsdl)
{
    /// <summary>Where ASP.NET Core keeps the Host header that a proxy's has replaced.</summary>
    private const string OriginalHost = "X-Original-Host";

    private readonly ConcurrentDictionary<string, string> _schemas = new(StringComparer.Ordinal);

    /// <summary>The WSDL, with the address that this caller used.</summary>
    public Task GetWsdlAsync(HttpContext context) => WriteAsync(context, wsdl.Write(AddressOf(context)));

    /// <summary>A schema file.</summary>
    public Task GetSchemaAsync(HttpContext context, string file) => WriteAsync(context, _schemas.GetOrAdd(file, EwsSchema.ReadText));

    /// <summary>Some clients leave the port out of Host, so where nobody forwarded the request, the connection's own port counts.</summary>
    private static Uri AddressOf(HttpContext context)
    {
        var request = context.Request;
        var address = new UriBuilder(request.Scheme, request.Host.HasValue ? request.Host.Host : "localhost", request.Host.Port ?? -1, EwsOptions.Path);
        if (request.Host.Port is null && !request.Headers.ContainsKey(OriginalHost) && context.Connection.LocalPort > 0)
            address.Port = context.Connection.LocalPort;
        return address.Uri;
    }

    private static Task WriteAsync(HttpContext context, string text)
    {
        context.Response.ContentType = "text/xml; charset=utf-8";
        return context.Response.WriteAsync(text);
    }
}
