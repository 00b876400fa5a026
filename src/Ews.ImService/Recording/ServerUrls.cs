using System.Text;
using System.Text.RegularExpressions;

namespace Ews.ImService.Recording;

/// <summary>Replaces the URLs of the server that clients read from responses by URLs of the recorder, so that clients keep using it.
/// </summary>
/// <param name="server">The root of the server.</param>
internal sealed class ServerUrls(Uri server)
{
    private readonly Regex _urls = new(
        $@"{server.Scheme}://{Regex.Escape(server.Host)}{(server.IsDefaultPort ? $"(?::{server.Port})?" : $":{server.Port}")}(?![\w.:-])",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <summary>Returns <c>true</c> if clients read URLs from the responses to a path: Autodiscover and WSDL; otherwise, <c>false</c>.
    /// </summary>
    public static bool AreIn(HttpRequest request)
    {
        var path = request.Path.Value ?? "";
        return path.Contains("/autodiscover/", StringComparison.OrdinalIgnoreCase)
            || path.EndsWith(".wsdl", StringComparison.OrdinalIgnoreCase)
            || request.Query.Keys.Any(key => key.Equals("wsdl", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Returns a text in which URLs of the server are URLs of the recorder, as the client of a request reached it.</summary>
    public string Replace(string text, HttpRequest request)
    {
        var recorder = $"{request.Scheme}://{request.Host}";
        return _urls.Replace(text, _ => recorder);
    }

    /// <summary>Returns a body, in an encoding that contains ASCII, in which URLs of the server are URLs of the recorder.</summary>
    public byte[] Replace(byte[] body, HttpRequest request) =>
        Encoding.Latin1.GetBytes(Replace(Encoding.Latin1.GetString(body), request));
}
