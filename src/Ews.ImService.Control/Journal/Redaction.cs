using System.Text;
using System.Xml;
using System.Xml.Linq;
using Ews.ImService.Protocol.SignIn;
using Microsoft.Net.Http.Headers;

namespace Ews.ImService.Control.Journal;

/// <summary>Removes credentials from the parts of requests and responses that the journal shows.</summary>
internal static class Redaction
{
    /// <summary>The replacement of a credential.</summary>
    public const string Hidden = "(hidden)";

    /// <summary>The maximum depth of a body that is read; no valid request is as deep.</summary>
    private const int MaxDepth = 64;

    /// <summary>A part of all namespaces of WS-Security.</summary>
    private const string WsSecurity = "secext";

    private static readonly HashSet<string> SecretElements = new(StringComparer.Ordinal)
    {
        "Password", "BinarySecurityToken", "RequestSecurityToken", "RequestSecurityTokenResponse", "TokenValue",
    };

    /// <summary>The texts that indicate secrets: a body with secrets contains at least one of them.</summary>
    private static readonly byte[][] SuspectTexts =
        [Encoding.ASCII.GetBytes(WsSecurity), [.. "Password"u8], [.. "SecurityToken"u8], [.. "TokenValue"u8]];

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly HashSet<string> WithScheme = new(StringComparer.OrdinalIgnoreCase)
    {
        HeaderNames.Authorization, HeaderNames.ProxyAuthorization, HeaderNames.WWWAuthenticate, HeaderNames.ProxyAuthenticate,
    };

    /// <summary>The parts of the names of headers and parameters with a secret value.</summary>
    private static readonly string[] SecretNameParts =
    [
        "token", "secret", "pass", "pwd", "cookie", "auth", "apikey", "-key", "_key", "signature", "credential", "jwt", "canary",
        "assertion", "saml",
    ];

    private static readonly HashSet<string> SecretNames = new(StringComparer.OrdinalIgnoreCase) { "code", "sig", "key", "pw" };

    /// <summary>Returns the value of a header; for credentials, only the scheme.</summary>
    public static string Header(string name, string value)
    {
        if (WithScheme.Contains(name))
        {
            var scheme = AuthenticationScheme.Find(value);
            return scheme is null ? Hidden : value.Length > scheme.Length ? $"{scheme} {Hidden}" : scheme;
        }

        if (IsSecretName(name))
            return Hidden;
        var query = value.IndexOf('?', StringComparison.Ordinal); // The value is a URL in headers such as Referer and Location.
        return query < 0 ? value : value[..query] + Query(value[query..]);
    }

    /// <summary>Returns a query in which the values of parameters with secret names are hidden.</summary>
    public static string Query(string query) =>
        query.Length == 0 ? query : "?" + string.Join('&', query[1..].Split('&', ';').Select(Parameter));

    /// <summary>Returns the text of a body without the secrets in XML elements.</summary>
    /// <returns>
    /// The text, or <c>null</c> if the body is not valid UTF-8; and a value that indicates whether secrets were removed from it.
    /// </returns>
    public static (string? Text, bool IsRedacted) Body(ReadOnlyMemory<byte> body)
    {
        if (IsSuspect(body.Span) && WithoutSecrets(body) is { } text)
            return (text, true);
        try
        {
            return (StrictUtf8.GetString(body.Span), false);
        }
        catch (DecoderFallbackException)
        {
            return (null, false);
        }
    }

    /// <summary>Returns a body without the secrets in XML elements.</summary>
    /// <returns>The body; and a value that indicates whether secrets were removed from it.</returns>
    public static (ReadOnlyMemory<byte> Body, bool IsRedacted) BodyBytes(ReadOnlyMemory<byte> body) =>
        IsSuspect(body.Span) && WithoutSecrets(body) is { } text ? (Encoding.UTF8.GetBytes(text), true) : (body, false);

    /// <summary>Returns <c>true</c> if a body contains a text outside of secrets, regardless of case; otherwise, <c>false</c>.
    /// </summary>
    public static bool BodyContains(ReadOnlyMemory<byte> body, string text)
    {
        var content = IsSuspect(body.Span) ? Body(body).Text : Encoding.UTF8.GetString(body.Span);
        return content?.Contains(text, StringComparison.OrdinalIgnoreCase) == true;
    }

    /// <summary>Returns <c>true</c> if a text contains a word that indicates a secret; otherwise, <c>false</c>.</summary>
    public static bool MayContainSecret(string text) =>
        SecretNameParts.Any(part => text.Contains(part, StringComparison.OrdinalIgnoreCase));

    /// <summary>Returns <c>true</c> if the name of a header, parameter or member indicates a secret; otherwise, <c>false</c>.</summary>
    public static bool IsSecretName(string name) =>
        SecretNames.Contains(name) || SecretNameParts.Any(part => name.Contains(part, StringComparison.OrdinalIgnoreCase));

    private static string Parameter(string parameter)
    {
        var name = parameter.Split('=', 2)[0];
        return IsSecretName(Uri.UnescapeDataString(name)) ? $"{name}={Hidden}" : parameter;
    }

    /// <summary>
    /// Determines whether a body may contain secrets, in every XML encoding: apart from zeros, the texts have the same bytes in all of
    /// them.
    /// </summary>
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

    private static bool IsSecret(XElement element) =>
        element.Name.NamespaceName.Contains(WsSecurity, StringComparison.Ordinal) || SecretElements.Contains(element.Name.LocalName);

    /// <summary>Returns <c>true</c> for a body whose reading would take time that grows with the square of its depth.</summary>
    private static bool IsTooDeep(ReadOnlyMemory<byte> body, XmlReaderSettings settings)
    {
        using var reader = XmlReader.Create(new MemoryStream(body.ToArray()), settings);
        while (reader.Read())
        {
            if (reader.Depth > MaxDepth)
                return true;
        }

        return false;
    }

    /// <summary>
    /// Returns the document without secrets, or <c>null</c> if it has none. A body that is not XML, or is nested deeply, is hidden
    /// completely.
    /// </summary>
    private static string? WithoutSecrets(ReadOnlyMemory<byte> body)
    {
        try
        {
            var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit };
            if (IsTooDeep(body, settings))
                return Hidden;
            using var reader = XmlReader.Create(new MemoryStream(body.ToArray()), settings);
            var document = XDocument.Load(reader, LoadOptions.PreserveWhitespace);
            var secrets = document.Descendants().Where(IsSecret).ToList();
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
            return Hidden; // It may contain secrets.
        }
    }
}
