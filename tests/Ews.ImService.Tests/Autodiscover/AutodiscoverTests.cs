using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.SignIn;

namespace Ews.ImService.Tests.Autodiscover;

public sealed class AutodiscoverTests
{
    private const string Outlook = "http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a";
    private const string Soap2010 = "http://schemas.microsoft.com/exchange/2010/Autodiscover";

    private static readonly XNamespace Outlook2006A = Outlook;
    private static readonly XNamespace Response2006 = "http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006";
    private static readonly XNamespace S = "http://schemas.xmlsoap.org/soap/envelope/";
    private static readonly XNamespace A = Soap2010;

    [Fact]
    public async Task SIPE_discovers_the_service_by_domain_signs_in_and_gets_the_IM_list()
    {
        await using var service = await TestService.StartAsync(
            TestService.InMemory with { SignIn = new SignInOptions { Mode = SignInMode.AcceptAny } });
        using var unasked = await PostPoxAsync(service, "anna@contoso.com", "autodiscover.contoso.com");
        unasked.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        unasked.Headers.WwwAuthenticate.Single().Scheme.Should().Be("Basic");
        service.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String("anna@contoso.com:any"u8));

        using var response = await PostPoxAsync(service, "anna@contoso.com", "autodiscover.contoso.com");

        response.Content.Headers.ContentType!.ToString().Should().StartWith("text/xml");
        var root = XDocument.Parse(await response.Content.ReadAsStringAsync()).Root!;
        root.Name.Should().Be(Response2006 + "Autodiscover");
        var account = root.Element(Outlook2006A + "Response")!.Element(Outlook2006A + "Account")!;
        account.Element(Outlook2006A + "Action")!.Value.Should().Be("settings");
        var url = account.Elements(Outlook2006A + "Protocol")
            .Select(protocol => protocol.Element(Outlook2006A + "EwsUrl")!.Value).First(text => text.Length > 0);
        url.Should().Be($"http://autodiscover.contoso.com:{service.Client.BaseAddress!.Port}/EWS/Exchange.asmx");
        (await service.PostAsync(EwsRequest.GetImItemList())).Should().Succeed();
        (await service.MailboxAsync("anna@contoso.com")).Should().NotBeNull();
    }

    [Theory]
    [InlineData("nobody@contoso.com", Outlook, "500", "The e-mail address cannot be found.")]
    [InlineData("nobody", Outlook, "500", "The e-mail address cannot be found.")]
    [InlineData(
        "anna@contoso.com",
        "http://schemas.microsoft.com/exchange/autodiscover/mobilesync/responseschema/2006",
        "601",
        "Provider is not available")]
    [InlineData("", Outlook, "600", "Invalid Request")]
    public async Task An_unknown_address_or_schema_returns_the_error_of_the_protocol(
        string address, string schema, string code, string message)
    {
        await using var service = await StartAsync();

        using var response = await PostPoxAsync(service, address, schema: schema);

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        var error = XDocument.Parse(await response.Content.ReadAsStringAsync()).Root!
            .Element(Response2006 + "Response")!.Element(Response2006 + "Error")!;
        error.Elements().Select(element => element.Value).Should().Equal(code, message, "");
    }

    [Theory]
    [InlineData("")]
    [InlineData("<a")]
    [InlineData("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>")]
    public async Task Invalid_XML_returns_the_error_of_the_protocol(string body)
    {
        await using var service = await StartAsync();

        using var pox = await service.Client.PostAsync(
            "/autodiscover/autodiscover.xml", new StringContent(body, Encoding.UTF8, "text/xml"));
        using var soap = await service.Client.PostAsync(
            "/autodiscover/autodiscover.svc", new StringContent(body, Encoding.UTF8, "text/xml"));

        (await pox.Content.ReadAsStringAsync()).Should().Contain("<ErrorCode>600</ErrorCode>");
        soap.StatusCode.Should().Be(HttpStatusCode.InternalServerError);
        (await soap.Content.ReadAsStringAsync()).Should().Contain("<faultcode>s:Client</faultcode>");
    }

    [Theory]
    [InlineData("http")]
    [InlineData("https")]
    public async Task GetUserSettings_returns_the_requested_settings_of_each_user(string spelling)
    {
        await using var service = await StartAsync();
        var ns = Soap2010.Replace("http:", spelling + ":", StringComparison.Ordinal);

        using var response = await service.Client.PostAsync("/Autodiscover/Autodiscover.svc", new StringContent(
            $"""
            <s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:a="{ns}" xmlns:w="http://www.w3.org/2005/08/addressing">
            <s:Header>
            <a:RequestedServerVersion>Exchange2013</a:RequestedServerVersion>
            <w:Action>{ns}/Autodiscover/GetUserSettings</w:Action>
            </s:Header>
            <s:Body><a:GetUserSettingsRequestMessage><a:Request>
            <a:Users>
            <a:User><a:Mailbox>anna@contoso.com</a:Mailbox></a:User>
            <a:User><a:Mailbox>nobody@contoso.com</a:Mailbox></a:User>
            </a:Users>
            <a:RequestedSettings>
            <a:Setting>ExternalEwsUrl</a:Setting><a:Setting>EwsSupportedSchemas</a:Setting><a:Setting>CasVersion</a:Setting>
            <a:Setting>UserDisplayName</a:Setting><a:Setting>UserDN</a:Setting>
            </a:RequestedSettings>
            </a:Request></a:GetUserSettingsRequestMessage></s:Body></s:Envelope>
            """,
            Encoding.UTF8,
            "text/xml"));

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        XNamespace a = ns;
        var envelope = XDocument.Parse(await response.Content.ReadAsStringAsync()).Root!;
        envelope.Element(S + "Header")!.Element(a + "ServerVersionInfo")!.Element(a + "MajorVersion")!.Value.Should().Be("15");
        var users = envelope.Element(S + "Body")!.Element(a + "GetUserSettingsResponseMessage")!.Element(a + "Response")!
            .Element(a + "UserResponses")!.Elements().ToList();
        users.Select(user => user.Element(a + "ErrorCode")!.Value).Should().Equal("NoError", "InvalidUser");
        users[0].Element(a + "UserSettings")!.Elements()
            .Select(setting => setting.Element(a + "Name")!.Value + "=" + setting.Element(a + "Value")!.Value)
            .Should().Equal(
                "ExternalEwsUrl=" + service.Client.BaseAddress,
                "EwsSupportedSchemas=Exchange2007, Exchange2007_SP1, Exchange2010, Exchange2010_SP1, Exchange2010_SP2, Exchange2013",
                "CasVersion=15.00.0349.000",
                "UserDisplayName=Anna Smith");
        users[0].Element(a + "UserSettingErrors")!.Elements().Single().Elements().Select(part => part.Value)
            .Should().StartWith(["SettingIsNotAvailable"]).And.EndWith("UserDN");
    }

    [Fact]
    public async Task An_unsupported_SOAP_operation_returns_a_fault_that_names_it()
    {
        await using var service = await StartAsync();

        using var response = await service.Client.PostAsync("/autodiscover/autodiscover.svc", new StringContent(
            $"<s:Envelope xmlns:s='{S}'><s:Body><GetDomainSettingsRequestMessage xmlns='{A}'/></s:Body></s:Envelope>",
            Encoding.UTF8,
            "text/xml"));

        response.StatusCode.Should().Be(HttpStatusCode.InternalServerError);
        (await response.Content.ReadAsStringAsync()).Should().Contain("The operation GetDomainSettingsRequestMessage is not available");
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
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = both.Client.BaseAddress };

        using var answered = await plain.Client.GetAsync("/Autodiscover/Autodiscover.xml");
        using var redirected = await client.GetAsync("/Autodiscover/Autodiscover.xml");

        (await answered.Content.ReadAsStringAsync()).Should().Contain("<ErrorCode>600</ErrorCode>");
        answered.Headers.GetValues("X-SOAP-Enabled").Should().Equal("True");
        redirected.StatusCode.Should().Be(HttpStatusCode.Redirect);
        redirected.Headers.Location!.ToString()
            .Should().StartWith("https://127.0.0.1:").And.EndWith("/autodiscover/autodiscover.xml")
            .And.NotContain($":{client.BaseAddress!.Port}/");
    }

    [Theory]
    [InlineData(100, 200, true)]
    [InlineData(101, 1, false)]
    [InlineData(900, 1, false)]
    [InlineData(1, 201, false)]
    [InlineData(900, 400, false)]
    public async Task Too_many_users_or_settings_return_a_short_fault(int users, int settings, bool isAnswered)
    {
        await using var service = await StartAsync();

        using var response = await PostSoapAsync(
            service, Enumerable.Repeat("a@b.c", users), Enumerable.Range(0, settings).Select(number => $"S{number}").Append("S0"));
        var text = await response.Content.ReadAsStringAsync();

        response.StatusCode.Should().Be(isAnswered ? HttpStatusCode.OK : HttpStatusCode.InternalServerError);
        Regex.Count(text, "<UserResponse>").Should().Be(isAnswered ? users : 0);
        if (!isAnswered)
            text.Should().Contain("<faultstring>At most 100 users and 200 settings can be asked for at once.</faultstring>")
                .And.Subject.Length.Should().BeLessThan(400);
    }

    [Fact]
    public async Task A_setting_requested_several_times_is_returned_once()
    {
        await using var service = await StartAsync();

        using var response = await PostSoapAsync(service, ["anna@contoso.com"], Enumerable.Repeat("UserDisplayName", 1000));

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        Regex.Count(await response.Content.ReadAsStringAsync(), "Anna Smith").Should().Be(1);
    }

    [Theory]
    [InlineData("/autodiscover/autodiscover.xml")]
    [InlineData("/autodiscover/autodiscover.svc")]
    public async Task A_damaged_compressed_body_gets_400_and_the_next_request_succeeds(string path)
    {
        await using var service = await StartAsync();
        using var damaged = new ByteArrayContent([1, 2, 3])
        {
            Headers = { { "Content-Type", "text/xml" }, { "Content-Encoding", "gzip" } },
        };

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
        expected = expected.Replace(
            "PORT", service.Client.BaseAddress!.Port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

        using var pox = await PostPoxAsync(service, "anna@contoso.com", "exchange.contoso.com", realm: realm);
        using var soap = await PostSoapAsync(service, ["anna@contoso.com"], ["ExternalEwsUrl"], realm);

        (await pox.Content.ReadAsStringAsync()).Should().Contain($"<EwsUrl>{expected}</EwsUrl>");
        (await soap.Content.ReadAsStringAsync()).Should().Contain($"<Value>{expected}</Value>");
    }

    private static Task<TestService> StartAsync(bool trustForwardedHeaders = false) => TestService.StartAsync(TestService.InMemory with
    {
        Accounts = new AccountDirectory([People.Account("anna@contoso.com")], autoCreate: false, new ImpersonationRights([])),
        Directory = new AddressList([People.User("anna@contoso.com", "Anna Smith")], [], false),
        TrustForwardedHeaders = trustForwardedHeaders,
    });

    private static async Task<HttpResponseMessage> PostPoxAsync(
        TestService service, string address, string? host = null, string schema = Outlook, string realm = "")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, realm + "/Autodiscover/Autodiscover.xml")
        {
            Content = new StringContent(
                $"""
                <?xml version="1.0"?>
                <Autodiscover xmlns="http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006"><Request>
                <EMailAddress>{address}</EMailAddress>
                <AcceptableResponseSchema>{schema}</AcceptableResponseSchema>
                </Request></Autodiscover>
                """,
                Encoding.UTF8,
                "text/xml"),
        };
        request.Headers.Host = host;
        return await service.Client.SendAsync(request);
    }

    private static Task<HttpResponseMessage> PostSoapAsync(
        TestService service, IEnumerable<string> users, IEnumerable<string> settings, string realm = "")
    {
        var userElements = string.Concat(users.Select(user => $"<User><Mailbox>{user}</Mailbox></User>"));
        var settingElements = string.Concat(settings.Select(setting => $"<Setting>{setting}</Setting>"));
        var content = new StringContent(
            $"""
            <s:Envelope xmlns:s='{S}'><s:Body><GetUserSettingsRequestMessage xmlns='{A}'><Request>
            <Users>{userElements}</Users>
            <RequestedSettings>{settingElements}</RequestedSettings>
            </Request></GetUserSettingsRequestMessage></s:Body></s:Envelope>
            """,
            Encoding.UTF8,
            "text/xml");
        return service.Client.PostAsync(realm + "/autodiscover/autodiscover.svc", content);
    }
}
