using System.Security.Cryptography;
using Ews.ImService.Configuration;
using Ews.ImService.Protocol.SignIn;

namespace Ews.ImService.Settings;

/// <summary>Settings of authentication.</summary>
internal static class SignInSettings
{
    /// <summary>The settings.</summary>
    public static readonly SettingGroup Group = new("Authentication");

    /// <summary>The schemes to offer.</summary>
    public static readonly Setting<SignInScheme> Schemes = Group.Add(
        Setting.Choice("SignIn:Schemes:N", SignInScheme.Basic, "An authentication scheme to offer. Schemes are offered in this order."));

    private const string Token = "SignIn:Tokens:N";
    private const string BearerToken = "a bearer token";
    private const string Account = "the name of an account";
    private const int MinimumSecretLength = 16;

    private static readonly Setting<SignInMode> Mode = Group.Add(Setting.Choice(
        "SignIn:Mode",
        SignInMode.Anonymous,
        "The requests that must be authenticated: Anonymous (none), AcceptAny (all, with any credentials), "
        + "or Users (all, with the credentials of an account)."));

    private static readonly Setting<string> Realm = Group.Add(
        Setting.Text("SignIn:Realm", new SignInOptions().Realm, "The authentication realm, which clients show to users.", ParseRealm));

    private static readonly Setting<string> TokenText = Group.Add(
        new Setting<string>(Token + ":Token", "", "A bearer token.", text => NotEmpty(text, BearerToken))
        {
            ValueName = "token",
            IsSecret = true,
            Requirement = BearerToken,
        });

    private static readonly Setting<string> TokenUser = Group.Add(
        new Setting<string>(Token + ":User", "", "The account that the bearer token authenticates.", text => NotEmpty(text, Account))
        {
            ValueName = "name",
            Requirement = Account,
        });

    private static readonly Setting<string?> JwtKey = Group.Add(Setting.Secret<string>(
        "SignIn:Jwt:Key", "The key that verifies JWTs: a secret (HS256), or an RSA public key in PEM format (RS256).", ParseKey, "key"));

    private static readonly Setting<string?> JwtIssuer = Group.Add(
        Setting.OptionalText("SignIn:Jwt:Issuer", "The issuer that a JWT must name.") with { DefaultText = "any" });

    private static readonly Setting<string?> JwtAudience = Group.Add(
        Setting.OptionalText("SignIn:Jwt:Audience", "The audience that a JWT must name.") with { DefaultText = "any" });

    /// <summary>Reads the settings.</summary>
    public static SignInOptions Read(SettingValues values)
    {
        var schemes = values.GetList(Schemes).Distinct().ToList();
        var tokens = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var token in values.Items(Token))
            tokens[token.Get(TokenText)] = token.Get(TokenUser);
        return new SignInOptions
        {
            Mode = values.Get(Mode),
            Schemes = schemes.Count > 0 ? schemes : new SignInOptions().Schemes,
            Realm = values.Get(Realm),
            Tokens = tokens,
            Jwt = values.Get(JwtKey) is { } key ? new JwtOptions(key, values.Get(JwtIssuer), values.Get(JwtAudience)) : null,
        };
    }

    private static Parsed<string> NotEmpty(string text, string rule) => text.Length > 0 ? text : new Violation(rule);

    private static Parsed<string> ParseRealm(string text) =>
        text.Any(c => c is < ' ' or > '~' or '"' or '\\') ? new Violation("printable ASCII without quotes and backslashes") : text;

    private static Parsed<string?> ParseKey(string text) =>
        (text.Contains("-----BEGIN ", StringComparison.Ordinal) ? IsPublicKey(text) : text.Length >= MinimumSecretLength)
            ? text
            : new Violation($"a secret of at least {MinimumSecretLength} characters, or an RSA public key in PEM format");

    private static bool IsPublicKey(string pem)
    {
        try
        {
            using var key = RSA.Create();
            key.ImportFromPem(pem);
            return true;
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            return false; // .NET has no other way to check a key.
        }
    }
}
