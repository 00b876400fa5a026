using System.Net;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using static Ews.ImService.Tests.Autodiscover.AutodiscoverClient;

namespace Ews.ImService.Tests.Autodiscover;

public sealed class SoapAutodiscoverTests
{
    [Theory]
    [InlineData("http")]
    [InlineData("https")]
    public async Task GetUserSettings_returns_the_requested_settings_of_each_user(string spelling)
    {
        await using var service = await StartAsync();
        var ns = Soap2010.Replace("http:", spelling + ":", StringComparison.Ordinal);

        using var response = await service.Client.PostAsync("/Autodiscover/Autodiscover.svc", Xml(
            $"""
            <s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:a="{ns}" xmlns:w="http://www.w3.org/2005/08/addressing">
            <s:Header>
            <a:RequestedServerVersion>Exchange2013</a:RequestedServerVersion><w:Action>{ns}/Autodiscover/GetUserSettings</w:Action>
            </s:Header>
            <s:Body><a:GetUserSettingsRequestMessage><a:Request>
            <a:Users>
            <a:User><a:Mailbox>anna@contoso.com</a:Mailbox></a:User><a:User><a:Mailbox>nobody@contoso.com</a:Mailbox></a:User>
            </a:Users>
            <a:RequestedSettings>
            <a:Setting>ExternalEwsUrl</a:Setting><a:Setting>EwsSupportedSchemas</a:Setting><a:Setting>CasVersion</a:Setting>
            <a:Setting>UserDisplayName</a:Setting><a:Setting>UserDN</a:Setting>
            </a:RequestedSettings>
            </a:Request></a:GetUserSettingsRequestMessage></s:Body></s:Envelope>
            """));

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        XNamespace a = ns;
        var envelope = XDocument.Parse(await response.Content.ReadAsStringAsync()).Root!;
        envelope.Element(SoapNs + "Header")!.Element(a + "ServerVersionInfo")!.Element(a + "MajorVersion")!.Value.Should().Be("15");
        var users = envelope.Descendants(a + "UserResponse").ToList();
        users.Select(user => user.Element(a + "ErrorCode")!.Value).Should().Equal("NoError", "InvalidUser");
        var settings = users[0].Element(a + "UserSettings")!.Elements();
        settings.Select(setting => setting.Element(a + "Name")!.Value + "=" + setting.Element(a + "Value")!.Value).Should().Equal(
            "ExternalEwsUrl=" + service.Client.BaseAddress,
            "EwsSupportedSchemas=Exchange2007, Exchange2007_SP1, Exchange2010, Exchange2010_SP1, Exchange2010_SP2, Exchange2013",
            "CasVersion=15.00.0349.000",
            "UserDisplayName=Anna Smith");
        users[0].Element(a + "UserSettingErrors")!.Elements().Single().Elements().Select(part => part.Value).Should()
            .StartWith(["SettingIsNotAvailable"]).And.EndWith("UserDN");
    }

    [Fact]
    public async Task An_unsupported_SOAP_operation_returns_a_fault_that_names_it()
    {
        await using var service = await StartAsync();

        using var response = await service.Client.PostAsync(SoapPath, Xml(
            $"<s:Envelope xmlns:s='{SoapNs}'><s:Body><GetDomainSettingsRequestMessage xmlns='{Soap2010}'/></s:Body></s:Envelope>"));

        response.StatusCode.Should().Be(HttpStatusCode.InternalServerError);
        (await response.Content.ReadAsStringAsync()).Should().Contain("The operation GetDomainSettingsRequestMessage is not available");
    }

    [Theory]
    [InlineData(100, 200, true)]
    [InlineData(101, 1, false)]
    [InlineData(900, 1, false)]
    [InlineData(1, 201, false)]
    [InlineData(900, 400, false)]
    public async Task Too_many_users_or_settings_return_a_short_fault(int users, int settings, bool isAccepted)
    {
        await using var service = await StartAsync();
        var names = Enumerable.Range(0, settings).Select(number => $"S{number}").Append("S0");

        using var response = await PostSoapAsync(service, Enumerable.Repeat("a@b.c", users), names);
        var text = await response.Content.ReadAsStringAsync();

        response.StatusCode.Should().Be(isAccepted ? HttpStatusCode.OK : HttpStatusCode.InternalServerError);
        Regex.Count(text, "<UserResponse>").Should().Be(isAccepted ? users : 0);
        if (!isAccepted)
        {
            text.Should().Contain("<faultstring>At most 100 users and 200 settings can be asked for at once.</faultstring>");
            text.Length.Should().BeLessThan(400);
        }
    }

    [Fact]
    public async Task A_setting_requested_several_times_is_returned_once()
    {
        await using var service = await StartAsync();

        using var response = await PostSoapAsync(service, ["anna@contoso.com"], Enumerable.Repeat("UserDisplayName", 1000));

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        Regex.Count(await response.Content.ReadAsStringAsync(), "Anna Smith").Should().Be(1);
    }
}
