using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.SignIn;
using Ews.ImService.Settings;
using static Ews.ImService.Tests.SignIn.Credentials;

namespace Ews.ImService.Tests.SignIn;

/// <summary>Settings with two accounts that have a password, and one that has none.</summary>
internal static class SignInSettings
{
    public const string Anna = "anna@contoso.com";
    public const string Ben = "ben@contoso.com";
    public const string Password = "Pass word:1 ä";

    public static readonly Account[] Accounts =
    [
        People.Account(Anna, "anna.smith@corp.contoso.com", null, "a.smith@contoso.com"),
        People.Account(Ben),
        People.Account("nobody@contoso.com"),
    ];

    public static ServiceSettings Create(SignInMode mode, params SignInScheme[] schemes) => TestService.InMemory with
    {
        Accounts = new AccountDirectory(Accounts, autoCreate: false, new ImpersonationRights([])),
        Passwords = People.Passwords(
            (Anna, StoredPassword.Create(Password)),
            (Ben, new StoredPassword(PasswordHash.Create(Password), null))),
        SignIn = new SignInOptions
        {
            Mode = mode,
            Schemes = schemes,
            Tokens = new Dictionary<string, string> { ["token of anna"] = Anna, ["token of nobody"] = "stranger@contoso.com" },
            Jwt = new JwtOptions(Secret, "us", "ews"),
        },
    };
}
