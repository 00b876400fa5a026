using System.Net;
using System.Xml.Linq;
using Ews.ImService.Protocol.SignIn;
using static Ews.ImService.Tests.Autodiscover.AutodiscoverClient;

namespace Ews.ImService.Tests.Autodiscover;

public sealed class PoxAutodiscoverTests
{
    private const string MobileSync = "http://schemas.microsoft.com/exchange/autodiscover/mobilesync/responseschema/2006";

    private static readonly XNamespace Outlook2006A = Outlook;
    private static readonly XNamespace Response2006 = "http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006";

    [Fact]
    public async Task SIPE_discovers_the_service_by_domain_signs_in_and_gets_the_IM_list()
    {
        var signIn = new SignInOptions { Mode = SignInMode.AcceptAny };
        await using var service = await TestService.StartAsync(TestService.InMemory with { SignIn = signIn });
        using var challenge = await PostPoxAsync(service, "anna@contoso.com", "autodiscover.contoso.com");
        challenge.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        challenge.Headers.WwwAuthenticate.Single().Scheme.Should().Be("Basic");
        service.Client.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String("anna@contoso.com:any"u8));

        using var response = await PostPoxAsync(service, "anna@contoso.com", "autodiscover.contoso.com");

        response.Content.Headers.ContentType!.ToString().Should().StartWith("text/xml");
        var root = XDocument.Parse(await response.Content.ReadAsStringAsync()).Root!;
        root.Name.Should().Be(Response2006 + "Autodiscover");
        var account = root.Element(Outlook2006A + "Response")!.Element(Outlook2006A + "Account")!;
        account.Element(Outlook2006A + "Action")!.Value.Should().Be("settings");
        var urls = account.Elements(Outlook2006A + "Protocol").Select(protocol => protocol.Element(Outlook2006A + "EwsUrl")!.Value);
        var port = service.Client.BaseAddress!.Port;
        urls.First(url => url.Length > 0).Should().Be($"http://autodiscover.contoso.com:{port}/EWS/Exchange.asmx");
        (await service.PostAsync(EwsRequest.GetImItemList())).Should().Succeed();
        (await service.MailboxAsync("anna@contoso.com")).Should().NotBeNull();
    }

    [Theory]
    [InlineData("nobody@contoso.com", Outlook, "500", "The e-mail address cannot be found.")]
    [InlineData("nobody", Outlook, "500", "The e-mail address cannot be found.")]
    [InlineData("anna@contoso.com", MobileSync, "601", "Provider is not available")]
    [InlineData("", Outlook, "600", "Invalid Request")]
    public async Task An_unknown_address_or_schema_returns_the_error_of_the_protocol(
        string address, string schema, string code, string message)
    {
        await using var service = await StartAsync();

        using var response = await PostPoxAsync(service, address, schema: schema);

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        var root = XDocument.Parse(await response.Content.ReadAsStringAsync()).Root!;
        var error = root.Element(Response2006 + "Response")!.Element(Response2006 + "Error")!;
        error.Elements().Select(element => element.Value).Should().Equal(code, message, "");
    }
}
