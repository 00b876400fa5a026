using Ews.ImService.Mailbox;

namespace Ews.ImService.Protocol.SignIn;

/// <summary>Bearer tokens: configured tokens, signed tokens (JWT) and, if any credentials are accepted, names.</summary>
/// <remarks>RFC 6750.</remarks>
internal sealed class BearerScheme(SignInOptions options, SignInUsers users, TimeProvider clock) : ISignInScheme
{
    private const int MaxAccountNameLength = 20;

    private readonly Jwt? _jwt = options.Jwt is null ? null : new Jwt(options.Jwt, clock);

    /// <inheritdoc/>
    public SignInScheme Scheme => SignInScheme.Bearer;

    /// <inheritdoc/>
    public string Name => "Bearer";

    /// <inheritdoc/>
    public string Offer => $"Bearer realm=\"{options.Realm}\"";

    /// <inheritdoc/>
    public SignInOutcome SignIn(string parameter, SignInConnection connection)
    {
        var name = FindName(parameter);
        var address = name is null ? (SmtpAddress?)null : users.FindAddress(name);
        var isAccepted = users.Mode switch
        {
            SignInMode.Users => address is not null,
            SignInMode.AcceptAny => parameter.Length > 0,
            _ => true,
        };
        var user = users.Resolve(address, name);
        return isAccepted ? SignInUsers.Accept(user) : new SignInOutcome.Rejected(Name, user);
    }

    /// <summary>Finds the name in a token. An untrusted token is used only if any credentials are accepted.</summary>
    private string? FindName(string token)
    {
        var name = options.Tokens.GetValueOrDefault(token) ?? _jwt?.FindUser(token);
        if (name is not null || users.Mode == SignInMode.Users)
            return name;
        return Jwt.FindUserUnchecked(token) ?? (IsName(token) ? token : null);
    }

    /// <summary>
    /// Returns <c>true</c> for an address and, if credentials are required, for an account name. Any other token is a secret.
    /// </summary>
    /// <remarks>
    /// A token contains neither <c>@</c> nor <c>\</c> (RFC 6750 2.1). One of 128 random bits (RFC 6749 10.10) has at least 22 characters; a
    /// sAMAccountName has at most 20 ([MS-ADA3] 2.222).
    /// </remarks>
    private bool IsName(string token) => token.Contains('@', StringComparison.Ordinal)
        || (users.Mode == SignInMode.AcceptAny && (token.Contains('\\', StringComparison.Ordinal)
            || (token.Length <= MaxAccountNameLength && token.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))));
}
