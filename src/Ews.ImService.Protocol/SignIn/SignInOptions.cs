namespace Ews.ImService.Protocol.SignIn;

/// <summary>Specifies which requests must be authenticated.</summary>
public enum SignInMode
{
    /// <summary>No request must be authenticated. Credentials are optional and not verified; their user name identifies the user.</summary>
    Anonymous,

    /// <summary>Every request must have credentials. They are not verified; their user name identifies the user.</summary>
    AcceptAny,

    /// <summary>Every request must have the valid credentials of a declared account.</summary>
    Users,
}

/// <summary>Specifies an authentication scheme.</summary>
public enum SignInScheme
{
    /// <summary>User name and password.</summary>
    /// <remarks>RFC 7617.</remarks>
    Basic,

    /// <summary>NTLMv2, which authenticates a connection.</summary>
    /// <remarks>[MS-NTHT], [MS-NLMP].</remarks>
    Ntlm,

    /// <summary>A token.</summary>
    /// <remarks>RFC 6750.</remarks>
    Bearer,
}

/// <summary>The sign-in options.</summary>
public sealed record SignInOptions
{
    /// <summary>Gets the mode; the default is <see cref="SignInMode.Anonymous"/>.</summary>
    public SignInMode Mode { get; init; }

    /// <summary>Gets the schemes in the order in which they are offered; the default is Basic.</summary>
    public IReadOnlyList<SignInScheme> Schemes { get; init; } = [SignInScheme.Basic];

    /// <summary>Gets the authentication realm that clients display; the default is <c>Ews.ImService</c>.</summary>
    public string Realm { get; init; } = "Ews.ImService";

    /// <summary>Gets the user of each configured token; the default is none.</summary>
    public IReadOnlyDictionary<string, string> Tokens { get; init; } = new Dictionary<string, string>();

    /// <summary>Gets the options of signed tokens; the default is <c>null</c>, which accepts none.</summary>
    public JwtOptions? Jwt { get; init; }
}

/// <summary>The options of signed tokens (JWT).</summary>
/// <param name="Key">The key: a secret for HS256, or a public key in PEM for RS256.</param>
/// <param name="Issuer">The required issuer, or <c>null</c> for any.</param>
/// <param name="Audience">The required audience, or <c>null</c> for any.</param>
public sealed record JwtOptions(string Key, string? Issuer, string? Audience);
