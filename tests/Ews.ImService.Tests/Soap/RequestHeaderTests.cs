using Ews.ImService.Protocol;

namespace Ews.ImService.Tests.Soap;

public sealed class RequestHeaderTests
{
    private const string Instance = "http://www.w3.org/2001/XMLSchema-instance";
    private const string UnknownVersion = "The specified server version is invalid.";
    private const string WrongVersion =
        "The request is valid but does not specify the correct server version in the RequestServerVersion SOAP header.  "
        + "Ensure that the RequestServerVersion SOAP header is set with the correct RequestServerVersionValue.";

    [Theory]
    [InlineData("Exchange2012")]
    [InlineData("Exchange2013")]
    [InlineData("Exchange2013_SP1")]
    [InlineData("Exchange2015")]
    [InlineData("Exchange2016")]
    [InlineData("V2015_10_05")]
    [InlineData("V2016_01_06")]
    [InlineData("V2016_04_13")]
    [InlineData("V2016_07_13")]
    [InlineData("V2016_10_10")]
    public Task Versions_from_Exchange_2013_on_are_accepted(string version) =>
        SucceedsAsync($"<t:RequestServerVersion Version='{version}'/>");

    [Theory]
    [InlineData("Exchange2007")]
    [InlineData("Exchange2007_SP1")]
    [InlineData("Exchange2009")]
    [InlineData("Exchange2010")]
    [InlineData("Exchange2010_SP1")]
    [InlineData("Exchange2010_SP2")]
    public Task Earlier_versions_return_ErrorIncorrectSchemaVersion(string version) =>
        FailsAsync($"<t:RequestServerVersion Version='{version}'/>", "ErrorIncorrectSchemaVersion", WrongVersion);

    [Fact]
    public Task A_missing_version_returns_ErrorIncorrectSchemaVersion() => FailsAsync("", "ErrorIncorrectSchemaVersion", WrongVersion);

    [Theory]
    [InlineData("Version='Exchange2099'")]
    [InlineData("Version='exchange2013'")]
    [InlineData("Version=''")]
    [InlineData("")]
    public Task An_unknown_version_returns_ErrorInvalidServerVersion(string attribute) =>
        FailsAsync($"<t:RequestServerVersion {attribute}/>", "ErrorInvalidServerVersion", UnknownVersion);

    [Theory]
    [InlineData("Version='Exchange2013'", "text")]
    [InlineData("Version='Exchange2013'", "<![CDATA[text]]>")]
    [InlineData("Version='Exchange2013'", "<t:Unknown/>")]
    [InlineData("Version='Exchange2013'", "<Unknown/>")]
    [InlineData("Version='Exchange2013'", "<t:RequestServerVersion Version='Exchange2013'/>")]
    [InlineData("Version='Exchange2013' Unknown='a'", "")]
    [InlineData("Version='Exchange2013' t:Version='Exchange2013'", "")]
    [InlineData("t:Version='Exchange2013'", "")]
    [InlineData("Version='Exchange2013' x:a='b' xmlns:x='urn:x'", "")]
    public Task A_version_header_that_is_not_valid_returns_ErrorInvalidServerVersion(string attributes, string content) => FailsAsync(
        $"<t:RequestServerVersion {attributes}>{content}</t:RequestServerVersion>", "ErrorInvalidServerVersion", UnknownVersion);

    [Theory]
    [InlineData("", " \r\n\t")]
    [InlineData("", "<!-- c -->")]
    [InlineData("s:mustUnderstand='1' s:actor=''", "")]
    [InlineData("s:encodingStyle='' xml:lang='en' xml:space='preserve'", "")]
    [InlineData("xsi:type='t:Any' xsi:nil='false' xmlns:xsi='" + Instance + "'", "")]
    public Task White_space_comments_and_the_attributes_of_SOAP_are_valid_in_a_version_header(string attributes, string content) =>
        SucceedsAsync($"<t:RequestServerVersion Version='Exchange2013' {attributes}>{content}</t:RequestServerVersion>");

    [Fact]
    public async Task A_header_that_is_nil_counts_as_absent()
    {
        const string Nil = $"xsi:nil='true' xmlns:xsi='{Instance}'";
        await SucceedsAsync($"{EwsRequest.Version}<t:ExchangeImpersonation {Nil}/><t:MailboxCulture {Nil}/>");
        await SucceedsAsync($"<t:RequestServerVersion {Nil}/>{EwsRequest.Version}<x:Unknown s:mustUnderstand='1' {Nil} xmlns:x='urn:x'/>");
        await FailsAsync($"<t:RequestServerVersion {Nil}/>", "ErrorIncorrectSchemaVersion", WrongVersion);
    }

