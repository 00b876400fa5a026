using System.Reflection;
using System.Text.Json.Serialization.Metadata;
using Ews.ImService.Control.Contract;
using Ews.ImService.Control.Documents;
using Ews.ImService.Protocol.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.DependencyInjection;

namespace Ews.ImService.Control.Api;

/// <summary>The body of a request as a parameter of an endpoint.</summary>
internal interface IJsonBody
{
    /// <summary>Gets the response to a body that could not be read; otherwise, <c>null</c>.</summary>
    ProblemHttpResult? Unreadable { get; }
}

/// <inheritdoc/>
/// <typeparam name="T">The record of the contract.</typeparam>
internal sealed class JsonBody<T> : IJsonBody, IEndpointParameterMetadataProvider
    where T : class
{
    private readonly Document<T> _document;

    private JsonBody(Document<T> document) => _document = document;

    /// <summary>Gets the record, in which values that violate a type or a rule are replaced.</summary>
    public T Value => _document.Value!;

    /// <summary>Gets the violations in the body, to which an endpoint can add violations of further rules.</summary>
    public DocumentProblems Problems => _document.Problems;

    /// <inheritdoc/>
    public ProblemHttpResult? Unreadable => _document.Value is null ? Problem.Unprocessable(Problems) : null;

    /// <summary>Reads the body. An empty one is an empty object.</summary>
    /// <exception cref="BadHttpRequestException">The body is rejected.</exception>
    public static async ValueTask<JsonBody<T>?> BindAsync(HttpContext context)
    {
        var options = context.RequestServices.GetRequiredService<ControlOptions>();
        var bodies = context.RequestServices.GetRequiredService<RequestBodies>();
        var body = await bodies.ReceiveAsync(context.Request, options.MaxBodyBytes, context.RequestAborted);
        context.Response.RegisterForDispose(body);
        if (body.Rejection is { } rejection)
            throw new BadHttpRequestException(rejection.Reason, rejection.StatusCode);
        var bytes = body.Bytes;
        var type = (JsonTypeInfo<T>)ContractJson.Default.GetTypeInfo(typeof(T))!;
        return new JsonBody<T>(DocumentReader.Read(bytes.Length == 0 ? "{}"u8.ToArray() : bytes, type, options.MaxBodyValues));
    }

    /// <summary>Declares the type of the body. Every content type is accepted: curl does not send that of JSON by default.</summary>
    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata(["*/*"], typeof(T)));
}
