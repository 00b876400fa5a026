using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Ews.ImService.Control.Rules;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;

namespace Ews.ImService.Control.Api;

/// <summary>Rejects a request that does not fit the parameters of its endpoint: an unknown query parameter, which is probably
/// misspelled, a value that violates a type or a rule, and a body that is not a JSON object or that the endpoint does not
/// read.</summary>
internal sealed class RequestFilter : IEndpointFilter
{
    /// <inheritdoc/>
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        var endpoint = (RouteEndpoint)context.HttpContext.GetEndpoint()!;
        return CheckParameters(request, Parameters(endpoint))
            ?? CheckBody(request, endpoint, context.Arguments.OfType<IJsonBody>().FirstOrDefault())
            ?? await next(context);
    }

    /// <summary>Returns the query and route parameters of an endpoint by name.</summary>
    public static IReadOnlyDictionary<string, ParameterInfo> Parameters(RouteEndpoint endpoint) => endpoint.Metadata
        .OfType<IParameterBindingMetadata>()
        .Where(parameter => parameter.ParameterInfo.ParameterType == typeof(string) || parameter.HasTryParse)
        .ToDictionary(parameter => JsonNamingPolicy.CamelCase.ConvertName(parameter.Name), parameter => parameter.ParameterInfo);

    private static ProblemHttpResult? CheckParameters(HttpRequest request, IReadOnlyDictionary<string, ParameterInfo> parameters)
    {
        var known = parameters.Keys.Where(name => !request.RouteValues.ContainsKey(name)).Order(StringComparer.Ordinal).ToList();
        if (request.Query.Keys.FirstOrDefault(key => !known.Contains(key, StringComparer.OrdinalIgnoreCase)) is { } unknown)
        {
            var hint = known.Count > 0 ? $" The valid parameters are {string.Join(", ", known)}." : "";
            return Problem.BadRequest($"Unknown query parameter '{unknown}'.{hint}");
        }

        foreach (var (name, parameter) in parameters)
        {
            if (request.RouteValues[name] is string segment)
            {
                if (Violation(parameter, segment) is { } rule)
                    return Problem.BadRequest($"The {name} in the path {rule}, but is '{segment}'.");
            }
            else if (request.Query.TryGetValue(name, out var values))
            {
                if (values is not [{ Length: > 0 } value])
                    return Problem.BadRequest($"The parameter {name} must have one value.");
                if (Violation(parameter, value) is { } rule)
                    return Problem.BadRequest($"The parameter {name} {rule}, but is '{value}'.");
            }
        }

        return null;
    }

    private static ProblemHttpResult? CheckBody(HttpRequest request, RouteEndpoint endpoint, IJsonBody? body) =>
        endpoint.Metadata.GetMetadata<IAcceptsMetadata>() is not null ? body?.Unreadable
        : request.ContentLength > 0 ? Problem.BadRequest($"{request.Method} {request.Path} does not read a body.")
        : null;

    private static string? Violation(ParameterInfo parameter, string text)
    {
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        var rules = parameter.GetCustomAttributes<ValidationAttribute>().ToList();
        if (type == typeof(bool))
            return text is "true" or "false" ? null : ValueRules.Boolean;
        if (type == typeof(string))
            return ValueRules.Violation(type, text, rules);
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? ValueRules.Violation(type, number, rules)
            : ValueRules.Number(type, rules);
    }
}
