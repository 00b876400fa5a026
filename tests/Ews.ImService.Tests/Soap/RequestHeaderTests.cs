using System.Security;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol;

namespace Ews.ImService.Tests.Soap;

public sealed class RequestHeaderTests
{
    private const string Request = EwsRequest.Version;
    private const string WrongVersion =
        "The request is valid but does not specify the correct server version in the RequestServerVersion SOAP header.  Ensure that "
        + "the RequestServerVersion SOAP header is set with the correct RequestServerVersionValue.";

    private const string UnknownVersion = "The specified server version is invalid.";
    private const string BadImpersonation =
        "An ExchangeImpersonation SOAP header must contain a user principal name, user SID, or primary SMTP address.";
    private const string TwoModes = "Only one access mode header may be specified.";
    private const string Denied = "The account does not have permission to impersonate the requested user.";

    private static readonly AccountDirectory Contoso = new(
        [
            People.Account("user@contoso.com"),
            People.Account("anna@contoso.com", "anna@corp.contoso.com", "S-1-5-21-1-2-3-1001", "a.smith@contoso.com"),
        ],
        autoCreate: false,
        new ImpersonationRights([]));

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
    [InlineData("<t:TimeZoneContext><t:TimeZoneDefinition Id='Nowhere Standard Time'/></t:TimeZoneContext>")]
    [InlineData("<t:DateTimePrecision>Milliseconds</t:DateTimePrecision>")]
    [InlineData("<t:ManagementRole><t:UserRoles><t:Role>Any</t:Role></t:UserRoles></t:ManagementRole>")]
    [InlineData("<x:Unknown xmlns:x='urn:x' s:mustUnderstand='0'>text</x:Unknown>")]
    [InlineData("<x:Unknown xmlns:x='urn:x' s:mustUnderstand='1' s:actor='urn:somebody-else'/>")]
    [InlineData("<t:MailboxCulture s:mustUnderstand='1'>en-US</t:MailboxCulture>")]
    [InlineData("<t:ServerVersionInfo MajorVersion='many'/>")]
    public Task Other_headers_are_ignored(string header) => SucceedsAsync(Request + header);

    [Theory]
    [InlineData("<x:Unknown xmlns:x='urn:x' s:mustUnderstand='1'/>")]
    [InlineData("<x:Unknown xmlns:x='urn:x' s:mustUnderstand='1' s:actor=''/>")]
    [InlineData("<x:Unknown xmlns:x='urn:x' s:mustUnderstand='1' s:actor='http://schemas.xmlsoap.org/soap/actor/next'/>")]
    [InlineData("<x:MailboxCulture xmlns:x='urn:x' s:mustUnderstand='1'/>")]
    public async Task An_unknown_mandatory_header_returns_the_MustUnderstand_fault_of_SOAP(string header)
    {
        await using var service = await TestService.StartAsync();

        var response = await service.PostWithoutEffectAsync(EwsRequest.AddImGroup("Team", Request + header));

        response.Status.Should().Be(500);
        response.Value("faultcode").Should().Be("s:MustUnderstand");
        response.Xml.Descendants("detail").Should().BeEmpty();
    }

    [Theory]
    [InlineData("SmtpAddress", "anna@contoso.com")]
    [InlineData("SmtpAddress", "ANNA@CONTOSO.COM")]
    [InlineData("SmtpAddress", "a.smith@contoso.com")]
    [InlineData("PrimarySmtpAddress", "Anna@contoso.com")]
    [InlineData("PrincipalName", "anna@corp.contoso.com")]
    [InlineData("SID", "S-1-5-21-1-2-3-1001")]
    public async Task Every_identifier_of_a_user_selects_only_the_mailbox_of_that_user(string kind, string value)
    {
        await using var service = await TestService.StartAsync(TestService.InMemory with { Accounts = Contoso });

        (await service.PostAsync(EwsRequest.AddImGroup("Team", EwsRequest.Impersonating(kind, value)))).Should().Succeed();

        (await service.MailboxAsync("anna@contoso.com"))!.HasGroupNamed("Team").Should().BeTrue();
        (await service.MailboxAsync()).Should().BeNull();
    }

