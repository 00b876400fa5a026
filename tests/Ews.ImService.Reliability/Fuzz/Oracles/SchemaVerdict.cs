using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;

namespace Ews.ImService.Reliability.Fuzz.Oracles;

/// <summary>
/// Determines whether an EWS request is valid, with the validating reader of .NET and the schema that the service publishes. It shares no
/// code with the service.
/// </summary>
/// <remarks>
/// Where the service accepts more than the schema, by its documentation, the verdict follows the documentation: headers have rules of
/// their own, so violations in them do not count, and one with <c>xsi:nil</c> counts as absent; both spellings of the namespaces are
/// valid; elements after the Body are ignored. An <c>xsi:type</c> is valid only if its part of the schema declares the type
/// (docs/decisions/0005-schema-in-parts.md), so that a request with one is not certainly valid.
/// </remarks>
internal sealed partial class SchemaVerdict
{
    private const string Envelope = "http://schemas.xmlsoap.org/soap/envelope/";
    private const string NextActor = "http://schemas.xmlsoap.org/soap/actor/next";
    private const string Services = "://schemas.microsoft.com/exchange/services/2006/";
    private const string Xml = """
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://www.w3.org/XML/1998/namespace">
          <xs:attribute name="lang" type="xs:language"/><xs:attribute name="base" type="xs:anyURI"/>
          <xs:attribute name="id" type="xs:ID"/><xs:attribute name="space" type="xs:NCName"/>
        </xs:schema>
        """;

    private static readonly string[] KnownHeaders =
    [
        "RequestServerVersion", "MailboxCulture", "ExchangeImpersonation", "TimeZoneContext", "DateTimePrecision", "ManagementRole",
        "OpenAsAdminOrSystemService", "SerializedSecurityContext",
    ];

    /// <summary>The operations with an <c>AcceptedSchema</c>, which also accept what clients send against the published schema.</summary>
    private static readonly string[] LenientOperations = ["FindPeople", "GetStreamingEvents", "Subscribe", "SyncFolderItems"];

    private static readonly string[] AccessModes = ["ExchangeImpersonation", "OpenAsAdminOrSystemService", "SerializedSecurityContext"];

    private readonly IReadOnlySet<string> _operations;
    private readonly HashSet<string> _versions;
    private readonly XmlSchemaSet _https;

    /// <param name="schemas">The schema files that the service publishes.</param>
    /// <param name="operations">The names of all operations.</param>
    public SchemaVerdict(IReadOnlyList<string> schemas, IReadOnlySet<string> operations)
    {
        (_operations, Schema, _https) = (operations, Compile(schemas, "http"), Compile(schemas, "https"));
        var versions = (XmlSchemaSimpleType)Schema.GlobalTypes[new XmlQualifiedName("ExchangeVersionType", "http" + Services + "types")]!;
        var facets = ((XmlSchemaSimpleTypeRestriction)versions.Content!).Facets.OfType<XmlSchemaEnumerationFacet>();
        _versions = [.. facets.Select(facet => facet.Value!)];
    }

    /// <summary>Gets the schema in the spelling of Exchange.</summary>
    public XmlSchemaSet Schema { get; }

    /// <summary>Returns the first violation of the schema in the Body of a response, or <c>null</c>.</summary>
    /// <param name="response">A response in the spelling of Exchange.</param>
    public string? FindViolation(string response) => FindViolation(response, Schema, XmlSeverityType.Error);

    /// <summary>Returns the responses to a request that are correct.</summary>
    public Expectation Judge(string request)
    {
        try
        {
            return Read(request);
        }
        catch (Exception e) when (e is XmlException or FormatException) // The latter: an xsi:nil that is not a boolean.
        {
            return Expectation.Rejection;
        }
    }

    private Expectation Read(string request)
    {
        // The operation determines the spelling, and with it the schema to validate with.
        var document = XDocument.Load(Open(request, null, null), LoadOptions.PreserveWhitespace);
        if ((document.Declaration?.Encoding is { } encoding && !EncodingName().IsMatch(encoding))
            || !TryFindParts(document.Root!, out var headers, out var body)
            || body.Elements().ToArray() is not [var operation] || HasText(body)
            || !_operations.Contains(operation.Name.LocalName)
            || !IsServices(operation.Name.NamespaceName, "messages") || !AreValid(headers))
        {
            return Expectation.Rejection;
        }

        if (HasType(document.Root!) || HasType(body))
            return Expectation.Any;
        var schema = operation.Name.NamespaceName.StartsWith("https", StringComparison.Ordinal) ? _https : Schema;
        if (FindViolation(request, schema, XmlSeverityType.Warning) is not null)
            return LenientOperations.Contains(operation.Name.LocalName) ? Expectation.Any : Expectation.Rejection;
        return operation.DescendantsAndSelf().Any(HasType) ? Expectation.Any : Expectation.NoViolation;
    }

