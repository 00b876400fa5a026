using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Ews.ImService.Control.Api;

/// <summary>Serves the files that are embedded in this assembly.</summary>
internal static class EmbeddedFile
{
    /// <summary>Creates a response with a file.</summary>
    public static FileStreamHttpResult Serve(string name, string contentType) =>
        TypedResults.Stream(typeof(EmbeddedFile).Assembly.GetManifestResourceStream(name)!, contentType);
}
