namespace Ews.ImService.Mailbox.Tests.Directory;

public sealed class AccountDirectoryTests
{
    private static readonly SmtpAddress Anna = SmtpAddress.Parse("anna@contoso.com");
    private static readonly SmtpAddress Proxy = SmtpAddress.Parse("a.smith@contoso.com");
    private static readonly SmtpAddress Ben = SmtpAddress.Parse("ben@contoso.com");

    [Theory]
    [InlineData("anna@corp.contoso.com", true, "anna@contoso.com")]
    [InlineData("anna@corp.contoso.com", false, "anna@contoso.com")]
    [InlineData("new@contoso.com", true, "new@contoso.com")]
    [InlineData("new@contoso.com", false, null)]
    [InlineData("new", true, null)]
    [InlineData("anna@contoso.com", true, null)]
    [InlineData("a.smith@contoso.com", true, null)]
    public void An_address_of_an_account_is_not_a_principal_name_unless_the_account_has_no_other(
        string principalName, bool autoCreate, string? expected)
    {
        var directory = Create(autoCreate, []);

        var found = directory.FindByPrincipalName(principalName);

        found.Match(address => address.Value, error => error.Code).Should().Be(expected ?? "ErrorInvalidUserPrincipalName");
    }

    [Fact]
    public void A_grant_without_mailboxes_applies_to_all_and_only_to_its_caller()
    {
        var directory = Create(autoCreate: true, [new ImpersonationGrant(Proxy, null)]);

        directory.CheckImpersonation(Anna, Ben).Should().BeNull();
        directory.CheckImpersonation(Ben, Anna).Should().Be(EwsError.ImpersonateUserDenied);
        directory.CheckImpersonation(null, Anna).Should().Be(EwsError.ImpersonateUserDenied);
    }

    private static AccountDirectory Create(bool autoCreate, IReadOnlyList<ImpersonationGrant> grants) => new(
        [new Account(Anna, "anna@corp.contoso.com", null, [Proxy])], autoCreate, new ImpersonationRights(grants));
}
