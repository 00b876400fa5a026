using System.Buffers;
using System.Xml.Linq;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Soap;

/// <summary>
/// The rules of the SOAP headers. The schema does not check headers, because an invalid header has its own response code.
/// </summary>
/// <remarks>Learn: "RequestServerVersion", "ExchangeImpersonation". SOAP 1.1 §4.2.</remarks>
internal static class RequestHeader
{
    private const string Instance = "http://www.w3.org/2001/XMLSchema-instance";
    private const string NextActor = "http://schemas.xmlsoap.org/soap/actor/next";

    private static readonly HashSet<string> Known =
    [
        "RequestServerVersion", "MailboxCulture", "ExchangeImpersonation", "TimeZoneContext", "DateTimePrecision",
        "ManagementRole", "OpenAsAdminOrSystemService", "SerializedSecurityContext",
    ];

    private static readonly SearchValues<char> LettersAndDigits =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");

    private static readonly HashSet<string> AccessModes =
        ["ExchangeImpersonation", "OpenAsAdminOrSystemService", "SerializedSecurityContext"];

    /// <summary>Determines whether a header counts as absent: proxies of JAX-WS send every header that is not set so.</summary>
    public static bool IsNil(XElement header) => header.Attribute(XName.Get("nil", Instance))?.Value.Trim() is "1" or "true";

    /// <summary>Checks that every mandatory header is understood.</summary>
    /// <returns>The MustUnderstand fault of the first header that is not, or <c>null</c>.</returns>
    public static SoapFault? CheckMandatory(IReadOnlyList<XElement> headers)
    {
        var unknown = headers.FirstOrDefault(header => !IsOneOf(header, Known) && IsMandatory(header));
        return unknown is null ? null : SoapFault.HeaderNotUnderstood(unknown.Name.LocalName);
    }

    /// <summary>Reads the schema version that the first RequestServerVersion header names.</summary>
    /// <param name="headers">The headers.</param>
    /// <param name="allowMissing"><c>true</c> if a missing header means Exchange 2013; <c>false</c> if it means Exchange 2007.</param>
    /// <returns>The version, or ErrorInvalidServerVersion.</returns>
    public static EwsResult<ExchangeVersion> ReadVersion(IReadOnlyList<XElement> headers, bool allowMissing)
    {
        if (Find(headers, "RequestServerVersion") is not { } header)
            return allowMissing ? ExchangeVersion.Exchange2013 : ExchangeVersion.Exchange2007;
        return IsEmpty(header) && HasOnlyAttributes(header, SoapReader.EnvelopeNamespace, "Version")
            && ExchangeVersion.Find(header.Attribute("Version")?.Value) is { } version
            ? version
            : EwsError.InvalidServerVersion;
    }

    /// <summary>Reads the user to impersonate.</summary>
    /// <returns>
    /// The user, <c>null</c> without impersonation, or ErrorMoreThanOneAccessModeSpecified, ErrorAccessDenied or
    /// ErrorInvalidExchangeImpersonationHeaderData.
    /// </returns>
    public static EwsResult<ConnectingSid?> ReadImpersonation(IReadOnlyList<XElement> headers)
    {
        var modes = headers.Where(header => IsOneOf(header, AccessModes)).ToList();
        if (modes.Count == 0)
            return (ConnectingSid?)null;
        if (modes.Count > 1)
            return EwsError.MoreThanOneAccessModeSpecified;
        if (!Is(modes[0], "ExchangeImpersonation"))
            return EwsError.AccessDenied;

        return HasOnlyAttributes(modes[0], SoapReader.EnvelopeNamespace)
            && OnlyElement(modes[0]) is { } sid && Is(sid, "ConnectingSID") && HasOnlyAttributes(sid)
            && OnlyElement(sid) is { HasElements: false, Value.Length: > 0 } choice && HasOnlyAttributes(choice)
            && EwsNamespaces.IsTypes(choice.Name.NamespaceName)
            && Enum.TryParse<ConnectingSidKind>(choice.Name.LocalName, ignoreCase: false, out var kind)
            ? new ConnectingSid(kind, choice.Value)
            : EwsError.InvalidExchangeImpersonationHeaderData;
    }

    /// <summary>Determines whether the caller requests times with milliseconds. A value that is not valid is ignored.</summary>
    /// <remarks>Learn: "DateTimePrecision".</remarks>
    public static bool HasMilliseconds(IReadOnlyList<XElement> headers) =>
        Find(headers, "DateTimePrecision")?.Value.Trim() == "Milliseconds";

    /// <summary>Returns the definition of the time zone of times without an offset, or <c>null</c> if the request has none.</summary>
    /// <remarks>Learn: "TimeZoneContext".</remarks>
    public static XElement? FindTimeZone(IReadOnlyList<XElement> headers) =>
        Find(headers, "TimeZoneContext")?.Elements().FirstOrDefault();

    /// <summary>Reads the culture of the caller. A text that is not a language tag is ignored.</summary>
    /// <returns>The culture, such as <c>de-DE</c>, or <c>null</c>.</returns>
    /// <remarks>Learn: "MailboxCulture".</remarks>
    public static string? ReadCulture(IReadOnlyList<XElement> headers) =>
        Find(headers, "MailboxCulture")?.Value.Trim() is { } culture && IsLanguageTag(culture) ? culture : null;

    /// <remarks>XML Schema, type language.</remarks>
    private static bool IsLanguageTag(ReadOnlySpan<char> text)
    {
        foreach (var range in text.Split('-'))
        {
            var part = text[range];
            if (part.Length is 0 or > 8 || part.ContainsAnyExcept(LettersAndDigits))
                return false;
        }

        return true;
    }

    private static bool IsEmpty(XElement header) => !header.HasElements && string.IsNullOrWhiteSpace(header.Value);

    /// <summary>
    /// Returns <c>true</c> if an element has no attributes except one without a namespace, those of one namespace, and those that every
    /// element may have.
    /// </summary>
    private static bool HasOnlyAttributes(XElement element, string? space = null, string? name = null) =>
        element.Attributes().Select(attribute => attribute.Name).All(attribute =>
            attribute.Namespace == XNamespace.Xml
            || attribute.NamespaceName == Instance
            || (attribute.Namespace == XNamespace.None ? attribute.LocalName == name : attribute.NamespaceName == space));

    /// <summary>Returns the content of an element that must contain one element and no text; otherwise, <c>null</c>.</summary>
    private static XElement? OnlyElement(XElement parent) =>
        parent.Elements().ToArray() is [var only] && parent.Nodes().OfType<XText>().All(text => string.IsNullOrWhiteSpace(text.Value))
            ? only
            : null;

    /// <summary>Returns the first header with a name, or <c>null</c> if there is none.</summary>
    private static XElement? Find(IReadOnlyList<XElement> headers, string name)
    {
        foreach (var header in headers)
        {
            if (Is(header, name))
                return header;
        }

        return null;
    }

    private static bool Is(XElement header, string name) =>
        header.Name.LocalName == name && EwsNamespaces.IsTypes(header.Name.NamespaceName);

    private static bool IsOneOf(XElement header, HashSet<string> names) =>
        names.Contains(header.Name.LocalName) && EwsNamespaces.IsTypes(header.Name.NamespaceName);

    /// <summary>Returns <c>true</c> if a header is mandatory for this server, not for another actor.</summary>
    private static bool IsMandatory(XElement header)
    {
        XNamespace soap = SoapReader.EnvelopeNamespace;
        return header.Attribute(soap + "mustUnderstand")?.Value.Trim() is "1" or "true"
            && header.Attribute(soap + "actor")?.Value is null or "" or NextActor;
    }
}
