namespace Ews.ImService.Protocol.SignIn;

/// <summary>Who has to sign in.</summary>
public enum SignInMode
{
    /// <summary>Nobody; credentials that are sent all the same are read for their name and accepted.</summary>
    Anonymous,

    /// <summary>Everybody, with any credentials: whoever they name is calling.</summary>
    AcceptAny,

    /// <summary>Everybody, with the credentials of a declared account.</summary>
    Users,
}

/// <summary>A way to sign in.</summary>
public enum SignInScheme
{
    /// <summary>RFC 7617.</summary>
    Basic,

    /// <summary>[MS-NLMP] over HTTP, per connection; NTLMv2.</summary>
    Ntlm,

    /// <summary>RFC 6750.</summary>
    Bearer,
}

/// <summary>How callers sign in.</summary>
public sealed record SignInOptions
{
    /// <summary>Who has to.</summary>
    public SignInMode Mode { get; init; }

    /// <summary>What is offered, in this order.</summary>
    public IReadOnlyList<SignInScheme> Schemes { get; init; } = [SignInScheme.Basic];

    /// <summary>What people are told that they sign in to.</summary>
    public string Realm { get; init; } = "Ews.ImService";

    /// <summary>Tokens that stand for users, by token.</summary>
    public IReadOnlyDictionary<string, string> Tokens { get; init; } = new Dictionary<string, string>();

    /// <summary>How signed tokens are checked; null where none are accepted.</summary>
    public JwtOptions? Jwt { get; init; }
}

/// <summary>How signed tokens (JWT) are checked.</summary>
/// <param name="Key">The key: a secret for HS256, or a public key in PEM for RS256.</param>
/// <param name="Issuer">The issuer that a token has to name; null for any.</param>
/// <param name="Audience">The audience that a token has to name; null for any.</param>
public sealed record JwtOptions(string Key, string? Issuer, string? Audience);
