using System.Security;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol;

namespace Ews.ImService.Tests.Soap;

public sealed class ImpersonationHeaderTests
{
    private const string InvalidHeader = "ErrorInvalidExchangeImpersonationHeaderData";
    private const string TwoModesCode = "ErrorMoreThanOneAccessModeSpecified";

    private const string BadImpersonation =
        "An ExchangeImpersonation SOAP header must contain a user principal name, user SID, or primary SMTP address.";

    private const string TwoModes = "Only one access mode header may be specified.";
    private const string AccessDenied = "Access is denied. Check credentials and try again.";
    private const string Denied = "The account does not have permission to impersonate the requested user.";
    private const string NoAddress = "The SMTP address format is invalid.";
    private const string NotPrimary = "The primary SMTP address must be specified when referencing a mailbox.";
    private const string NoMailbox = "The SMTP address has no mailbox associated with it.";
    private const string UnknownSid = "The user SID is invalid or does not map to a user in the Active Directory.";
    private const string UnknownName = "The impersonation principal name is invalid.";

    private const string Start = "<t:ExchangeImpersonation><t:ConnectingSID>";
    private const string End = "</t:ConnectingSID></t:ExchangeImpersonation>";

    private static readonly AccountDirectory Contoso = new(
        [
            People.Account("user@contoso.com"),
            People.Account("anna@contoso.com", "anna@corp.contoso.com", "S-1-5-21-1-2-3-1001", "a.smith@contoso.com"),
        ],
        autoCreate: false,
        new ImpersonationRights([]));

    [Theory]
    [InlineData("SmtpAddress", "anna@contoso.com")]
    [InlineData("SmtpAddress", "ANNA@CONTOSO.COM")]
    [InlineData("SmtpAddress", "a.smith@contoso.com")]
    [InlineData("PrimarySmtpAddress", "Anna@contoso.com")]
    [InlineData("PrincipalName", "anna@corp.contoso.com")]
    [InlineData("SID", "S-1-5-21-1-2-3-1001")]
    public async Task Every_identifier_of_a_user_selects_only_the_mailbox_of_that_user(string kind, string value)
    {
        await using var service = await StartAsync(Contoso);

        (await service.PostAsync(EwsRequest.AddImGroup("Team", EwsRequest.Impersonating(kind, value)))).Should().Succeed();

        (await service.MailboxAsync("anna@contoso.com"))!.HasGroupNamed("Team").Should().BeTrue();
        (await service.MailboxAsync()).Should().BeNull();
    }

    [Fact]
    public async Task White_space_and_comments_between_the_elements_of_the_header_are_ignored()
    {
        await using var service = await StartAsync(Contoso);
        const string header = "<t:ExchangeImpersonation>\n  <!-- Anna --><t:ConnectingSID>\r\n"
            + "\t<t:SmtpAddress>anna@contoso.com</t:SmtpAddress>\n  </t:ConnectingSID>\n</t:ExchangeImpersonation>";

        (await service.PostAsync(EwsRequest.AddImGroup("Team", EwsRequest.Version + header))).Should().Succeed();

        (await service.MailboxAsync("anna@contoso.com"))!.HasGroupNamed("Team").Should().BeTrue();
    }

