using Ews.ImService.Mailbox;

namespace Ews.ImService.Protocol.SignIn;

/// <summary>Bearer tokens: configured tokens, signed tokens (JWT) and, if any credentials are accepted, names.</summary>
/// <remarks>RFC 6750.</remarks>
internal sealed class BearerScheme(SignInOptions options, SignInUsers users, TimeProvider clock) : ISignInScheme
{
    private const int MaxNameLength = 32;

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

    /// <summary>Returns <c>true</c> for an address and, if credentials are required, a short word. Any other token is a secret.</summary>
    private bool IsName(string token) => token.Contains('@', StringComparison.Ordinal)
        || (users.Mode == SignInMode.AcceptAny && token.Length <= MaxNameLength
            && token.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '\\'));
}
