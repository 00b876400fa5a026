using System.Xml;
using System.Xml.Schema;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Schema;

/// <summary>The schema that requests are validated against, compiled once, in both spellings of the Exchange namespaces.</summary>
/// <remarks>
/// The second spelling is made from the same files, so the texts of its violations name the namespaces that the caller used.
/// One set holds both: no element of one spelling is known to the other, so a mixture inside a Body is a violation.
/// </remarks>
internal static class EwsSchema
{
    /// <summary>The files that clients download. The schema of <c>xml:</c> attributes, which the validator needs besides, is not theirs.</summary>
    public static readonly string[] Files = ["types.xsd", "messages.xsd"];

    private static readonly Lazy<XmlSchemaSet> Compiled = new(Compile);

    /// <summary>The compiled set; safe for concurrent readers.</summary>
    public static XmlSchemaSet Set => Compiled.Value;

    private static XmlSchemaSet Compile()
    {
        var set = new XmlSchemaSet { XmlResolver = null };
        set.Add(Read("xml.xsd", static text => text));
        foreach (var file in Files)
            set.Add(Read(file, static text => text));
        foreach (var file in Files)
            set.Add(Read(file, static text => text.Replace(EwsNamespaces.Http.Root, EwsNamespaces.Https.Root, StringComparison.Ordinal)));
        set.Compile();
        return set;
    }

    /// <summary>A file of the schema as clients may download it.</summary>
    public static string ReadText(string file)
    {
        using var stream = typeof(EwsSchema).Assembly.GetManifestResourceStream(file)
            ?? throw new InvalidOperationException($"The schema {file} is not embedded.");
        using var text = new StreamReader(stream);
        return text.ReadToEnd();
    }

    private static XmlSchema Read(string file, Func<string, string> respell)
    {
        using var reader = XmlReader.Create(new StringReader(respell(ReadText(file))), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
        return XmlSchema.Read(reader, (_, e) => throw e.Exception)!;
    }
}
