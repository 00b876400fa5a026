using System.Collections.Concurrent;
using System.Xml;
using System.Xml.Schema;
using Ews.ImService.Protocol.Operations;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Schema;

/// <summary>
/// The schema of requests and responses, in both spellings of the Exchange namespaces. Each part is compiled when it is
/// first needed.
/// </summary>
/// <remarks>
/// <para>
/// The schema consists of the files of this folder and of the schemas in the operation table. Operations on the IM list and on personas,
/// which most clients use, need a third of it (docs/decisions/0005-schema-in-parts.md).
/// </para>
/// <para>The second spelling is created from the same text, so that violations name the namespaces of the request.</para>
/// </remarks>
internal sealed class EwsSchema
{
    private const string Types = "types.xsd";
    private const string Messages = "messages.xsd";

    /// <summary>The files that clients download.</summary>
    public static readonly string[] Files = [Types, Messages];

    private const string EndOfSchema = "</xs:schema>";
    private const string ResponseMessagesPlaceholder = "<!-- One element for each batch operation of the operation table. -->";

    private static readonly ConcurrentDictionary<string, HashSet<string>> Choices = new(StringComparer.Ordinal);

    private static readonly ConcurrentDictionary<(EwsNamespaces Spelling, bool IsWhole, bool AcceptsMore), Lazy<EwsSchema>> Compiled =
        new();

    private readonly bool _isWhole;
    private readonly bool _acceptsMore;
    private readonly EwsNamespaces _spelling;

    private EwsSchema(EwsNamespaces spelling, bool isWhole, bool acceptsMore)
    {
        (_spelling, _isWhole, _acceptsMore) = (spelling, isWhole, acceptsMore);
        Set = Compile();
    }

    /// <summary>Gets the part of the schema for the operations that most clients use.</summary>
    public static EwsSchema First => Find(EwsNamespaces.Http, isWhole: false);

    /// <summary>Gets the compiled schema set, which is safe for concurrent readers.</summary>
    public XmlSchemaSet Set { get; }

    /// <summary>Returns the complete schema in one spelling.</summary>
    public static EwsSchema Whole(EwsNamespaces spelling) => Find(spelling, isWhole: true);

    /// <summary>Returns the values of an enumeration of the schema.</summary>
    public static IReadOnlySet<string> ChoicesOf(string simpleType) => Choices.GetOrAdd(simpleType, ReadChoices);

    /// <summary>Returns the text of a file of the complete schema, as clients download it.</summary>
    public static string ReadText(string file) => ReadText(file, isWhole: true);

    /// <summary>Returns the schema to validate a request with, if it is not this one.</summary>
    /// <param name="element">The name of the request element.</param>
    /// <returns>The smallest schema that declares the element; <c>null</c> if it is this one, or if no schema declares it.</returns>
    public EwsSchema? BetterFor(XmlQualifiedName element)
    {
        if (EwsNamespaces.OfMessages(element.Namespace) is not { } spelling)
            return null;
        if (spelling == _spelling)
            return _isWhole || Has(element) ? null : Whole(spelling);

        var other = Find(spelling, isWhole: false);
        return other.Has(element) ? other : Whole(spelling);
    }

    /// <summary>Returns the schema to validate a request with that violates this one.</summary>
    /// <param name="operation">The local name of the request element.</param>
    /// <returns>The schema with the forms that are accepted, but not published; <c>null</c> if the operation has none.</returns>
    public EwsSchema? Accepting(string operation) =>
        OperationTable.Entries.Any(entry => entry.Name == operation && entry.AcceptsMore)
            ? Find(_spelling, _isWhole, acceptsMore: true)
            : null;

    private static EwsSchema Find(EwsNamespaces spelling, bool isWhole, bool acceptsMore = false) => Compiled.GetOrAdd(
        (spelling, isWhole, acceptsMore),
        key => new Lazy<EwsSchema>(() => new EwsSchema(key.Spelling, key.IsWhole, key.AcceptsMore))).Value;

    private static string ReadText(string file, bool isWhole, bool acceptsMore = false)
    {
        var additions = new List<string>();
        if (isWhole)
            additions.Add(ContentOf(ReadResource(Path.ChangeExtension(file, null) + ".items.xsd")));
        var entries = OperationTable.Entries.Where(entry => isWhole || entry.IsFrequent);
        if (file == Messages)
            additions.AddRange(entries.Select(entry => acceptsMore ? entry.AcceptedSchema : entry.Schema));
        else if (acceptsMore)
            additions.AddRange(entries.Select(entry => entry.AcceptedTypes));

        var schema = ReadResource(file);
        return schema[..schema.LastIndexOf(EndOfSchema, StringComparison.Ordinal)]
            + string.Join("\n\n", additions) + "\n" + EndOfSchema + "\n";
    }

    /// <summary>Returns the components of a schema file, without its root element and imports.</summary>
    private static string ContentOf(string schema)
    {
        var start = schema.IndexOf('>', schema.IndexOf("<xs:schema", StringComparison.Ordinal)) + 1;
        var import = schema.LastIndexOf("<xs:import", StringComparison.Ordinal);
        if (import >= 0)
            start = schema.IndexOf('>', import) + 1;
        return schema[start..schema.LastIndexOf(EndOfSchema, StringComparison.Ordinal)]
            .Replace(
                ResponseMessagesPlaceholder,
                string.Join('\n', OperationTable.Entries.Select(ResponseMessage)),
                StringComparison.Ordinal);
    }

    private static string? ResponseMessage(OperationEntry entry) => entry.ResponseMessageType is { } type
        ? $"""<xs:element name="{entry.Name}ResponseMessage" type="m:{type}" />"""
        : null;

    private static string ReadResource(string name)
    {
        using var stream = typeof(EwsSchema).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The schema {name} is not embedded.");
        using var text = new StreamReader(stream);
        return text.ReadToEnd();
    }

    private static HashSet<string> ReadChoices(string simpleType)
    {
        var type = Files.SelectMany(file => Parse(ReadText(file)).Items.OfType<XmlSchemaSimpleType>())
            .Single(type => type.Name == simpleType);
        return ((XmlSchemaSimpleTypeRestriction)type.Content!).Facets.OfType<XmlSchemaEnumerationFacet>()
            .Select(facet => facet.Value!).ToHashSet(StringComparer.Ordinal);
    }

    private static XmlSchema Parse(string text)
    {
        using var reader = XmlReader.Create(new StringReader(text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
        return XmlSchema.Read(reader, (_, e) => throw e.Exception)!;
    }

    private bool Has(XmlQualifiedName element) => Set.GlobalElements.Contains(element);

    /// <summary>Compiles the schema, with that of <c>xml:</c> attributes, which the validator needs and clients do not download.</summary>
    private XmlSchemaSet Compile()
    {
        var set = new XmlSchemaSet { XmlResolver = null };
        set.Add(Parse(ReadResource("xml.xsd")));
        foreach (var file in Files)
        {
            var text = ReadText(file, _isWhole, _acceptsMore);
            set.Add(Parse(text.Replace(EwsNamespaces.Http.Root, _spelling.Root, StringComparison.Ordinal)));
        }

        set.Compile();
        return set;
    }
}
