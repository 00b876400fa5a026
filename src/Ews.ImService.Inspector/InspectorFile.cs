using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace Ews.ImService.Inspector;

/// <summary>A file of the page, which is embedded in this assembly.</summary>
/// <param name="Content">The content.</param>
/// <param name="ContentType">The media type.</param>
/// <param name="EntityTag">The entity tag, which is derived from the content.</param>
internal sealed record InspectorFile(byte[] Content, string ContentType, EntityTagHeaderValue EntityTag)
{
    /// <summary>Returns all files by name.</summary>
    public static IReadOnlyDictionary<string, InspectorFile> LoadAll() =>
        typeof(InspectorFile).Assembly.GetManifestResourceNames().ToDictionary(name => name, Load, StringComparer.Ordinal);

    private static InspectorFile Load(string name)
    {
        using var resource = typeof(InspectorFile).Assembly.GetManifestResourceStream(name)!;
        var content = new byte[resource.Length];
        resource.ReadExactly(content);
        var hash = Base64Url.EncodeToString(SHA256.HashData(content));
        return new InspectorFile(content, ContentTypeOf(name), new EntityTagHeaderValue($"\"{hash}\""));
    }

    private static string ContentTypeOf(string name) => Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".svg" => "image/svg+xml",
        _ => throw new NotSupportedException($"The file '{name}' has no known content type."),
    };
}
