using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Ews.ImService.Control.Api;

/// <summary>Serves the files that are embedded in this assembly.</summary>
internal static class EmbeddedFile
{
    /// <summary>Creates a response with a file.</summary>
    public static FileStreamHttpResult Serve(string name, string contentType) =>
        TypedResults.Stream(typeof(EmbeddedFile).Assembly.GetManifestResourceStream(name)!, contentType);

    /// <summary>Serves the page that shows the mailboxes and the journal, which it reads through the control API.</summary>
    public static Task ServePageAsync(HttpContext context)
    {
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; "
            + "script-src 'unsafe-inline'; connect-src 'self'; img-src data:; frame-ancestors 'none'";
        return Serve("page.html", "text/html; charset=utf-8").ExecuteAsync(context);
    }
}