    [Theory]
    [InlineData("SmtpAddress", "no address", "ErrorInvalidSmtpAddress", NoAddress)]
    [InlineData("SmtpAddress", " anna@contoso.com", "ErrorInvalidSmtpAddress", NoAddress)]
    [InlineData("SmtpAddress", "<anna@contoso.com>", "ErrorInvalidSmtpAddress", NoAddress)]
    [InlineData("PrimarySmtpAddress", "anna@contoso.com,ben@contoso.com", "ErrorInvalidSmtpAddress", NoAddress)]
    [InlineData("SmtpAddress", "nobody@contoso.com", "ErrorNonExistentMailbox", NoMailbox)]
    [InlineData("PrimarySmtpAddress", "nobody@contoso.com", "ErrorNonExistentMailbox", NoMailbox)]
    [InlineData("PrimarySmtpAddress", "a.smith@contoso.com", "ErrorNonPrimarySmtpAddress", NotPrimary)]
    [InlineData("PrincipalName", "nobody@contoso.com", "ErrorInvalidUserPrincipalName", UnknownName)]
    [InlineData("PrincipalName", "anna@contoso.com", "ErrorInvalidUserPrincipalName", UnknownName)]
    [InlineData("SID", "anna", "ErrorInvalidSid", "A SID with an invalid format was encountered.")]
    [InlineData("SID", "S-1-5-21-9-9-9-9", "ErrorInvalidUserSid", UnknownSid)]
    [InlineData("SmtpAddress", "", "ErrorInvalidExchangeImpersonationHeaderData", BadImpersonation)]
    public async Task An_unknown_user_returns_the_code_of_the_identifier(string kind, string value, string code, string text)
    {
        await using var service = await StartAsync(Contoso);

        var response = await service.PostWithoutEffectAsync(EwsRequest.AddImGroup("Team", EwsRequest.Impersonating(kind, value)));

        response.Should().BeFault(code, text);
        response.Xml.Descendants().Where(e => e.Name.LocalName == "Value").Select(e => e.Attribute("Name")!.Value + "=" + e.Value)
            .Should().Equal(code == "ErrorNonExistentMailbox" ? ["SmtpAddress=" + value] : []);
    }

    [Theory]
    [InlineData("<t:ExchangeImpersonation/>", InvalidHeader, BadImpersonation)]
    [InlineData("<t:ExchangeImpersonation>anna@contoso.com</t:ExchangeImpersonation>", InvalidHeader, BadImpersonation)]
    [InlineData("<t:ExchangeImpersonation><t:ConnectingSID/></t:ExchangeImpersonation>", InvalidHeader, BadImpersonation)]
    [InlineData(Start + "<t:Sid>S-1-5-21-1-2-3-1001</t:Sid>" + End, InvalidHeader, BadImpersonation)]
    [InlineData(Start + "<t:SmtpAddress><b>anna@contoso.com</b></t:SmtpAddress>" + End, InvalidHeader, BadImpersonation)]
    [InlineData(Start + "<t:SmtpAddress>anna@contoso.com<b/></t:SmtpAddress>" + End, InvalidHeader, BadImpersonation)]
    [InlineData(Start + "anna<t:SmtpAddress>anna@contoso.com</t:SmtpAddress>" + End, InvalidHeader, BadImpersonation)]
    [InlineData(Start + "<t:SmtpAddress>anna@contoso.com</t:SmtpAddress></t:ConnectingSID><t:ConnectingSID/></t:ExchangeImpersonation>",
        InvalidHeader, BadImpersonation)]
    [InlineData("<t:ExchangeImpersonation><t:Other/><t:ConnectingSID><t:SmtpAddress>anna@contoso.com</t:SmtpAddress>" + End,
        InvalidHeader, BadImpersonation)]
    [InlineData("<t:ExchangeImpersonation Unknown='a'><t:ConnectingSID><t:SmtpAddress>anna@contoso.com</t:SmtpAddress>" + End,
        InvalidHeader, BadImpersonation)]
    [InlineData("<t:ExchangeImpersonation><t:ConnectingSID Unknown='a'><t:SmtpAddress>anna@contoso.com</t:SmtpAddress>" + End,
        InvalidHeader, BadImpersonation)]
    [InlineData(Start + "<t:SmtpAddress s:actor=''>anna@contoso.com</t:SmtpAddress>" + End, InvalidHeader, BadImpersonation)]
    [InlineData(Start + "<t:SmtpAddress>anna@contoso.com</t:SmtpAddress><t:Unknown/>" + End, InvalidHeader, BadImpersonation)]
    [InlineData(Start + "<SmtpAddress>anna@contoso.com</SmtpAddress>" + End, InvalidHeader, BadImpersonation)]
    [InlineData(Start + "<t:SmtpAddress>anna@contoso.com</t:SmtpAddress><t:SID>S-1-5-21-1</t:SID>" + End, InvalidHeader, BadImpersonation)]
    [InlineData(Start + "<t:SmtpAddress>anna@contoso.com</t:SmtpAddress>" + End + "<t:SerializedSecurityContext/>", TwoModesCode, TwoModes)]
    [InlineData("<t:ExchangeImpersonation/><t:ExchangeImpersonation/>", TwoModesCode, TwoModes)]
    [InlineData("<t:OpenAsAdminOrSystemService/><t:SerializedSecurityContext/>", TwoModesCode, TwoModes)]
    [InlineData("<t:OpenAsAdminOrSystemService/>", "ErrorAccessDenied", AccessDenied)]
    [InlineData("<t:SerializedSecurityContext/>", "ErrorAccessDenied", AccessDenied)]
    public async Task An_unsupported_access_mode_returns_its_code(string header, string code, string text)
    {
        await using var service = await TestService.StartAsync();

        var response = await service.PostWithoutEffectAsync(EwsRequest.AddImGroup("Team", EwsRequest.Version + header));

        response.Should().BeFault(code, text);
        (await service.MailboxAsync()).Should().BeNull("a rejected request creates no mailbox");
    }