    [Theory]
    [InlineData("SmtpAddress", "no address", "ErrorInvalidSmtpAddress", "The SMTP address format is invalid.")]
    [InlineData("SmtpAddress", " anna@contoso.com", "ErrorInvalidSmtpAddress", "The SMTP address format is invalid.")]
    [InlineData("SmtpAddress", "<anna@contoso.com>", "ErrorInvalidSmtpAddress", "The SMTP address format is invalid.")]
    [InlineData("PrimarySmtpAddress", "anna@contoso.com,ben@contoso.com", "ErrorInvalidSmtpAddress", "The SMTP address format is invalid.")]
    [InlineData("SmtpAddress", "nobody@contoso.com", "ErrorNonExistentMailbox", "The SMTP address has no mailbox associated with it.")]
    [InlineData(
        "PrimarySmtpAddress", "nobody@contoso.com", "ErrorNonExistentMailbox", "The SMTP address has no mailbox associated with it.")]
    [InlineData(
        "PrimarySmtpAddress",
        "a.smith@contoso.com",
        "ErrorNonPrimarySmtpAddress",
        "The primary SMTP address must be specified when referencing a mailbox.")]
    [InlineData("PrincipalName", "nobody@contoso.com", "ErrorInvalidUserPrincipalName", "The impersonation principal name is invalid.")]
    [InlineData("PrincipalName", "anna@contoso.com", "ErrorInvalidUserPrincipalName", "The impersonation principal name is invalid.")]
    [InlineData("SID", "anna", "ErrorInvalidSid", "A SID with an invalid format was encountered.")]
    [InlineData(
        "SID", "S-1-5-21-9-9-9-9", "ErrorInvalidUserSid", "The user SID is invalid or does not map to a user in the Active Directory.")]
    [InlineData("SmtpAddress", "", "ErrorInvalidExchangeImpersonationHeaderData", BadImpersonation)]
    public async Task An_unknown_user_returns_the_code_of_the_identifier(string kind, string value, string code, string text)
    {
        await using var service = await TestService.StartAsync(TestService.InMemory with { Accounts = Contoso });

        var response = await service.PostWithoutEffectAsync(EwsRequest.AddImGroup("Team", EwsRequest.Impersonating(kind, value)));

        response.Should().BeFault(code, text);
        response.Xml.Descendants().Where(e => e.Name.LocalName == "Value").Select(e => e.Attribute("Name")!.Value + "=" + e.Value)
            .Should().Equal(code == "ErrorNonExistentMailbox" ? ["SmtpAddress=" + value] : []);
    }

    [Theory]
    [InlineData("<t:ExchangeImpersonation/>", "ErrorInvalidExchangeImpersonationHeaderData", BadImpersonation)]
    [InlineData(
        "<t:ExchangeImpersonation>anna@contoso.com</t:ExchangeImpersonation>",
        "ErrorInvalidExchangeImpersonationHeaderData",
        BadImpersonation)]
    [InlineData(
        "<t:ExchangeImpersonation><t:ConnectingSID/></t:ExchangeImpersonation>",
        "ErrorInvalidExchangeImpersonationHeaderData",
        BadImpersonation)]
    [InlineData(
        "<t:ExchangeImpersonation><t:ConnectingSID><t:Sid>S-1-5-21-1-2-3-1001</t:Sid></t:ConnectingSID></t:ExchangeImpersonation>",
        "ErrorInvalidExchangeImpersonationHeaderData",
        BadImpersonation)]
    [InlineData(
        "<t:ExchangeImpersonation><t:ConnectingSID><SmtpAddress>anna@contoso.com</SmtpAddress></t:ConnectingSID></t:ExchangeImpersonation>",
        "ErrorInvalidExchangeImpersonationHeaderData",
        BadImpersonation)]
    [InlineData(
        "<t:ExchangeImpersonation><t:ConnectingSID><t:SmtpAddress>anna@contoso.com</t:SmtpAddress><t:SID>S-1-5-21-1-2-3-1001</t:SID>"
        + "</t:ConnectingSID></t:ExchangeImpersonation>",
        "ErrorInvalidExchangeImpersonationHeaderData",
        BadImpersonation)]
    [InlineData(
        "<t:ExchangeImpersonation><t:ConnectingSID><t:SmtpAddress>anna@contoso.com</t:SmtpAddress></t:ConnectingSID>"
        + "</t:ExchangeImpersonation><t:SerializedSecurityContext/>",
        "ErrorMoreThanOneAccessModeSpecified",
        TwoModes)]
    [InlineData("<t:ExchangeImpersonation/><t:ExchangeImpersonation/>", "ErrorMoreThanOneAccessModeSpecified", TwoModes)]
    [InlineData("<t:OpenAsAdminOrSystemService/><t:SerializedSecurityContext/>", "ErrorMoreThanOneAccessModeSpecified", TwoModes)]
    [InlineData("<t:OpenAsAdminOrSystemService/>", "ErrorAccessDenied", "Access is denied. Check credentials and try again.")]
    [InlineData("<t:SerializedSecurityContext/>", "ErrorAccessDenied", "Access is denied. Check credentials and try again.")]
    public Task An_unsupported_access_mode_returns_its_code(string header, string code, string text) =>
        FailsAsync(Request + header, code, text);

