using System.Globalization;
using System.Net;
using static Ews.ImService.Tests.Autodiscover.AutodiscoverClient;

namespace Ews.ImService.Tests.Autodiscover;

public sealed class AutodiscoverEndpointTests
{
    [Theory]
    [InlineData("")]
    [InlineData("<a")]
    [InlineData("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>")]
    public async Task Invalid_XML_returns_the_error_of_the_protocol(string body)
    {
        await using var service = await StartAsync();

        using var pox = await service.Client.PostAsync(PoxPath, Xml(body));
        using var soap = await service.Client.PostAsync(SoapPath, Xml(body));

        (await pox.Content.ReadAsStringAsync()).Should().Contain("<ErrorCode>600</ErrorCode>");
        soap.StatusCode.Should().Be(HttpStatusCode.InternalServerError);
        (await soap.Content.ReadAsStringAsync()).Should().Contain("<faultcode>s:Client</faultcode>");
    }

    [Fact]
    public async Task A_GET_over_HTTP_is_redirected_if_HTTPS_is_configured()
    {
        await using var plain = await StartAsync();
        using var directory = new TemporaryDirectory();
        await using var both = await TestService.StartAsync(TestService.InMemory with
        {
            Urls = ["http://127.0.0.1:0", "https://127.0.0.1:0"],
            Certificate = new() { Path = directory.File("own.pfx"), IsOwn = true },
        });
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        using var client = new HttpClient(handler) { BaseAddress = both.Client.BaseAddress };

        using var direct = await plain.Client.GetAsync("/Autodiscover/Autodiscover.xml");
        using var redirected = await client.GetAsync("/Autodiscover/Autodiscover.xml");

        (await direct.Content.ReadAsStringAsync()).Should().Contain("<ErrorCode>600</ErrorCode>");
        direct.Headers.GetValues("X-SOAP-Enabled").Should().Equal("True");
        redirected.StatusCode.Should().Be(HttpStatusCode.Redirect);
        redirected.Headers.Location!.ToString().Should()
            .StartWith("https://127.0.0.1:").And.EndWith(PoxPath).And.NotContain($":{client.BaseAddress!.Port}/");
    }

    [Theory]
    [InlineData(PoxPath)]
    [InlineData(SoapPath)]
    public async Task A_damaged_compressed_body_gets_400_and_the_next_request_succeeds(string path)
    {
        await using var service = await StartAsync();
        using var damaged = new ByteArrayContent([1, 2, 3]);
        damaged.Headers.Add("Content-Type", "text/xml");
        damaged.Headers.Add("Content-Encoding", "gzip");

        using var response = await service.Client.PostAsync(path, damaged);
        using var pox = await PostPoxAsync(service, "anna@contoso.com");
        using var soap = await PostSoapAsync(service, ["anna@contoso.com"], ["UserDisplayName"]);

        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await pox.Content.ReadAsStringAsync()).Should().Contain("<Action>settings</Action>");
        (await soap.Content.ReadAsStringAsync()).Should().Contain("Anna Smith");
    }

    [Theory]
    [InlineData(true, "/realms/r1", "https://exchange.contoso.com/realms/r1/EWS/Exchange.asmx")]
    [InlineData(true, "", "https://exchange.contoso.com/EWS/Exchange.asmx")]
    [InlineData(false, "/realms/r1", "http://exchange.contoso.com:PORT/realms/r1/EWS/Exchange.asmx")]
    public async Task The_EWS_URL_contains_the_realm_and_the_scheme_forwarded_by_a_trusted_proxy(
        bool isTrusted, string realm, string expected)
    {
        await using var service = await StartAsync(isTrusted);
        service.Client.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        service.Client.DefaultRequestHeaders.Host = "exchange.contoso.com";
        var port = service.Client.BaseAddress!.Port.ToString(CultureInfo.InvariantCulture);
        expected = expected.Replace("PORT", port, StringComparison.Ordinal);

        using var pox = await PostPoxAsync(service, "anna@contoso.com", "exchange.contoso.com", realm: realm);
        using var soap = await PostSoapAsync(service, ["anna@contoso.com"], ["ExternalEwsUrl"], realm);

        (await pox.Content.ReadAsStringAsync()).Should().Contain($"<EwsUrl>{expected}</EwsUrl>");
        (await soap.Content.ReadAsStringAsync()).Should().Contain($"<Value>{expected}</Value>");
    }
}
