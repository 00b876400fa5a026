using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Ews.ImService.Inspector;

/// <summary>Serves the page that shows and steers the service, which it does through the control API.</summary>
public static class InspectorPage
{
    private const string IndexFile = "index.html";

    /// <summary>The policy of the page: it loads files and calls the API of its own origin only, and contains no script or style.</summary>
    /// <remarks>W3C, "Content Security Policy Level 3".</remarks>
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static readonly Lazy<IReadOnlyDictionary<string, InspectorFile>> Files = new(InspectorFile.LoadAll);

    /// <summary>Responds to a request for the page, or for the file that the route value <c>file</c> names.</summary>
    /// <param name="context">The HTTP request.</param>
    public static Task ServeAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (!context.Request.Path.HasValue)
            return AddSlash(context.Request).ExecuteAsync(context);

        var name = context.GetRouteValue("file") as string ?? IndexFile;
        if (!Files.Value.TryGetValue(name, out var file))
            return TypedResults.NotFound().ExecuteAsync(context);

        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-cache"; // The browser asks whether the file has changed, as after an update of the service.
        return TypedResults.Bytes(file.Content, file.ContentType, entityTag: file.EntityTag).ExecuteAsync(context);
    }

    /// <summary>Redirects <c>/realms/NAME</c> to <c>/realms/NAME/</c>, because the URLs of the page are relative.</summary>
    private static RedirectHttpResult AddSlash(HttpRequest request)
    {
        var realm = request.PathBase.ToUriComponent().Split('/')[^1];
        return TypedResults.Redirect($"{realm}/{request.QueryString}");
    }
}
