using System.Xml.Linq;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Soap;

/// <summary>The rules of a request's SOAP headers. They are not the schema's: a bad header has a code of its own.</summary>
/// <remarks>Learn: "RequestServerVersion", "ExchangeImpersonation". SOAP 1.1 §4.2.</remarks>
internal static class RequestHeader
{
    private const string NextActor = "http://schemas.xmlsoap.org/soap/actor/next";

    private static readonly HashSet<string> Known =
    [
        "RequestServerVersion", "MailboxCulture", "ExchangeImpersonation", "TimeZoneContext", "DateTimePrecision",
        "ManagementRole", "OpenAsAdminOrSystemService", "SerializedSecurityContext",
    ];

    private static readonly HashSet<string> AccessModes = ["ExchangeImpersonation", "OpenAsAdminOrSystemService", "SerializedSecurityContext"];

    /// <summary>What a missing header means, and what it means where that is allowed to mean more.</summary>
    private const string FirstVersion = "Exchange2007";

    private const string AllowedMissingVersion = "Exchange2013";

    /// <summary>A name that the schema has and no document explains; taken for Exchange2013, which follows it.</summary>
    private const string Undocumented2012 = "Exchange2012";

    /// <summary>From the oldest to the newest.</summary>
    private static readonly List<string> Versions =
    [
        FirstVersion, "Exchange2007_SP1", "Exchange2009", "Exchange2010", "Exchange2010_SP1", "Exchange2010_SP2", Undocumented2012,
        "Exchange2013", "Exchange2013_SP1", "Exchange2015", "Exchange2016",
        "V2015_10_05", "V2016_01_06", "V2016_04_13", "V2016_07_13", "V2016_10_10",
    ];

    /// <summary>A header that has to be understood and is not.</summary>
    /// <returns>Null, or the MustUnderstand fault.</returns>
    public static SoapFault? CheckMandatory(IReadOnlyList<XElement> headers)
    {
        var unknown = headers.FirstOrDefault(header => !IsKnown(header) && IsMandatoryHere(header));
        return unknown is null ? null : SoapFault.HeaderNotUnderstood(unknown.Name.LocalName);
    }

    /// <summary>The schema version that is asked for; the first counts.</summary>
    /// <returns>Its name, null where there is no header, or ErrorInvalidServerVersion.</returns>
    public static EwsError? ReadVersion(IReadOnlyList<XElement> headers, out string? version)
    {
        var header = headers.FirstOrDefault(header => Is(header, "RequestServerVersion"));
        version = header?.Attribute("Version")?.Value;
        return header is null || (version is not null && Versions.Contains(version)) ? null : EwsError.InvalidServerVersion;
    }

    /// <summary>Whether an operation is in a version.</summary>
    /// <param name="version">A name that <see cref="ReadVersion"/> gave; null counts as Exchange 2007.</param>
    /// <param name="since">The oldest version that has the operation.</param>
    /// <param name="allowMissing">Whether null counts as Exchange 2013.</param>
    public static EwsError? CheckVersion(string? version, string since, bool allowMissing)
    {
        var asked = version switch
        {
            null => allowMissing ? AllowedMissingVersion : FirstVersion,
            Undocumented2012 => AllowedMissingVersion,
            _ => version,
        };
        return Versions.IndexOf(asked) >= Versions.IndexOf(since) ? null : EwsError.IncorrectSchemaVersion;
    }

    /// <summary>Whom the caller wants to be.</summary>
    /// <returns>Null for nobody else, or ErrorMoreThanOneAccessModeSpecified, ErrorAccessDenied or ErrorInvalidExchangeImpersonationHeaderData.</returns>
    public static EwsError? ReadImpersonation(IReadOnlyList<XElement> headers, out ConnectingSid? connectingSid)
    {
        connectingSid = null;
        var modes = headers.Where(header => EwsNamespaces.IsTypes(header.Name.NamespaceName) && AccessModes.Contains(header.Name.LocalName)).ToList();
        if (modes.Count == 0)
            return null;
        if (modes.Count > 1)
            return EwsError.MoreThanOneAccessModeSpecified;
        if (!Is(modes[0], "ExchangeImpersonation"))
            return EwsError.AccessDenied;

        var choices = modes[0].Elements().Where(child => Is(child, "ConnectingSID")).Elements().ToList();
        if (choices is not [{ Value.Length: > 0 } choice]
            || !EwsNamespaces.IsTypes(choice.Name.NamespaceName)
            || !Enum.TryParse<ConnectingSidKind>(choice.Name.LocalName, ignoreCase: false, out var kind))
        {
            return EwsError.InvalidExchangeImpersonationHeaderData;
        }

        connectingSid = new ConnectingSid(kind, choice.Value);
        return null;
    }

    private static bool Is(XElement header, string name) => header.Name.LocalName == name && EwsNamespaces.IsTypes(header.Name.NamespaceName);

    private static bool IsKnown(XElement header) => Known.Contains(header.Name.LocalName) && EwsNamespaces.IsTypes(header.Name.NamespaceName);

    private static bool IsMandatoryHere(XElement header)
    {
        XNamespace soap = SoapReader.EnvelopeNamespace;
        return header.Attribute(soap + "mustUnderstand")?.Value.Trim() is "1" or "true"
            && header.Attribute(soap + "actor")?.Value is null or "" or NextActor;
    }
}

/// <summary>The four ways to name the user to impersonate. Learn: "ConnectingSID".</summary>
internal enum ConnectingSidKind
{
    /// <summary>A user principal name.</summary>
    PrincipalName,

    /// <summary>A SID in SDDL form.</summary>
    SID,

    /// <summary>A primary address; proxy addresses are refused.</summary>
    PrimarySmtpAddress,

    /// <summary>Any address of the account.</summary>
    SmtpAddress,
}

/// <summary>The user to impersonate.</summary>
/// <param name="Kind">What the value is.</param>
/// <param name="Value">As received, not empty.</param>
internal sealed record ConnectingSid(ConnectingSidKind Kind, string Value);
