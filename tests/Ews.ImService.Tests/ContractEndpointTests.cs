using System.Net;
using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Operations;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Tests;

public sealed class ContractEndpointTests
{
    private static readonly XNamespace Wsdl = "http://schemas.xmlsoap.org/wsdl/";
    private static readonly XNamespace Soap = "http://schemas.xmlsoap.org/wsdl/soap/";

    [Fact]
    public async Task The_contract_for_a_client_that_sends_no_host_names_localhost()
    {
        await using var service = await TestService.StartAsync();
        var server = service.Client.BaseAddress!;

        var response = await RawConnection.ExchangeAsync(server, "GET /EWS/Services.wsdl HTTP/1.0\r\n\r\n");

        response.Should().Contain($"\"http://localhost:{server.Port}/EWS/Exchange.asmx\"");
    }

    [Theory]
    [InlineData("/EWS/Services.wsdl")]
    [InlineData("/ews/services.wsdl")]
    [InlineData("/EWS/Exchange.asmx?wsdl")]
    [InlineData("/ews/exchange.asmx?WSDL")]
    public async Task The_WSDL_contains_every_operation_once_and_the_address_of_the_request(string path)
    {
        await using var service = await TestService.StartAsync();

        using var response = await service.Client.GetAsync(path);
        var wsdl = XDocument.Parse(await response.Content.ReadAsStringAsync());

        response.Content.Headers.ContentType!.ToString().Should().Be("text/xml; charset=utf-8");
        var operations = OperationTable.Entries.Select(entry => entry.Name).ToList();
        foreach (var part in new[] { "portType", "binding" })
            wsdl.Root!.Element(Wsdl + part)!.Elements(Wsdl + "operation").Select(operation => operation.Attribute("name")!.Value)
                .Should().Equal(operations);
        wsdl.Root!.Element(Wsdl + "service")!.Attribute("name")!.Value.Should().Be("ExchangeServices");
        wsdl.Descendants(Wsdl + "port").Single().Attribute("name")!.Value.Should().Be("ExchangeServicePort");
        wsdl.Descendants(Soap + "address").Single().Attribute("location")!.Value.Should().Be(service.Client.BaseAddress!.ToString());
    }

    [Theory]
    [InlineData("exchange.contoso.com:8080", "http://exchange.contoso.com:8080/EWS/Exchange.asmx")]
    [InlineData("[::1]:8080", "http://[::1]:8080/EWS/Exchange.asmx")]
    [InlineData("localhost", null)]
    public async Task The_address_consists_of_the_Host_header_and_by_default_the_port_of_the_connection(string host, string? expected)
    {
        await using var service = await TestService.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/EWS/Services.wsdl") { Headers = { Host = host } };

        using var response = await service.Client.SendAsync(request);
        var wsdl = XDocument.Parse(await response.Content.ReadAsStringAsync());

        wsdl.Descendants(Soap + "address").Single().Attribute("location")!.Value.Should()
            .Be(expected ?? $"http://localhost:{service.Client.BaseAddress!.Port}/EWS/Exchange.asmx");
    }

    [Fact]
    public async Task An_invalid_forwarded_host_is_not_repeated()
    {
        await using var service = await TestService.StartAsync(TestService.InMemory with { TrustForwardedHeaders = true });
        service.Client.DefaultRequestHeaders.Add("X-Forwarded-Host", "a..b");

        var wsdl = XDocument.Parse(await service.Client.GetStringAsync("/EWS/Services.wsdl"));

        wsdl.Descendants(Soap + "address").Single().Attribute("location")!.Value
            .Should().Be($"http://localhost:{service.Client.BaseAddress!.Port}/EWS/Exchange.asmx");
    }

    [Theory]
    [InlineData(true, "https://exchange.contoso.com/EWS/Exchange.asmx")]
    [InlineData(false, null)]
    public async Task The_address_is_that_forwarded_by_a_trusted_proxy(bool trusted, string? expected)
    {
        await using var service = await TestService.StartAsync(TestService.InMemory with { TrustForwardedHeaders = trusted });
        service.Client.DefaultRequestHeaders.Add("X-Forwarded-Host", "exchange.contoso.com");
        service.Client.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");

        var wsdl = XDocument.Parse(await service.Client.GetStringAsync("/EWS/Services.wsdl"));

        wsdl.Descendants(Soap + "address").Single().Attribute("location")!.Value
            .Should().Be(expected ?? service.Client.BaseAddress!.ToString());
    }

