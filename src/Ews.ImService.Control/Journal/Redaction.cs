using System.Text;
using System.Xml;
using System.Xml.Linq;
using Ews.ImService.Protocol.SignIn;
using Microsoft.Net.Http.Headers;

namespace Ews.ImService.Control.Journal;

/// <summary>Takes credentials out of what is shown of requests.</summary>
internal static class Redaction
{
    /// <summary>What stands in the place of a credential.</summary>
    public const string Hidden = "(hidden)";

    /// <summary>In the namespaces of WS-Security, the old ones and the new one.</summary>
    private const string WsSecurity = "secext";

    private static readonly HashSet<string> SecretElements = new(StringComparer.Ordinal) { "Password", "BinarySecurityToken", "RequestSecurityToken", "RequestSecurityTokenResponse" };

    /// <summary>What a body with secrets has somewhere.</summary>
    private static readonly byte[][] SuspectTexts = [Encoding.ASCII.GetBytes(WsSecurity), [.. "Password"u8], [.. "SecurityToken"u8]];

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly HashSet<string> WithScheme = new(StringComparer.OrdinalIgnoreCase)
    {
        HeaderNames.Authorization, HeaderNames.ProxyAuthorization, HeaderNames.WWWAuthenticate, HeaderNames.ProxyAuthenticate,
    };

    /// <summary>Parts of names that tell of a secret.</summary>
    private static readonly string[] Telling = ["token", "secret", "pass", "pwd", "cookie", "auth", "apikey", "-key", "_key", "signature", "credential", "jwt", "canary", "assertion", "saml"];

    private static readonly HashSet<string> TellingAlone = new(StringComparer.OrdinalIgnoreCase) { "code", "sig", "key", "pw" };

    /// <summary>A header's value; of credentials at most the scheme.</summary>
    public static string Header(string name, string value)
    {
        if (WithScheme.Contains(name))
        {
            var scheme = AuthenticationScheme.Find(value);
            return scheme is null ? Hidden : value.Length > scheme.Length ? $"{scheme} {Hidden}" : scheme;
        }

        if (IsTelling(name))
            return Hidden;
        var query = value.IndexOf('?', StringComparison.Ordinal); // Of a URL, such as Referer and Location have.
        return query < 0 ? value : value[..query] + Query(value[query..]);
    }

    /// <summary>A query; the values of parameters with telling names are hidden.</summary>
    public static string Query(string query) =>
        query.Length == 0 ? query : "?" + string.Join('&', query[1..].Split('&', ';').Select(Parameter));

    /// <summary>A body's text, without the secrets that XML has elements for; null where it is no text in UTF-8.</summary>
    public static string? Body(ReadOnlyMemory<byte> body)
    {
        if (IsSuspect(body.Span) && WithoutSecrets(body) is { } text)
            return text;
        try
        {
            return StrictUtf8.GetString(body.Span);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>Whether a body has a text where everybody may look.</summary>
    public static bool BodyContains(ReadOnlyMemory<byte> body, string text) => IsSuspect(body.Span)
        ? Body(body)?.Contains(text, StringComparison.Ordinal) == true
        : body.Span.IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;

    private static bool IsTelling(string name) => TellingAlone.Contains(name) || Telling.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static string Parameter(string parameter)
    {
        var name = parameter.Split('=', 2)[0];
        return IsTelling(Uri.UnescapeDataString(name)) ? $"{name}={Hidden}" : parameter;
    }

    /// <summary>In whatever encoding: those that XML comes in are ASCII with or without zeros between.</summary>
    private static bool IsSuspect(ReadOnlySpan<byte> body)
    {
        if (!body.Contains((byte)0))
            return IsSuspectAscii(body);
        return IsSuspectAscii(Encoding.ASCII.GetBytes(Encoding.ASCII.GetString(body).Replace("\0", "", StringComparison.Ordinal)));
    }

    private static bool IsSuspectAscii(ReadOnlySpan<byte> body)
    {
        foreach (var text in SuspectTexts)
        {
            if (body.IndexOf(text) >= 0)
                return true;
        }

        return false;
    }

    /// <summary>The document without its secrets; null where it has none, and hidden whole where it is no XML.</summary>
    private static string? WithoutSecrets(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(body.ToArray()), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
            var document = XDocument.Load(reader, LoadOptions.PreserveWhitespace);
            var secrets = document.Descendants().Where(element => element.Name.NamespaceName.Contains(WsSecurity, StringComparison.Ordinal) || SecretElements.Contains(element.Name.LocalName)).ToList();
            foreach (var secret in secrets)
            {
                secret.RemoveAttributes();
                secret.Value = Hidden;
            }

            foreach (var comment in secrets.Count > 0 ? document.DescendantNodes().OfType<XComment>().ToList() : [])
                comment.Remove();
            return secrets.Count == 0 ? null : document.ToString(SaveOptions.DisableFormatting);
        }
        catch (XmlException)
        {
            return Hidden; // Whatever it is, secrets may be in it.
        }
    }
}
