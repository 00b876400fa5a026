using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Ews.ImService.Protocol.Xml;
using Ews.ImService.Tests.Control;

namespace Ews.ImService.Tests.Soap;

/// <summary>Names that the service does not know are not kept.</summary>
public sealed class RequestNamesTests
{
    private const string Services = "schemas.microsoft.com/exchange/services/2006";
    private const string Soap = "http://schemas.xmlsoap.org/soap/envelope/";
    private const string Instance = "http://www.w3.org/2001/XMLSchema-instance";

    /// <summary>The namespaces that are always in use.</summary>
    private static readonly string[] Namespaces =
    [
        "", Soap, Instance, $"http://{Services}/types", $"http://{Services}/messages", $"https://{Services}/types",
        $"https://{Services}/messages", "http://www.w3.org/XML/1998/namespace", "http://www.w3.org/2001/XMLSchema",
        "http://schemas.xmlsoap.org/wsdl/", "http://schemas.microsoft.com/exchange/2010/Autodiscover",
        "http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a",
    ];

    private static int _names;

    /// <summary>
    /// Gets requests in which <c>{0}</c> is an unknown name with a prefix, <c>{1}</c> is the namespace of the prefix <c>x</c>, and
    /// <c>{2}</c> is the unknown name without a prefix.
    /// </summary>
    public static TheoryData<string, string> Requests
    {
        get
        {
            const string Team = "<m:AddImGroup><m:DisplayName>Team</m:DisplayName></m:AddImGroup>";
            string[] envelopes =
            [
                Envelope(EwsRequest.Version + "<{0}/>", Team),
                Envelope(EwsRequest.Version + "<x:Other {0}='a'><{0}><{2}/></{0}></x:Other>", Team),
                Envelope("<t:RequestServerVersion Version='Exchange2013' {0}='a'/>", Team),
                Envelope("<t:RequestServerVersion Version='Exchange2013'><{0}/></t:RequestServerVersion>", Team),
                Envelope(EwsRequest.Version + "<t:TimeZoneContext><{0}/></t:TimeZoneContext>", Team),
                Envelope(EwsRequest.Version, "<{0}/>"),
                Envelope(EwsRequest.Version, "<{0}><{0}/><{2}/></{0}>"),
                Envelope(EwsRequest.Version, "<m:AddImGroup {0}='a'><m:DisplayName>Team</m:DisplayName></m:AddImGroup>"),
                Envelope(EwsRequest.Version, "<m:AddImGroup><m:DisplayName {0}='a'>Team</m:DisplayName></m:AddImGroup>"),
                Envelope(EwsRequest.Version, "<m:AddImGroup><{0}>Team</{0}><m:DisplayName>Team</m:DisplayName></m:AddImGroup>"),
                Envelope(EwsRequest.Version, "<m:CreateItem><m:Items><t:Contact><{0}/><{2} {0}='a'/></t:Contact></m:Items></m:CreateItem>"),
                Envelope(EwsRequest.Version, "<m:SyncFolderItems><{0}/></m:SyncFolderItems>"),
                Envelope(EwsRequest.Version, Team + "<{0}/>"),
                Envelope(EwsRequest.Version, Team).Replace("</s:Envelope>", "<{0}/></s:Envelope>", StringComparison.Ordinal),
                "<{0} xmlns:x='{1}'/>",
                $"<s:Envelope xmlns:s='{Soap}' xmlns:x='{{1}}'><{{0}}/></s:Envelope>",
            ];
            var data = new TheoryData<string, string>();
            foreach (var envelope in envelopes)
                data.Add("/EWS/Exchange.asmx", envelope);
            foreach (var path in new[] { "/autodiscover/autodiscover.xml", "/autodiscover/autodiscover.svc" })
            {
                data.Add(path, "<Autodiscover xmlns:x='{1}'><Request {0}='a'><{0}/><{2}/></Request></Autodiscover>");
                data.Add(path, $"<s:Envelope xmlns:s='{Soap}' xmlns:x='{{1}}'><s:Body><{{0}}/></s:Body></s:Envelope>");
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task An_unknown_name_is_not_kept_in_any_namespace(string path, string format)
    {
        await using var service = await TestService.StartAsync();
        foreach (var space in Namespaces)
        {
            foreach (var spelling in new[] { "http", "https" })
            {
                var name = $"Unknown{Interlocked.Increment(ref _names)}";
                var prefix = space.Length == 0 ? "" : space.EndsWith("XML/1998/namespace", StringComparison.Ordinal) ? "xml:" : "x:";
                var request = string.Format(CultureInfo.InvariantCulture, format, prefix + name, prefix == "x:" ? space : "urn:x", name)
                    .Replace($"http://{Services}", $"{spelling}://{Services}", StringComparison.Ordinal);
                var response = await service.PostAsync(Encoding.UTF8.GetBytes(request), path: path);
                response.Status.Should().BeOneOf(200, 500);

                Namespaces.Where(other => IsKept(name, other)).Should().BeEmpty(request);
            }
        }
    }

    [Fact]
    public async Task An_unknown_operation_is_named_in_the_journal()
    {
        await using var service = await TestService.StartAsync();

        var response = await service.PostAsync(EwsRequest.For("AddImGrup", "<m:DisplayName>Team</m:DisplayName>"));

        response.Should().BeFault("ErrorInvalidRequest", "The request is invalid.");
        (await service.Client.GetStringAsync(ControlCalls.Api + "/journal")).Should().Contain("AddImGrup");
    }

    [Fact]
    public void Unknown_names_of_one_document_are_equal_and_those_of_others_differ()
    {
        var (first, second) = (new RequestNames(), new RequestNames());

        first.Get("a1", "urn:a").Should().BeSameAs(first.Get("a1", "urn:a"));
        first.Get("a1", "urn:a").Should().NotBe(second.Get("a1", "urn:a")).And.NotBe(first.Get("a1", "urn:b"));
        first.Get("a1", "urn:a").LocalName.Should().Be("a1");
        first.Get("a1", "urn:a", isDeclared: true).Should().Be(XName.Get("a1", "urn:a"));
        first.Get("Envelope", "urn:a").Should().Be(XName.Get("Envelope", "urn:a"));
    }

    /// <summary>Determines whether a name existed: otherwise, it is created with the text that is given.</summary>
    private static bool IsKept(string name, string space)
    {
        var copy = new string(name);
        return !ReferenceEquals(XName.Get(copy, space).LocalName, copy);
    }

    private static string Envelope(string header, string body) => EwsRequest.Envelope(header, body)
        .Replace("<s:Envelope ", "<s:Envelope xmlns:x='{1}' ", StringComparison.Ordinal);
}