    [Theory]
    [InlineData("/EWS/Services.wsdl", "exchange.contoso.com", "https://exchange.contoso.com/EWS/Exchange.asmx")]
    [InlineData("/EWS/Exchange.asmx?wsdl", "exchange.contoso.com:8443", "https://exchange.contoso.com:8443/EWS/Exchange.asmx")]
    [InlineData("/realms/r1/EWS/Exchange.asmx?wsdl", "exchange.contoso.com", "https://exchange.contoso.com/realms/r1/EWS/Exchange.asmx")]
    public async Task The_Host_header_applies_if_a_proxy_forwards_only_the_scheme(string path, string host, string expected)
    {
        await using var service = await TestService.StartAsync(TestService.InMemory with { TrustForwardedHeaders = true });
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("X-Forwarded-Proto", "https");
        request.Headers.Host = host;

        using var response = await service.Client.SendAsync(request);
        var wsdl = XDocument.Parse(await response.Content.ReadAsStringAsync());

        wsdl.Descendants(Soap + "address").Single().Attribute("location")!.Value.Should().Be(expected);
    }

    [Theory]
    [InlineData("im-lb", "https", "8443", "", "https://im-lb:8443/EWS/Exchange.asmx")]
    [InlineData("im-lb:444", "https", "8443", "", "https://im-lb:444/EWS/Exchange.asmx")]
    [InlineData("im-lb", "https", "443", "", "https://im-lb/EWS/Exchange.asmx")]
    [InlineData("im-lb", "http", "80, 8080", "", "http://im-lb:8080/EWS/Exchange.asmx")]
    [InlineData("im-lb", "https", "x", "", "https://im-lb/EWS/Exchange.asmx")]
    [InlineData("im-lb", "https", "", "/im", "https://im-lb/im/EWS/Exchange.asmx")]
    [InlineData("im-lb", "https", "", "/im", "https://im-lb/im/realms/r1/EWS/Exchange.asmx", "/realms/r1")]
    public async Task A_trusted_proxy_forwards_its_host_scheme_port_and_path_prefix(
        string host, string scheme, string port, string prefix, string expected, string realm = "")
    {
        await using var service = await TestService.StartAsync(TestService.InMemory with { TrustForwardedHeaders = true });
        foreach (var (name, value) in new[] { ("Host", host), ("Proto", scheme), ("Port", port), ("Prefix", prefix) })
        {
            if (value.Length > 0)
                service.Client.DefaultRequestHeaders.Add("X-Forwarded-" + name, value);
        }

        var wsdl = XDocument.Parse(await service.Client.GetStringAsync(realm + "/EWS/Services.wsdl"));
        var server = await service.Client.GetStringAsync(realm + "/_control/v1/server");

        wsdl.Descendants(Soap + "address").Single().Attribute("location")!.Value.Should().Be(expected);
        server.Should().Contain($"\"ewsUrl\": \"{expected}\"");
    }

    [Theory]
    [InlineData("/realms/r1/EWS/Exchange.asmx?wsdl")]
    [InlineData("/realms/r1/EWS/Services.wsdl")]
    public async Task The_address_of_a_realm_starts_with_its_path(string path)
    {
        await using var service = await TestService.StartAsync();

        var wsdl = XDocument.Parse(await service.Client.GetStringAsync(path));

        wsdl.Descendants(Soap + "address").Single().Attribute("location")!.Value
            .Should().Be(new Uri(service.Client.BaseAddress!, "/realms/r1/EWS/Exchange.asmx").ToString());
    }

    [Fact]
    public async Task The_schemas_compile_and_contain_every_element_of_the_WSDL()
    {
        await using var service = await TestService.StartAsync();
        var set = new XmlSchemaSet { XmlResolver = null };
        foreach (var file in new[] { "types.xsd", "MESSAGES.XSD" })
        {
            using var reader = XmlReader.Create(new StringReader(await service.Client.GetStringAsync("/ews/" + file)));
            set.Add(XmlSchema.Read(reader, null)!);
        }

        set.Compile();

        var wsdl = XDocument.Parse(await service.Client.GetStringAsync("/EWS/Services.wsdl"));

        var elements = wsdl.Descendants(Wsdl + "part").Select(part => part.Attribute("element")!.Value.Split(':'))
            .Select(name => (XNamespace)wsdl.Root!.GetNamespaceOfPrefix(name[0])! + name[1]).ToList();
        elements.Should().NotBeEmpty().And.OnlyContain(name => set.GlobalElements.Contains(
            new XmlQualifiedName(name.LocalName, name.NamespaceName)));
    }

    [Fact]
    public async Task A_file_that_is_not_part_of_the_contract_gets_404()
    {
        await using var service = await TestService.StartAsync();

        using var response = await service.Client.GetAsync("/EWS/xml.xsd");

        response.StatusCode.Should().Be(HttpStatusCode.NotFound);
    }
}
