using System.Text;
using System.Xml;
using System.Xml.Linq;
using Ews.ImService.Reliability.Fuzz.Mutation;
using Ews.ImService.Reliability.Fuzz.Oracles;
using Ews.ImService.Reliability.Fuzz.Wire;

namespace Ews.ImService.Reliability.Fuzz.Cases;

/// <summary>EWS requests of all operations: changed golden requests, and instances of the schema.</summary>
internal sealed class OperationCases : CaseGenerator
{
    private const string Messages = "http://schemas.microsoft.com/exchange/services/2006/messages";

    private readonly XDocument _empty = XDocument.Parse(Requests.Envelope("", Mailboxes.Default));
    private readonly IReadOnlyList<XDocument> _golden;
    private readonly IReadOnlyList<string> _operations;
    private readonly SchemaVerdict _verdict;
    private readonly SchemaInstances _instances;
    private readonly XmlMutator _mutator;

    /// <param name="golden">The golden requests, with ids of the mailbox.</param>
    /// <param name="verdict">The verdict.</param>
    /// <param name="ids">Ids of objects in all mailboxes.</param>
    public OperationCases(IReadOnlyList<XDocument> golden, SchemaVerdict verdict, IReadOnlyList<string> ids)
        : base("operations", weight: 50)
    {
        (_golden, _verdict) = (golden, verdict);
        _operations = [.. golden.Select(GoldenRequests.OperationOf)];
        _mutator = new XmlMutator(NamesIn(verdict), ids);
        _instances = new SchemaInstances(verdict.Schema, _mutator.Value);
    }

    public override FuzzCase Create(Random random)
    {
        var isInstance = random.OneIn(3);
        var request = isInstance ? Instance(random) : random.Choose(_golden);
        var operation = GoldenRequests.OperationOf(request);
        if (!isInstance && random.OneIn(50))
            return Case(XmlMutator.Write(request), operation, Expectation.Success);
        var bytes = Encoding.UTF8.GetBytes(_mutator.Mutate(random, request));
        return Case(bytes, operation, Judge(bytes));
    }

    private static FuzzCase Case(string text, string operation, Expectation expectation) =>
        Case(Encoding.UTF8.GetBytes(text), operation, expectation);

    private static FuzzCase Case(byte[] body, string operation, Expectation expectation) =>
        new(FuzzTarget.Ews, HttpText.Ews(body), expectation, operation);

    /// <summary>Judges what was sent: texts that are not valid Unicode are changed when they are encoded.</summary>
    private Expectation Judge(byte[] bytes)
    {
        var text = Encoding.UTF8.GetString(bytes);
        return _verdict.Judge(text.StartsWith('\uFEFF') ? text[1..] : text);
    }

    private XDocument Instance(Random random)
    {
        var request = new XDocument(_empty);
        request.Root!.Elements().Last().Add(_instances.Create(random, new XmlQualifiedName(random.Choose(_operations), Messages)));
        return request;
    }

    private static List<string> NamesIn(SchemaVerdict verdict) =>
    [
        .. verdict.Schema.Schemas().Cast<System.Xml.Schema.XmlSchema>().SelectMany(NamesIn).Distinct().Order(StringComparer.Ordinal),
    ];

    private static IEnumerable<string> NamesIn(System.Xml.Schema.XmlSchema schema)
    {
        using var text = new StringWriter();
        schema.Write(text);
        return XDocument.Parse(text.ToString()).Descendants().Attributes("name").Select(name => name.Value).ToList();
    }
}
