using System.Net;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.SignIn;
using Ews.ImService.Settings;
using static Ews.ImService.Tests.SignIn.Credentials;

namespace Ews.ImService.Tests.SignIn;

/// <summary>Impersonation by authenticated users.</summary>
public sealed class ImpersonationTests
{
    private const string Password = "Password-1";
    private const string Anna = "anna@contoso.com";
    private const string Ben = "ben@contoso.com";
    private const string Room = "room@contoso.com";

    private static readonly Account[] Accounts =
        [People.Account(Anna, null, null, "a.smith@contoso.com"), People.Account(Ben), People.Account(Room)];

    [Theory]
    [InlineData(Anna, Room, true)]
    [InlineData(Ben, Room, true)]
    [InlineData(Room, Room, true)]
    [InlineData(Anna, Ben, false)]
    [InlineData(Ben, Anna, false)]
    [InlineData(Room, Anna, false)]
    public async Task A_grant_to_all_callers_for_one_mailbox_applies_only_to_that_mailbox(string caller, string other, bool isAllowed)
    {
        await using var service = await TestService.StartAsync(Users(People.Grant("*", Room)));

        await ImpersonateAsync(service, caller, other, isAllowed ? null : "ErrorImpersonateUserDenied");
    }

    [Theory]
    [InlineData("a.smith@contoso.com", "a.smith@contoso.com")]
    [InlineData("a.smith@contoso.com", Anna)]
    [InlineData(Anna, "A.Smith@contoso.com")]
    public async Task A_grant_and_a_caller_match_by_any_address_of_the_account(string granted, string caller)
    {
        await using var service = await TestService.StartAsync(Users(People.Grant(granted, Ben)));

        await ImpersonateAsync(service, caller, Ben, null);
        await ImpersonateAsync(service, caller, Room, "ErrorImpersonateUserDenied");
        await ImpersonateAsync(service, Room, Ben, "ErrorImpersonateUserDenied");
    }

    [Theory]
    [InlineData(false, "ErrorImpersonateUserDenied")]
    [InlineData(true, "ErrorImpersonationDenied")]
    public async Task Without_grants_signed_in_users_may_impersonate_only_their_own_account(bool distinguish, string code)
    {
        await using var service = await TestService.StartAsync(Users() with
        {
            Accounts = new AccountDirectory(Accounts, autoCreate: false, new ImpersonationRights([], distinguish)),
        });

        await ImpersonateAsync(service, Anna, Ben, code);
        await ImpersonateAsync(service, Anna, Anna, null);
        await ImpersonateAsync(service, Anna, "a.smith@contoso.com", null, Anna, "Crew");
    }

    [Theory]
    [InlineData(SignInMode.AcceptAny)]
    [InlineData(SignInMode.Anonymous)]
    public async Task Without_grants_any_caller_may_impersonate_any_user_when_passwords_are_not_checked(SignInMode mode)
    {
        await using var service = await TestService.StartAsync(Users() with { SignIn = new SignInOptions { Mode = mode } });

        await ImpersonateAsync(service, Anna, Ben, null);
    }

    [Fact]
    public async Task A_grant_does_not_apply_in_the_other_direction()
    {
        await using var service = await TestService.StartAsync(Users(People.Grant(Ben, Anna)));

        await ImpersonateAsync(service, Ben, Anna, null);
        await ImpersonateAsync(service, Anna, Ben, "ErrorImpersonateUserDenied");
    }

    private static ServiceSettings Users(params ImpersonationGrant[] grants) => TestService.InMemory with
    {
        Accounts = new AccountDirectory(Accounts, autoCreate: false, new ImpersonationRights(grants)),
        Passwords = new Passwords(Accounts.ToDictionary(account => account.SmtpAddress, _ => StoredPassword.Create(Password))),
        SignIn = new SignInOptions { Mode = SignInMode.Users },
    };

    /// <summary>Adds a group to another mailbox, which succeeds, or is denied and changes nothing.</summary>
    private static async Task ImpersonateAsync(
        TestService service, string caller, string other, string? denial, string? mailbox = null, string groupName = "Team")
    {
        var before = (await service.MailboxAsync(mailbox ?? other))?.LimitedGroups ?? 0;
        var request = EwsRequest.AddImGroup(groupName, EwsRequest.Impersonating("SmtpAddress", other));
        using var posted = await PostAsync(service.Client, Basic(caller, Password), body: request);
        var response = await ReadAsync(posted);

        if (denial is null)
            response.Should().Succeed();
        else
            response.Value("ResponseCode").Should().Be(denial);
        posted.StatusCode.Should().Be(denial is null ? HttpStatusCode.OK : HttpStatusCode.InternalServerError);
        ((await service.MailboxAsync(mailbox ?? other))?.LimitedGroups ?? 0).Should().Be(before + (denial is null ? 1 : 0));
    }
}
