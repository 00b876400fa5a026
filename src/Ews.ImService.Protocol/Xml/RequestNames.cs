using System.Collections.Concurrent;
using System.Globalization;
using System.Xml.Linq;
using Ews.ImService.Protocol.Operations;

namespace Ews.ImService.Protocol.Xml;

/// <summary>Creates the names of the elements and attributes in one document of a client.</summary>
/// <remarks>
/// System.Xml.Linq keeps a name as long as its namespace is in use, and the namespaces of Exchange always are. A name that the service
/// does not know is therefore created in a namespace that exists only for its document, so that clients cannot fill the memory with names.
/// </remarks>
internal sealed class RequestNames
{
    /// <summary>The local names that the service reads; a few more, which clients send, let their requests be plain.</summary>
    private static readonly ConcurrentDictionary<string, bool> Known = new(
        ExchangeOperationNames.Elements
            .Concat(["Envelope", "Header", "Body", "mustUnderstand", "actor", "encodingStyle"])
            .Concat(["nil", "type", "schemaLocation", "noNamespaceSchemaLocation", "lang", "space", "base", "id"])
            .Concat(["RequestServerVersion", "Version", "MailboxCulture", "DateTimePrecision", "ManagementRole"])
            .Concat(["TimeZoneContext", "TimeZoneDefinition", "Id", "Name", "ChangeKey"])
            .Concat(["OpenAsAdminOrSystemService", "SerializedSecurityContext", "ExchangeImpersonation", "ConnectingSID"])
            .Concat(["PrincipalName", "SID", "PrimarySmtpAddress", "SmtpAddress"])
            .Concat(["Autodiscover", "Request", "EMailAddress", "AcceptableResponseSchema", "GetUserSettingsRequestMessage"])
            .Concat(["RequestedSettings", "Setting", "Users", "User", "Mailbox"])
            .Distinct(StringComparer.Ordinal)
            .Select(name => KeyValuePair.Create(name, true)),
        StringComparer.Ordinal);

    private static long _documents;

    private string? _document;

    /// <summary>Determines whether the service knows a local name.</summary>
    public static bool IsKnown(string localName) => Known.ContainsKey(localName);

    /// <summary>Makes local names known, which must be part of the service.</summary>
    public static void Add(IEnumerable<string> localNames)
    {
        foreach (var name in localNames)
            Known.TryAdd(name, true);
    }

    /// <summary>Creates a name.</summary>
    /// <param name="localName">The local name.</param>
    /// <param name="namespaceName">The namespace.</param>
    /// <param name="isDeclared"><c>true</c> if the schema declares the name; otherwise, <c>false</c>.</param>
    /// <returns>The name; if it is unknown, in another namespace.</returns>
    public XName Get(string localName, string namespaceName, bool isDeclared = false) =>
        XName.Get(localName, isDeclared || IsKnown(localName) ? namespaceName : namespaceName + Document());

    private string Document() =>
        _document ??= string.Create(CultureInfo.InvariantCulture, $" of document {Interlocked.Increment(ref _documents)}");
}
