using System.Text;
using System.Xml;
using System.Xml.Linq;
using Microsoft.Net.Http.Headers;

namespace Ews.ImService.Control.Journal;

/// <summary>Takes credentials out of what is shown of requests.</summary>
internal static class Redaction
{
    /// <summary>What stands in the place of a credential.</summary>
    public const string Hidden = "(hidden)";

    private const string WsSecurity = "wss-wssecurity-secext";

    private static readonly HashSet<string> WithScheme = new(StringComparer.OrdinalIgnoreCase)
    {
        HeaderNames.Authorization, HeaderNames.ProxyAuthorization, HeaderNames.WWWAuthenticate, HeaderNames.ProxyAuthenticate,
    };

    private static readonly HashSet<string> Schemes = new(StringComparer.OrdinalIgnoreCase) { "Basic", "Bearer", "Digest", "NTLM", "Negotiate" };

    private static readonly string[] Telling = ["token", "secret", "password", "passwd", "pwd", "cookie", "authorization", "api-key", "apikey", "api_key", "signature", "credential", "session"];

    /// <summary>A header's value; of credentials at most the scheme.</summary>
    public static string Header(string name, string value)
    {
        if (WithScheme.Contains(name))
        {
            var scheme = value.Split(' ', 2)[0];
            return Schemes.Contains(scheme) ? (value.Length > scheme.Length ? $"{scheme} {Hidden}" : scheme) : Hidden;
        }

        return IsTelling(name) ? Hidden : value;
    }

    /// <summary>A query; the values of parameters with telling names are hidden.</summary>
    public static string Query(string query) =>
        query.Length == 0 ? query : "?" + string.Join('&', query[1..].Split('&').Select(Parameter));

    /// <summary>A body's text, without what WS-Security has in it; null where it is no text in UTF-8.</summary>
    public static string? Body(ReadOnlyMemory<byte> body)
    {
        if (HasWsSecurity(body.Span))
            return WithoutWsSecurity(body);
        try
        {
            return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(body.Span);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static bool IsTelling(string name) => Telling.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static string Parameter(string parameter)
    {
        var name = parameter.Split('=', 2)[0];
        return IsTelling(Uri.UnescapeDataString(name)) || name is "code" or "sig" or "key" ? $"{name}={Hidden}" : parameter;
    }

    /// <summary>In whatever encoding: those that XML comes in are ASCII with or without zeros between.</summary>
    private static bool HasWsSecurity(ReadOnlySpan<byte> body)
    {
        if (body.IndexOf("wssecurity"u8) >= 0)
            return true;
        return body.Contains((byte)0) && Encoding.ASCII.GetString(body).Replace("\0", "", StringComparison.Ordinal).Contains("wssecurity", StringComparison.Ordinal);
    }

    private static string WithoutWsSecurity(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(body.ToArray()), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
            var document = XDocument.Load(reader, LoadOptions.PreserveWhitespace);
            foreach (var element in document.Descendants().Where(element => element.Name.NamespaceName.Contains(WsSecurity, StringComparison.Ordinal)).ToList())
            {
                element.RemoveAttributes();
                element.Value = Hidden;
            }

            return document.ToString(SaveOptions.DisableFormatting);
        }
        catch (XmlException)
        {
            return Hidden; // Whatever it is, credentials may be in it.
        }
    }
}
