using System.Net;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol;
using Ews.ImService.Protocol.SignIn;
using Ews.ImService.Settings;
using static Ews.ImService.Tests.SignIn.Credentials;

namespace Ews.ImService.Tests.SignIn;

/// <summary>Sign-in names that two accounts in two mail domains share.</summary>
public sealed class SignInNamesTests
{
    private const string Password = "Password-1";
    private const string OfContoso = "anna@contoso.com";
    private const string OfFabrikam = "anna@fabrikam.com";

    [Theory]
    [InlineData("CONTOSO\\anna", OfContoso)]
    [InlineData("FABRIKAM\\anna", OfFabrikam)]
    [InlineData("fabrikam\\ANNA", OfFabrikam)]
    [InlineData("anna", OfContoso)]
    [InlineData("anna@fabrikam.com", OfFabrikam)]
    [InlineData("ANYTHING\\ben", "ben@fabrikam.com")]
    [InlineData("ben", "ben@fabrikam.com")]
    public async Task A_name_without_a_domain_refers_to_the_default_domain(string name, string expected)
    {
        await using var service = await TestService.StartAsync(Settings("user@contoso.com"));

        using var response = await PostAsync(service, Basic(name, Password + expected));

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        foreach (var address in new[] { OfContoso, OfFabrikam, "ben@fabrikam.com" })
            (await service.MailboxAsync(address) is not null).Should().Be(address == expected, address);
    }

    [Theory]
    [InlineData("user@contoso.com", "OTHER\\anna")]
    [InlineData("user@contoso.com", "CONTO\\anna")]
    [InlineData("user@other.com", "anna")]
    [InlineData("user@contoso.com", "FABRIKAM\\nobody")]
    public async Task An_ambiguous_or_unknown_name_gets_401(string defaultMailbox, string name)
    {
        await using var service = await TestService.StartAsync(Settings(defaultMailbox));

        foreach (var address in new[] { OfContoso, OfFabrikam })
        {
            using var response = await PostAsync(service, Basic(name, Password + address));
            response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
            (await service.MailboxAsync(address)).Should().BeNull();
        }
    }

    [Theory]
    [InlineData("CONTOSO\\anna")]
    [InlineData("anna")]
    public async Task A_short_name_shared_by_an_address_and_a_principal_name_is_ambiguous(string name)
    {
        var settings = Settings("user@contoso.com");
        Account[] accounts = [People.Account(OfContoso), People.Account("a.smith@contoso.com", "anna@corp.contoso.com")];
        var directory = new AccountDirectory(accounts, autoCreate: true, new ImpersonationRights([]));
        await using var service = await TestService.StartAsync(settings with { Accounts = directory });

        (await PostAsync(service, Basic(name, Password + OfContoso))).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        (await PostAsync(service, Basic(OfContoso, Password + OfContoso))).StatusCode.Should()
            .Be(HttpStatusCode.OK, "an address is unique");
    }

    [Fact]
    public async Task NTLM_distinguishes_users_of_two_domains_with_the_same_name()
    {
        await using var service = await TestService.StartAsync(Settings("user@contoso.com"));
        using var right = NtlmClient(service, "FABRIKAM\\anna", Password + OfFabrikam);
        using var wrong = NtlmClient(service, "CONTOSO\\anna", Password + OfFabrikam);

        (await right.SendAsync(Request())).StatusCode.Should().Be(HttpStatusCode.OK);
        (await wrong.SendAsync(Request())).StatusCode.Should().Be(HttpStatusCode.Unauthorized);

        (await service.MailboxAsync(OfFabrikam)).Should().NotBeNull();
        (await service.MailboxAsync(OfContoso)).Should().BeNull();
    }

    [Theory]
    [InlineData(SignInMode.Users, "CORP\\anna", true)]
    [InlineData(SignInMode.Users, "corp\\anna@contoso.com", true)]
    [InlineData(SignInMode.Users, "anna", true)]
    [InlineData(SignInMode.Users, OfContoso, true)]
    [InlineData(SignInMode.Users, "WRONGDOMAIN\\anna", false)]
    [InlineData(SignInMode.Users, "CONTOSO\\anna", false)]
    [InlineData(SignInMode.Users, "WRONGDOMAIN\\anna@contoso.com", false)]
    [InlineData(SignInMode.Users, "\\anna", false)]
    [InlineData(SignInMode.AcceptAny, "CORP\\anna", true)]
    [InlineData(SignInMode.AcceptAny, "WRONGDOMAIN\\anna", false)]
    public async Task A_name_with_a_domain_other_than_that_of_the_account_is_rejected(SignInMode mode, string name, bool isAccepted)
    {
        var settings = Settings("user@contoso.com");
        var account = People.Account(OfContoso) with { Domain = "CORP" };
        await using var service = await TestService.StartAsync(settings with
        {
            Accounts = new AccountDirectory([account], autoCreate: true, new ImpersonationRights([])),
            SignIn = settings.SignIn with { Mode = mode },
        });

        using var basic = await PostAsync(service, Basic(name, Password + OfContoso));

        basic.IsSuccessStatusCode.Should().Be(isAccepted);
        (await service.MailboxAsync(OfContoso) is not null).Should().Be(isAccepted);
    }

    [Fact]
    public async Task The_domain_of_an_account_distinguishes_accounts_with_the_same_name()
    {
        var settings = Settings("user@contoso.com");
        Account[] accounts = [People.Account(OfContoso) with { Domain = "EAST" }, People.Account(OfFabrikam) with { Domain = "WEST" }];
        await using var service = await TestService.StartAsync(
            settings with { Accounts = new AccountDirectory(accounts, autoCreate: true, new ImpersonationRights([])) });

        (await PostAsync(service, Basic("WEST\\anna", Password + OfFabrikam))).StatusCode.Should().Be(HttpStatusCode.OK);
        (await PostAsync(service, Basic("EAST\\anna", Password + OfFabrikam))).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        (await PostAsync(service, Basic("FABRIKAM\\anna", Password + OfFabrikam))).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    /// <summary>Creates settings in which each account has its own password.</summary>
    private static ServiceSettings Settings(string defaultMailbox)
    {
        string[] addresses = [OfContoso, OfFabrikam, "ben@fabrikam.com"];
        return TestService.InMemory with
        {
            Ews = new EwsOptions { DefaultMailbox = People.Address(defaultMailbox) },
            Accounts = new AccountDirectory(
                addresses.Select(address => People.Account(address)).ToList(), autoCreate: true, new ImpersonationRights([])),
            Passwords = People.Passwords(addresses.Select(address => (address, StoredPassword.Create(Password + address))).ToArray()),
            SignIn = new SignInOptions { Mode = SignInMode.Users, Schemes = [SignInScheme.Basic, SignInScheme.Ntlm] },
        };
    }
}
