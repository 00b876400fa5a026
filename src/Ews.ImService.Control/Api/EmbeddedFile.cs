using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Ews.ImService.Control.Api;

/// <summary>Serves the files that are embedded in this assembly.</summary>
internal static class EmbeddedFile
{
    /// <summary>The value of X-Content-Type-Options, which keeps browsers from guessing another content type.</summary>
    public const string NoSniff = "nosniff";

    private const string Page = "page.html";

    private static readonly Lazy<string> PagePolicy = new(CreatePagePolicy);

    /// <summary>Creates a response with a file.</summary>
    public static FileStreamHttpResult Serve(string name, string contentType) =>
        TypedResults.Stream(typeof(EmbeddedFile).Assembly.GetManifestResourceStream(name)!, contentType);

    /// <summary>Serves the page that shows the mailboxes and the journal, which it reads through the control API.</summary>
    public static Task ServePageAsync(HttpContext context)
    {
        context.Response.Headers.ContentSecurityPolicy = PagePolicy.Value;
        context.Response.Headers.XContentTypeOptions = NoSniff;
        return Serve(Page, "text/html; charset=utf-8").ExecuteAsync(context);
    }

    /// <summary>Creates the policy of the page, which allows only the style and the script in it.</summary>
    /// <remarks>W3C, "Content Security Policy Level 3".</remarks>
    private static string CreatePagePolicy()
    {
        using var reader = new StreamReader(typeof(EmbeddedFile).Assembly.GetManifestResourceStream(Page)!);
        var page = reader.ReadToEnd();
        return $"default-src 'none'; style-src '{HashOf(page, "style")}'; script-src '{HashOf(page, "script")}'; connect-src 'self'; "
            + "img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }

    private static string HashOf(string page, string element)
    {
        var content = page.Split($"<{element}>", 2)[1].Split($"</{element}>", 2)[0];
        return "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(content)));
    }
}
