using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;
using Ews.ImService.Protocol.Schema;
using Ews.ImService.Protocol.Xml;
using FluentAssertions.Primitives;

namespace Ews.ImService.Tests;

/// <summary>A response of the service.</summary>
internal sealed record EwsResponse(int Status, string? ContentType, byte[] Body)
{
    /// <summary>Parts of violations of the envelope and of the content of MessageXml, for which there is no schema.</summary>
    private static readonly string[] NotOfTheSchema = ["schemas.xmlsoap.org/soap/envelope/", "2006/types:Value'", "attribute 'Name'"];

    public string Text => Encoding.UTF8.GetString(Body);

    public XDocument Xml => XDocument.Parse(Text, LoadOptions.PreserveWhitespace);

    public EwsResponseAssertions Should() => new(this);

    /// <summary>Returns the Id attribute of the only element with a name.</summary>
    public string Id(string element) => Xml.Descendants().Single(e => e.Name.LocalName == element).Attribute("Id")!.Value;

    /// <summary>Returns the change key of the only item.</summary>
    public string ChangeKey() => All("ItemId").Single().Attribute("ChangeKey")!.Value;

    /// <summary>Returns the number in the only element with a name.</summary>
    public int Number(string element) => int.Parse(Value(element), CultureInfo.InvariantCulture);

    /// <summary>Returns the text of the only element with a name.</summary>
    public string Value(string element) => Xml.Descendants().Single(e => e.Name.LocalName == element).Value;

    /// <summary>Returns the response messages.</summary>
    public List<XElement> Messages()
    {
        var response = Xml.Root!.Elements().Single(part => part.Name.LocalName == "Body").Elements().Single();
        return response.DescendantsAndSelf().Where(element => element.Attribute("ResponseClass") is not null).ToList();
    }

    /// <summary>Returns the response code of each message.</summary>
    public IEnumerable<string> Codes() => Messages().Select(message => Child(message, "ResponseCode")!.Value);

    /// <summary>Returns all elements with a name.</summary>
    public List<XElement> All(string element) => Xml.Descendants().Where(e => e.Name.LocalName == element).ToList();

    /// <summary>Returns the names of the groups of an IM item list.</summary>
    public IEnumerable<string> Groups() => ImGroups().Select(group => Child(group, "DisplayName")!.Value);

    /// <summary>Returns the ids of the members of a group of an IM item list.</summary>
    public IEnumerable<string> Members(string groupName) =>
        Child(ImGroups().Single(group => Child(group, "DisplayName")!.Value == groupName), "MemberCorrelationKey")?.Elements()
            .Select(item => item.Attribute("Id")!.Value) ?? [];

    /// <summary>Validates the content of the SOAP envelope against the schema of the project.</summary>
    public List<string> SchemaViolations()
    {
        var violations = new List<string>();
        var settings = new XmlReaderSettings
        {
            ValidationType = ValidationType.Schema,
            Schemas = EwsSchema.Whole(EwsNamespaces.Guess(Text)).Set,
            ValidationFlags = XmlSchemaValidationFlags.AllowXmlAttributes | XmlSchemaValidationFlags.ReportValidationWarnings,
        };
        settings.ValidationEventHandler += (_, e) => violations.Add(e.Message);
        using var reader = XmlReader.Create(new StringReader(Text), settings);
        while (reader.Read())
        {
        }

        return violations.Where(violation => !NotOfTheSchema.Any(violation.Contains)).ToList();
    }

    private static XElement? Child(XElement element, string name) =>
        element.Elements().SingleOrDefault(child => child.Name.LocalName == name);

    private IEnumerable<XElement> ImGroups() => Xml.Descendants().Where(element => element.Name.LocalName == "ImGroup");
}

/// <summary>The assertions of responses.</summary>
internal sealed class EwsResponseAssertions(EwsResponse response) : ReferenceTypeAssertions<EwsResponse, EwsResponseAssertions>(response)
{
    private static readonly XNamespace Soap = "http://schemas.xmlsoap.org/soap/envelope/";

    protected override string Identifier => "response";

    private XElement BodyContent => Subject.Xml.Root!.Element(Soap + "Body")!.Elements().Single();

    public EwsResponse Succeed()
    {
        Subject.Status.Should().Be(200, Subject.Text);
        Subject.Messages().Should().NotBeEmpty().And.AllSatisfy(message =>
        {
            message.Attribute("ResponseClass")!.Value.Should().Be("Success", Subject.Text);
            message.Elements().First().ToString().Should().EndWith(">NoError</ResponseCode>");
        });
        Subject.SchemaViolations().Should().BeEmpty();
        return Subject;
    }

    /// <summary>Verifies an error response: HTTP 200, a header, and the elements in the order of Exchange.</summary>
    public EwsResponse BeError(string code, string text)
    {
        Subject.Status.Should().Be(200, Subject.Text);
        var message = Subject.Messages().Should().ContainSingle().Subject;
        message.Attribute("ResponseClass")!.Value.Should().Be("Error", Subject.Text);
        message.Elements().Take(3).Select(element => element.Name.LocalName + "=" + element.Value).Should()
            .Equal("MessageText=" + text, "ResponseCode=" + code, "DescriptiveLinkKey=0");
        Subject.Xml.Root!.Elements().Select(element => element.Name.LocalName).Should().Equal("Header", "Body");
        Subject.SchemaViolations().Should().BeEmpty();
        return Subject;
    }

    /// <summary>Verifies a fault: HTTP 500, no header, and the same text in faultstring and detail.</summary>
    public EwsResponse BeFault(string code, string text) => BeFault(code, text, text);

    /// <summary>Verifies a fault with the position and text of the first violation of the schema.</summary>
    public EwsResponse BeSchemaFault(int line, int position, string violation)
    {
        BeFault("ErrorSchemaValidation", "The request failed schema validation: " + violation, "The request failed schema validation.");
        Subject.Xml.Descendants().Single(element => element.Name.LocalName == "MessageXml").Elements()
            .Select(element => element.Name.LocalName + "=" + element.Value).Should()
            .Equal($"LineNumber={line}", $"LinePosition={position}", "Violation=" + violation);
        return Subject;
    }

    private EwsResponse BeFault(string code, string faultString, string message)
    {
        Subject.Status.Should().Be(500, Subject.Text);
        Subject.ContentType.Should().Be("text/xml; charset=utf-8");
        Subject.Xml.Root!.Elements().Select(element => element.Name.LocalName).Should().Equal("Body");
        BodyContent.Elements().Select(element => element.Name.ToString()).Should().Equal("faultcode", "faultstring", "detail");
        BodyContent.Element("faultcode")!.Value.Should().Be("a:" + code);
        BodyContent.Element("faultstring")!.Value.Should().Be(faultString);
        BodyContent.Element("detail")!.Elements().Take(2).Select(element => element.Name.LocalName + "=" + element.Value).Should()
            .Equal("ResponseCode=" + code, "Message=" + message);
        return Subject;
    }
}
