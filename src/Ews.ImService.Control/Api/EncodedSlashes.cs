using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Ews.ImService.Control.Api;

/// <summary>Decodes slashes in the values of a route, such as that of the address <c>a/b@contoso.com</c>.</summary>
/// <remarks>
/// The server decodes a path except <c>%2F</c>, so that <c>%2F</c> and <c>%252F</c> are the same in the path. Only the target of the
/// request distinguishes them.
/// </remarks>
internal static class EncodedSlashes
{
    private const string EncodedSlash = "%2F";

    /// <summary>Decodes the route values of a request.</summary>
    public static void Decode(HttpContext context)
    {
        foreach (var (name, value) in context.Request.RouteValues)
        {
            if (value is string text && text.Contains(EncodedSlash, StringComparison.OrdinalIgnoreCase))
                context.Request.RouteValues[name] = Decode(context, text);
        }
    }

    private static string Decode(HttpContext context, string value) =>
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?')[0].Split('/')
            .Select(Uri.UnescapeDataString)
            .FirstOrDefault(segment => IsSame(segment, value)) ?? value;

    private static bool IsSame(string segment, string value) => string.Equals(
        segment.Replace("/", EncodedSlash, StringComparison.Ordinal), value, StringComparison.OrdinalIgnoreCase);
}