    private static bool TryFindParts(XElement root, out XElement[] headers, out XElement body)
    {
        (headers, body) = ([], root);
        var parts = root.Elements().ToList();
        var bodies = parts.FindAll(part => part.Name == XName.Get("Body", Envelope));
        var index = parts.IndexOf(bodies.FirstOrDefault()!);
        if (root.Name != XName.Get("Envelope", Envelope) || bodies.Count != 1 || index > 1 || HasText(root)
            || parts.Count(part => part.Name == XName.Get("Header", Envelope)) != index
            || (index == 1 && (parts[0].Name != XName.Get("Header", Envelope) || HasText(parts[0]))))
        {
            return false;
        }

        (headers, body) = (index == 1 ? [.. parts[0].Elements().Where(header => !IsNil(header))] : [], bodies[0]);
        return true;
    }

    /// <summary>Checks the rules of headers that make every request invalid. The rules of impersonation are those of the service.</summary>
    private bool AreValid(XElement[] headers)
    {
        var version = headers.FirstOrDefault(header => IsHeader(header, "RequestServerVersion"));
        return (version is null || _versions.Contains(version.Attribute("Version")?.Value ?? string.Empty))
            && headers.Count(header => AccessModes.Any(mode => IsHeader(header, mode))) <= 1
            && !headers.Any(header => IsHeader(header, AccessModes[1]) || IsHeader(header, AccessModes[2]))
            && !headers.Any(header => !KnownHeaders.Any(known => IsHeader(header, known)) && IsMandatory(header));
    }

    /// <summary>Returns <c>true</c> for a header that counts as absent.</summary>
    private static bool IsNil(XElement header) =>
        header.Attribute(XName.Get("nil", XmlSchema.InstanceNamespace))?.Value.Trim() is "1" or "true";

    private static bool IsHeader(XElement header, string name) =>
        header.Name.LocalName == name && IsServices(header.Name.NamespaceName, "types");

    private static bool IsMandatory(XElement header) =>
        header.Attribute(XName.Get("mustUnderstand", Envelope))?.Value.Trim() is "1" or "true"
        && header.Attribute(XName.Get("actor", Envelope))?.Value is null or "" or NextActor;

    private static bool IsServices(string uri, string part) => uri == "http" + Services + part || uri == "https" + Services + part;

    private static bool HasText(XElement element) => element.Nodes().OfType<XText>().Any(text => !string.IsNullOrWhiteSpace(text.Value));

    /// <remarks>XML 1.0, production 81. The reader of .NET ignores the name if it reads characters.</remarks>
    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9._-]*\z")]
    private static partial Regex EncodingName();

    /// <summary>An element of the envelope with <c>xsi:type</c> or <c>xsi:nil</c> has other content, according to the type.</summary>
    private static bool HasType(XElement element) =>
        element.Attributes().Any(attribute => attribute.Name.NamespaceName == XmlSchema.InstanceNamespace);

    /// <summary>Returns the first violation. A warning concerns an element that is not validated, such as one in MessageXml.</summary>
    private static string? FindViolation(string text, XmlSchemaSet schema, XmlSeverityType severity)
    {
        var (isInBody, found) = (false, (string?)null);
        using var reader = Open(text, schema, (_, e) => found ??= isInBody && e.Severity <= severity ? e.Message : null);
        while (reader.Read() && found is null)
        {
            if (reader is { Depth: 1, LocalName: "Body", NamespaceURI: Envelope })
                isInBody = reader.NodeType == XmlNodeType.Element;
        }

        return found;
    }

    private static XmlReader Open(string request, XmlSchemaSet? schema, ValidationEventHandler? onViolation)
    {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };
        if (schema is not null)
        {
            (settings.ValidationType, settings.Schemas) = (ValidationType.Schema, schema);
            settings.ValidationFlags |= XmlSchemaValidationFlags.ReportValidationWarnings;
            settings.ValidationEventHandler += onViolation;
        }

        return XmlReader.Create(new StringReader(request), settings);
    }

    private static XmlSchemaSet Compile(IReadOnlyList<string> schemas, string spelling)
    {
        var set = new XmlSchemaSet { XmlResolver = null };
        var spelled = schemas.Select(text => text.Replace("http" + Services, spelling + Services, StringComparison.Ordinal));
        foreach (var text in spelled.Append(Xml))
            set.Add(XmlSchema.Read(XmlReader.Create(new StringReader(text)), null)!);
        set.Compile();
        return set;
    }
}
