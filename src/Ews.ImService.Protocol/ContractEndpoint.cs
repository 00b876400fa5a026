using System.Collections.Concurrent;
using Ews.ImService.Protocol.Http;
using Ews.ImService.Protocol.Schema;
using Microsoft.AspNetCore.Http;

namespace Ews.ImService.Protocol;

/// <summary>Serves the contract: the WSDL and the schemas with which requests are validated.</summary>
internal sealed class ContractEndpoint(ServicesWsdl wsdl)
{
    private readonly ConcurrentDictionary<string, string> _schemas = new(StringComparer.Ordinal);

    /// <summary>Writes the WSDL, with the URL that the client used.</summary>
    public Task GetWsdlAsync(HttpContext context) => WriteAsync(context, wsdl.Write(RequestUrl.Create(context, EwsOptions.Path)));

    /// <summary>Writes a schema file.</summary>
    public Task GetSchemaAsync(HttpContext context, string file) => WriteAsync(context, _schemas.GetOrAdd(file, EwsSchema.ReadText));

    private static Task WriteAsync(HttpContext context, string text)
    {
        context.Response.ContentType = "text/xml; charset=utf-8";
        return context.Response.WriteAsync(text);
    }
}