    [Fact]
    public async Task The_first_of_two_versions_applies()
    {
        await SucceedsAsync("<t:RequestServerVersion Version='Exchange2013'/><t:RequestServerVersion Version='Exchange2099'/>");
        await FailsAsync(
            "<t:RequestServerVersion Version='Exchange2099'/><t:RequestServerVersion Version='Exchange2013'/>",
            "ErrorInvalidServerVersion",
            UnknownVersion);
    }

    [Fact]
    public async Task A_missing_version_can_be_allowed()
    {
        await using var service = await TestService.StartAsync(new EwsOptions { AllowMissingVersion = true });

        var response = await service.PostAsync(EwsRequest.AddImGroup("Team", header: ""));

        response.Should().Succeed();
    }

    [Fact]
    public async Task The_version_is_checked_before_the_schema_and_after_the_operation()
    {
        await using var service = await TestService.StartAsync();
        const string Old = "<t:RequestServerVersion Version='Exchange2010'/>";

        var violation = await service.PostAsync(EwsRequest.For("AddImGroup", "", Old));
        var unknown = await service.PostAsync(EwsRequest.For("AddImGrup", "", Old));

        violation.Should().BeFault("ErrorIncorrectSchemaVersion", WrongVersion);
        unknown.Should().BeFault("ErrorInvalidRequest", "The request is invalid.");
    }

    [Theory]
    [InlineData("<t:MailboxCulture>de-DE</t:MailboxCulture>")]
    [InlineData("<t:MailboxCulture>x_y!</t:MailboxCulture>")]
    [InlineData("<t:TimeZoneContext><t:TimeZoneDefinition Id='W. Europe Standard Time'/></t:TimeZoneContext>")]
    [InlineData("<t:DateTimePrecision>Milliseconds</t:DateTimePrecision>")]
    [InlineData("<t:ManagementRole><t:UserRoles><t:Role>Any</t:Role></t:UserRoles></t:ManagementRole>")]
    [InlineData("<x:Unknown xmlns:x='urn:x' s:mustUnderstand='0'>text</x:Unknown>")]
    [InlineData("<x:Unknown xmlns:x='urn:x' s:mustUnderstand='1' s:actor='urn:somebody-else'/>")]
    [InlineData("<t:MailboxCulture s:mustUnderstand='1'>en-US</t:MailboxCulture>")]
    [InlineData("<t:ServerVersionInfo MajorVersion='many'/>")]
    public Task Other_headers_are_ignored(string header) => SucceedsAsync(EwsRequest.Version + header);

    [Theory]
    [InlineData("<x:Unknown xmlns:x='urn:x' s:mustUnderstand='1'/>")]
    [InlineData("<x:Unknown xmlns:x='urn:x' s:mustUnderstand='1' s:actor=''/>")]
    [InlineData("<x:Unknown xmlns:x='urn:x' s:mustUnderstand='1' s:actor='http://schemas.xmlsoap.org/soap/actor/next'/>")]
    [InlineData("<x:MailboxCulture xmlns:x='urn:x' s:mustUnderstand='1'/>")]
    public async Task An_unknown_mandatory_header_returns_the_MustUnderstand_fault_of_SOAP(string header)
    {
        await using var service = await TestService.StartAsync();

        var response = await service.PostWithoutEffectAsync(EwsRequest.AddImGroup("Team", EwsRequest.Version + header));

        response.Status.Should().Be(500);
        response.Value("faultcode").Should().Be("s:MustUnderstand");
        response.Xml.Descendants("detail").Should().BeEmpty();
    }

    [Fact]
    public async Task The_spelling_of_the_body_determines_the_response_if_the_header_has_the_other()
    {
        await using var service = await TestService.StartAsync();
        const string Types = "http://schemas.microsoft.com/exchange/services/2006/types";
        const string Header = $"<v:RequestServerVersion xmlns:v='{Types}' Version='Exchange2013'/>";

        var response = await service.PostAsync(EwsRequest.For("AddImGroup", "<m:DisplayName>Team</m:DisplayName>", Header, "https"));

        response.Should().Succeed().Text.Should().Contain("https://schemas.microsoft.com/exchange/services/2006/messages")
            .And.NotContain("http://schemas.microsoft.com/exchange");
    }

    private static async Task SucceedsAsync(string header)
    {
        await using var service = await TestService.StartAsync();

        var response = await service.PostAsync(EwsRequest.AddImGroup("Team", header));

        response.Should().Succeed();
    }

    private static async Task FailsAsync(string header, string code, string text)
    {
        await using var service = await TestService.StartAsync();

        var response = await service.PostWithoutEffectAsync(EwsRequest.AddImGroup("Team", header));

        response.Should().BeFault(code, text);
        (await service.MailboxAsync()).Should().BeNull("a rejected request creates no mailbox");
    }
}
