using System.Globalization;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;
using Ews.ImService.Protocol.Operations;
using Ews.ImService.Protocol.Schema;
using Ews.ImService.Protocol.Xml;
using Ews.ImService.Tests.Operations;

namespace Ews.ImService.Tests.Soap;

/// <summary>Tests the violations in requests with one change, for every operation.</summary>
public sealed class SchemaMutationTests
{
    private const string Soap = "http://schemas.xmlsoap.org/soap/envelope/";
    private const string Instance = "http://www.w3.org/2001/XMLSchema-instance";
    private static readonly XNamespace M = "http://schemas.microsoft.com/exchange/services/2006/messages";
    private static readonly XNamespace T = "http://schemas.microsoft.com/exchange/services/2006/types";

    public static TheoryData<string> Operations => GoldenFolder.Operations;

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Violations_in_changed_golden_requests_are_those_under_the_published_schema(string operation)
    {
        await using var service = await TestService.StartAsync(GoldenMailbox.Settings);
        var schema = await DownloadSchemaAsync(service.Client);
        var mutations = Mutate(new GoldenFolder(operation).Request.Spelled("http")).ToList();
        var accepting = EwsSchema.Whole(EwsNamespaces.Http).Accepting(operation)?.Set;
        var differences = new List<string>();

        foreach (var request in mutations)
        {
            var actual = ViolationIn(await service.PostAsync(request));
            var isAccepted = accepting is not null && Validate(request, accepting).Length == 0;
            var expected = isAccepted ? string.Empty : Validate(request, schema);
            if (actual != expected)
                differences.Add($"{expected}, but {actual} in {request}");
        }

        mutations.Should().HaveCountGreaterThan(5);
        differences.Should().BeEmpty();
    }

    /// <remarks>The file was created with Exchange's own schema, which is not part of this project.</remarks>
    [Fact]
    public async Task Violations_in_recorded_requests_are_those_under_the_schema_of_Exchange()
    {
        await using var service = await TestService.StartAsync();
        var json = Documents.ReadFile("Mutations.json");
        var mutations = JsonSerializer.Deserialize<List<RecordedMutation>>(json, JsonSerializerOptions.Web)!;
        var differences = new List<string>();

        foreach (var mutation in mutations)
        {
            var actual = ViolationIn(await service.PostAsync(mutation.Request));
            if (actual != mutation.Expected)
                differences.Add($"{mutation.What} of {mutation.Body}: {mutation.Expected}, but {actual}");
        }

        mutations.Should().HaveCountGreaterThan(200);
        mutations.Select(mutation => mutation.Operation).Should().BeSubsetOf(OperationTable.Entries.Select(entry => entry.Name));
        differences.Should().BeEmpty();
    }

    /// <summary>
    /// Returns the requests with one change: an element or attribute is removed, repeated, renamed, emptied, moved or added.
    /// </summary>
    private static IEnumerable<string> Mutate(string request)
    {
        Action<XElement>[] inOperation =
        [
            element => element.Add(new XElement(M + "Unknown")),
            element => element.AddFirst(new XElement(T + "Unknown")),
            element => element.AddFirst(new XElement("Unknown")),
            element => element.AddFirst("text"),
            element => element.Add(new XAttribute("Unknown", "value")),
            element => element.RemoveNodes(),
        ];
        Action<XElement>[] inDescendants =
        [
            .. inOperation,
            element => element.Remove(),
            element => element.AddAfterSelf(new XElement(element)),
            element => element.Name = element.Name.Namespace + "Unknown",
            element => element.Name = (element.Name.Namespace == M ? T : M) + element.Name.LocalName,
            element => element.SetValue(string.Empty),
            element => element.Parent!.AddFirst(Cut(element)),
        ];
        var original = XDocument.Parse(request, LoadOptions.PreserveWhitespace);
        for (var i = 0; i < Elements(original).Count; i++)
        {
            foreach (var change in i == 0 ? inOperation : inDescendants)
                yield return Change(element => change(element));

            for (var a = 0; a < Elements(original)[i].Attributes().Count(); a++)
            {
                yield return Change(element => element.Attributes().ElementAt(a).Remove());
                yield return Change(element => element.Attributes().ElementAt(a).Value = string.Empty);
                yield return Change(element => element.Attributes().ElementAt(a).Value = "unknown value");
            }

            string Change(Action<XElement> change)
            {
                var document = new XDocument(original);
                change(Elements(document)[i]);
                return document.ToString(SaveOptions.DisableFormatting);
            }
        }
    }

    private static List<XElement> Elements(XDocument document) =>
        document.Root!.Elements().Single(part => part.Name.LocalName == "Body").Elements().Single().DescendantsAndSelf().ToList();

    private static XElement Cut(XElement element)
    {
        element.Remove();
        return element;
    }

    /// <summary>Returns the first violation of the schema in the SOAP body, or an empty text.</summary>
    private static string Validate(string request, XmlSchemaSet schema)
    {
        var violation = string.Empty;
        var isInBody = false;
        var settings = new XmlReaderSettings { ValidationType = ValidationType.Schema, Schemas = schema };
        settings.ValidationEventHandler += (_, e) =>
        {
            if (isInBody && violation.Length == 0)
                violation = Format(e.Exception.LineNumber, e.Exception.LinePosition, e.Message);
        };
        using var xml = XmlReader.Create(new StringReader(request), settings);
        while (xml.Read())
        {
            if (xml.Depth == 1 && xml.LocalName == "Body")
                isInBody = xml.NodeType == XmlNodeType.Element;
        }

        return violation;
    }

    private static string ViolationIn(EwsResponse response)
    {
        var violation = response.Xml.Descendants().SingleOrDefault(element => element.Name.LocalName == "Violation");
        return violation is null
            ? string.Empty
            : Format(response.Number("LineNumber"), response.Number("LinePosition"), violation.Value);
    }

    private static string Format(int line, int position, string violation) =>
        string.Create(CultureInfo.InvariantCulture, $"{line}:{position} {violation}");

    private static async Task<XmlSchemaSet> DownloadSchemaAsync(HttpClient client)
    {
        var schema = new XmlSchemaSet { XmlResolver = null };
        foreach (var file in new[] { "types.xsd", "messages.xsd" })
        {
            using var reader = XmlReader.Create(new StringReader(await client.GetStringAsync("/EWS/" + file)));
            schema.Add(XmlSchema.Read(reader, null)!);
        }

        schema.Compile();
        return schema;
    }

    private sealed record RecordedMutation(string What, string Body, int Line, int Position, string Violation)
    {
        public string Operation => Body[Body.IndexOf(':', StringComparison.Ordinal)..].Trim(':').Split(' ', '>', '/')[0];

        public string Expected => Format(
            Line,
            Position,
            Violation.Replace("{M}", M.NamespaceName, StringComparison.Ordinal).Replace("{T}", T.NamespaceName, StringComparison.Ordinal));

        public string Request => $"""
            <?xml version='1.0'?>
            <s:Envelope xmlns:s='{Soap}' xmlns:t='{T}' xmlns:m='{M}' xmlns:xsi='{Instance}'>
            <s:Header>{EwsRequest.Version.Replace('"', '\'')}</s:Header>
            <s:Body>{Body}</s:Body></s:Envelope>
            """;
    }
}