    [Fact]
    public async Task Impersonation_requires_a_grant_except_of_the_caller_s_own_account()
    {
        var rights = new ImpersonationRights([People.Grant("user@contoso.com", "anna@contoso.com")]);
        await using var service = await StartAsync(new AccountDirectory([], autoCreate: true, rights));

        (await service.PostAsync(AddImGroupAs("Anna@contoso.com"))).Should().Succeed();
        (await service.PostAsync(AddImGroupAs("user@contoso.com"))).Should().Succeed();
        (await service.PostAsync(AddImGroupAs("ben@contoso.com"))).Should().BeFault("ErrorImpersonateUserDenied", Denied);

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
        Account[] accounts =
        [
            People.Account("user@contoso.com", null, null, "me@contoso.com"),
            People.Account("boss@contoso.com", null, null, "chief@contoso.com"),
        ];
        await using var service = await TestService.StartAsync(TestService.InMemory with
        {
            Accounts = new AccountDirectory(accounts, autoCreate: false, rights),
            Ews = new EwsOptions { DefaultMailbox = People.Address("me@contoso.com") },
        });

        (await service.PostAsync(AddImGroupAs(impersonated))).Should().Succeed();
    }

    [Theory]
    [InlineData(false, "ErrorImpersonateUserDenied", Denied)]
    [InlineData(true, "ErrorImpersonationDenied", "The account does not have permission to perform impersonation.")]
    public async Task A_caller_without_grants_gets_the_configured_code(bool distinguish, string code, string text)
    {
        var rights = new ImpersonationRights([People.Grant("admin@contoso.com", "*")], distinguish);
        await using var service = await StartAsync(new AccountDirectory([], autoCreate: true, rights));

        var response = await service.PostWithoutEffectAsync(AddImGroupAs("anna@contoso.com"), "anna@contoso.com");

        response.Should().BeFault(code, text);
    }

    [Fact]
    public async Task Names_with_special_characters_are_escaped_in_the_fault()
    {
        await using var service = await StartAsync(Contoso);

        var response = await service.PostAsync(AddImGroupAs("\"a<b>&\"@contoso.com"));

        response.Value("Value").Should().Be("\"a<b>&\"@contoso.com");
        response.Text.Should().Contain(SecurityElement.Escape("a<b>&"));
    }

    private static Task<TestService> StartAsync(AccountDirectory accounts) =>
        TestService.StartAsync(TestService.InMemory with { Accounts = accounts });

    private static string AddImGroupAs(string smtpAddress) =>
        EwsRequest.AddImGroup("Team", EwsRequest.Impersonating("SmtpAddress", smtpAddress));
}
