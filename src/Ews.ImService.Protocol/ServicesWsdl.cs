using System.Xml.Linq;
using Ews.ImService.Protocol.Operations;
using Ews.ImService.Protocol.Schema;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol;

/// <summary>Writes the WSDL of the operations in the operation table, with the names of Exchange's contract.</summary>
internal sealed class ServicesWsdl(OperationTable operations)
{
    /// <summary>The name of the file, which is in the folder of the endpoint.</summary>
    public const string File = "Services.wsdl";

    private static readonly XNamespace Wsdl = "http://schemas.xmlsoap.org/wsdl/";
    private static readonly XNamespace Soap = "http://schemas.xmlsoap.org/wsdl/soap/";
    private static readonly XNamespace Schema = "http://www.w3.org/2001/XMLSchema";

    private static readonly Dictionary<string, string> PartNames = new(StringComparer.Ordinal)
    {
        ["ExchangeImpersonation"] = "Impersonation",
        ["RequestServerVersion"] = "RequestVersion",
        ["ServerVersionInfo"] = "ServerVersion",
    };

    private static readonly string[] ResponseHeaders = ["ServerVersionInfo"];

    /// <summary>Returns the document.</summary>
    /// <param name="address">The URL at which the client reaches the endpoint.</param>
    public string Write(Uri address)
    {
        var document = new XElement(
            Wsdl + "definitions",
            new XAttribute(XNamespace.Xmlns + "wsdl", Wsdl),
            new XAttribute(XNamespace.Xmlns + "soap", Soap),
            new XAttribute(XNamespace.Xmlns + "tns", EwsNamespaces.Http.Messages),
            new XAttribute(XNamespace.Xmlns + "t", EwsNamespaces.Http.Types),
            new XAttribute("targetNamespace", EwsNamespaces.Http.Messages),
            new XElement(Wsdl + "types", new XElement(Schema + "schema", EwsSchema.Files.Select(Import))),
            operations.All.SelectMany(Messages),
            new XElement(Wsdl + "portType", Name("ExchangeServicePortType"), operations.All.Select(PortOperation)),
            new XElement(
                Wsdl + "binding",
                Name("ExchangeServiceBinding"),
                new XAttribute("type", "tns:ExchangeServicePortType"),
                new XElement(
                    Soap + "binding",
                    new XAttribute("style", "document"),
                    new XAttribute("transport", "http://schemas.xmlsoap.org/soap/http")),
                operations.All.Select(BindingOperation)),
            new XElement(
                Wsdl + "service",
                Name("ExchangeServices"),
                new XElement(
                    Wsdl + "port",
                    Name("ExchangeServicePort"),
                    new XAttribute("binding", "tns:ExchangeServiceBinding"),
                    new XElement(Soap + "address", new XAttribute("location", address)))));
        return $"""<?xml version="1.0" encoding="utf-8"?>{"\n"}{document}""";
    }

    private static XElement Import(string file) => new(
        Schema + "import",
        new XAttribute("namespace", EwsNamespaces.Http.Root + Path.GetFileNameWithoutExtension(file)),
        new XAttribute("schemaLocation", file));

    private static IEnumerable<XElement> Messages(EwsOperation operation) =>
    [
        new(
            Wsdl + "message",
            Name(operation.Name + "SoapIn"),
            Part("request", "tns:" + operation.RequestElement),
            operation.Headers.Select(HeaderPart)),
        new(
            Wsdl + "message",
            Name(operation.Name + "SoapOut"),
            Part(operation.Name + "Result", "tns:" + operation.ResponseElement),
            ResponseHeaders.Select(HeaderPart)),
    ];

    private static XElement PortOperation(EwsOperation operation) => new(
        Wsdl + "operation",
        Name(operation.Name),
        new XElement(Wsdl + "input", Message(operation.Name + "SoapIn")),
        new XElement(Wsdl + "output", Message(operation.Name + "SoapOut")));

    private static XElement BindingOperation(EwsOperation operation) => new(
        Wsdl + "operation",
        Name(operation.Name),
        new XElement(Soap + "operation", new XAttribute("soapAction", $"{EwsNamespaces.Http.Messages}/{operation.Name}")),
        new XElement(Wsdl + "input", Headers(operation.Name + "SoapIn", operation.Headers), Body("request")),
        new XElement(Wsdl + "output", Headers(operation.Name + "SoapOut", ResponseHeaders), Body(operation.Name + "Result")));

    private static IEnumerable<XElement> Headers(string message, IEnumerable<string> headers) => headers.Select(header =>
        new XElement(Soap + "header", Message(message), new XAttribute("part", PartOf(header)), new XAttribute("use", "literal")));

    private static XElement Body(string part) => new(Soap + "body", new XAttribute("parts", part), new XAttribute("use", "literal"));

    private static XElement HeaderPart(string header) => Part(PartOf(header), "t:" + header);

    /// <summary>Returns the name of the part for a header: the name of the header element, with three exceptions.</summary>
    private static string PartOf(string header) => PartNames.GetValueOrDefault(header, header);

    private static XElement Part(string name, string element) => new(Wsdl + "part", Name(name), new XAttribute("element", element));

    private static XAttribute Name(string name) => new("name", name);

    private static XAttribute Message(string name) => new("message", "tns:" + name);
}
