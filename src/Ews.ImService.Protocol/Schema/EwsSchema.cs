using System.Collections.Concurrent;
using System.Xml;
using System.Xml.Schema;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Schema;

/// <summary>The schema that requests are validated against, in both spellings of the Exchange namespaces, each compiled when it is first needed.</summary>
/// <remarks>
/// The IM list and personas, which every client uses, need a third of it; items and folders need all. The second spelling is made
/// from the same files, so the texts of its violations name the namespaces that the caller used.
/// </remarks>
internal sealed class EwsSchema
{
    /// <summary>The files that clients download. The schema of <c>xml:</c> attributes, which the validator needs besides, is not theirs.</summary>
    public static readonly string[] Files = ["types.xsd", "messages.xsd"];

    private const string OfItems = ".items.xsd";
    private const string EndOfSchema = "</xs:schema>";

    private static readonly ConcurrentDictionary<string, HashSet<string>> Choices = new(StringComparer.Ordinal);

    private static readonly ConcurrentDictionary<(EwsNamespaces Spelling, bool IsWhole), Lazy<EwsSchema>> Compiled = new();

    private readonly bool _isWhole;
    private readonly EwsNamespaces _spelling;

    private EwsSchema(EwsNamespaces spelling, bool isWhole)
    {
        (_spelling, _isWhole) = (spelling, isWhole);
        Set = Compile();
    }

    /// <summary>What requests are begun to be read with.</summary>
    public static EwsSchema First => Find(EwsNamespaces.Http, isWhole: false);

    /// <summary>The words that a simple type allows.</summary>
    public static IReadOnlySet<string> ChoicesOf(string simpleType) => Choices.GetOrAdd(simpleType, ReadChoices);

    /// <summary>The compiled set; safe for concurrent readers.</summary>
    public XmlSchemaSet Set { get; }

    /// <summary>All of it in one spelling.</summary>
    public static EwsSchema Whole(EwsNamespaces spelling) => Find(spelling, isWhole: true);

    /// <summary>The schema that has a request's element, if this is not the one.</summary>
    /// <param name="element">The request's element.</param>
    /// <returns>The smallest schema that has it; null where that is this one, or where none has it.</returns>
    public EwsSchema? BetterFor(XmlQualifiedName element)
    {
        if (EwsNamespaces.OfMessages(element.Namespace) is not { } spelling)
            return null;
        if (spelling == _spelling)
            return _isWhole || Has(element) ? null : Whole(spelling);

        var other = Find(spelling, isWhole: false);
        return other.Has(element) ? other : Whole(spelling);
    }

    /// <summary>A file of the schema as clients may download it.</summary>
    public static string ReadText(string file)
    {
        var first = ReadResource(file);
        var rest = ReadResource(Path.ChangeExtension(file, null) + OfItems);
        var content = rest.IndexOf('>', rest.IndexOf("<xs:schema", StringComparison.Ordinal)) + 1;
        var imports = rest.LastIndexOf("<xs:import", StringComparison.Ordinal);
        if (imports >= 0)
            content = rest.IndexOf('>', imports) + 1;
        return first.Replace(EndOfSchema, rest[content..], StringComparison.Ordinal);
    }

    private static EwsSchema Find(EwsNamespaces spelling, bool isWhole) =>
        Compiled.GetOrAdd((spelling, isWhole), key => new Lazy<EwsSchema>(() => new EwsSchema(key.Spelling, key.IsWhole))).Value;

    private static string ReadResource(string name)
    {
        using var stream = typeof(EwsSchema).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The schema {name} is not embedded.");
        using var text = new StreamReader(stream);
        return text.ReadToEnd();
    }

    private static HashSet<string> ReadChoices(string simpleType)
    {
        var type = Files.SelectMany(file => Parse(ReadText(file)).Items.OfType<XmlSchemaSimpleType>()).Single(type => type.Name == simpleType);
        return ((XmlSchemaSimpleTypeRestriction)type.Content!).Facets.OfType<XmlSchemaEnumerationFacet>().Select(facet => facet.Value!).ToHashSet(StringComparer.Ordinal);
    }

    private static XmlSchema Parse(string text)
    {
        using var reader = XmlReader.Create(new StringReader(text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
        return XmlSchema.Read(reader, (_, e) => throw e.Exception)!;
    }

    private bool Has(XmlQualifiedName element) => Set.GlobalElements.Contains(element);

    private XmlSchemaSet Compile()
    {
        var set = new XmlSchemaSet { XmlResolver = null };
        set.Add(Parse(ReadResource("xml.xsd")));
        foreach (var file in Files)
            set.Add(Parse((_isWhole ? ReadText(file) : ReadResource(file)).Replace(EwsNamespaces.Http.Root, _spelling.Root, StringComparison.Ordinal)));
        set.Compile();
        return set;
    }
}