    [Fact]
    public async Task Impersonation_requires_a_grant_except_of_the_caller_s_own_account()
    {
        var rights = new ImpersonationRights([People.Grant("user@contoso.com", "anna@contoso.com")]);
        await using var service = await TestService.StartAsync(
            TestService.InMemory with { Accounts = new AccountDirectory([], autoCreate: true, rights) });

        (await service.PostAsync(EwsRequest.AddImGroup("One", EwsRequest.Impersonating("SmtpAddress", "Anna@contoso.com"))))
            .Should().Succeed();
        (await service.PostAsync(EwsRequest.AddImGroup("Two", EwsRequest.Impersonating("SmtpAddress", "user@contoso.com"))))
            .Should().Succeed();
        (await service.PostAsync(EwsRequest.AddImGroup("Three", EwsRequest.Impersonating("SmtpAddress", "ben@contoso.com")))).Should()
            .BeFault("ErrorImpersonateUserDenied", Denied);

        (await service.MailboxAsync("ben@contoso.com")).Should().BeNull();
    }

    [Theory]
    [InlineData("user@contoso.com", "boss@contoso.com", "boss@contoso.com")]
    [InlineData("me@contoso.com", "boss@contoso.com", "boss@contoso.com")]
    [InlineData("me@contoso.com", "chief@contoso.com", "boss@contoso.com")]
    [InlineData("somebody@contoso.com", "somebody@contoso.com", "user@contoso.com")]
    public async Task A_grant_applies_to_an_account_by_any_of_its_addresses(string caller, string granted, string impersonated)
    {
        var rights = new ImpersonationRights([People.Grant(caller, granted)]);
        var accounts = new AccountDirectory(
            [
                People.Account("user@contoso.com", null, null, "me@contoso.com"),
                People.Account("boss@contoso.com", null, null, "chief@contoso.com"),
            ],
            autoCreate: false,
            rights);
        await using var service = await TestService.StartAsync(
            TestService.InMemory with { Accounts = accounts, Ews = new EwsOptions { DefaultMailbox = People.Address("me@contoso.com") } });

        (await service.PostAsync(EwsRequest.AddImGroup("Team", EwsRequest.Impersonating("SmtpAddress", impersonated)))).Should().Succeed();
    }

    [Theory]
    [InlineData(false, "ErrorImpersonateUserDenied", Denied)]
    [InlineData(true, "ErrorImpersonationDenied", "The account does not have permission to perform impersonation.")]
    public async Task A_caller_without_grants_gets_the_configured_code(bool distinguish, string code, string text)
    {
        var rights = new ImpersonationRights([People.Grant("admin@contoso.com", "*")], distinguish);
        await using var service = await TestService.StartAsync(
            TestService.InMemory with { Accounts = new AccountDirectory([], autoCreate: true, rights) });

        var response = await service.PostWithoutEffectAsync(
            EwsRequest.AddImGroup("Team", EwsRequest.Impersonating("SmtpAddress", "anna@contoso.com")), "anna@contoso.com");

        response.Should().BeFault(code, text);
    }

    [Fact]
    public async Task Names_with_special_characters_are_escaped_in_the_fault()
    {
        await using var service = await TestService.StartAsync(TestService.InMemory with { Accounts = Contoso });

        var response = await service.PostAsync(
            EwsRequest.AddImGroup("Team", EwsRequest.Impersonating("SmtpAddress", "\"a<b>&\"@contoso.com")));

        response.Value("Value").Should().Be("\"a<b>&\"@contoso.com");
        response.Text.Should().Contain(SecurityElement.Escape("a<b>&"));
    }

    [Fact]
    public async Task The_spelling_of_the_body_determines_the_response_if_the_header_has_the_other()
    {
        await using var service = await TestService.StartAsync();
        const string Header =
            "<v:RequestServerVersion xmlns:v='http://schemas.microsoft.com/exchange/services/2006/types' Version='Exchange2013'/>";

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
        (await service.MailboxAsync()).Should().BeNull("the mailbox is not created either");
    }
}
