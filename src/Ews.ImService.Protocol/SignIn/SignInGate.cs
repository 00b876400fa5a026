using System.Security.Cryptography;
using Ews.ImService.Mailbox;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Ews.ImService.Protocol.SignIn;

/// <summary>Finds out who is calling, or asks for credentials. It never says why credentials are not good.</summary>
/// <remarks>Learn: "Authentication and EWS in Exchange". NTLM signs in a connection; the others a request.</remarks>
internal sealed class SignInGate(SignInOptions options, AccountDirectory accounts, Passwords passwords, EwsOptions ews, TimeProvider clock)
{
    private const string NtlmChallengeKey = "ews-ntlm-challenge";
    private const string NtlmUserKey = "ews-ntlm-user";
    private const int ChallengeBytes = 8;
    private const int LongestLoggedName = 320; // An address.
    private const int LongestNameToken = 32;

    private readonly Jwt? _jwt = options.Jwt is null ? null : new Jwt(options.Jwt, clock);

    /// <summary>The mail domain of user names that have none: the default mailbox's.</summary>
    private string Domain => ews.DefaultMailbox.Domain;

    /// <summary>Whether the caller may go on, and as whom.</summary>
    /// <param name="context">The request; where it may not go on, its answer is prepared: 401 and what is offered.</param>
    /// <param name="user">The primary address, or the name as typed where nobody has it; null for the default mailbox.</param>
    /// <param name="refusal">For the log alone: whose credentials were no good; null where there were none yet.</param>
    public bool Admit(HttpContext context, out string? user, out string? refusal)
    {
        var connection = context.Features.Get<IConnectionItemsFeature>()?.Items ?? context.Items;
        user = null;
        var isSignedIn = context.Request.Headers.Authorization is [{ } header]
            ? Check(header, connection, out user, out var challenge)
            : Unasked(connection, out user, out challenge);
        refusal = null;
        if (!isSignedIn)
        {
            Refuse(context, challenge);
            if (challenge is null && context.Request.Headers.Authorization.Count > 0)
                refusal = Describe(context.Request.Headers.Authorization.ToString(), user);
        }

        return isSignedIn;
    }

    /// <summary>The scheme, and who was named, in one line: never a password or token, which may stand where the scheme belongs.</summary>
    private static string Describe(string header, string? user)
    {
        var scheme = AuthenticationScheme.Find(header);
        var credentials = scheme is null ? "the credentials" : $"the {scheme} credentials";
        return user is null ? $"{credentials} name nobody who can sign in" : $"{credentials} of '{OneLine(user)}' are wrong";
    }

    private static string OneLine(string name) =>
        string.Concat(name.Take(LongestLoggedName).Select(c => char.IsControl(c) || c is '\u2028' or '\u2029' ? '?' : c)) + (name.Length > LongestLoggedName ? "…" : "");

    private bool Unasked(IDictionary<object, object?> connection, out string? user, out string? challenge)
    {
        challenge = null;
        user = connection.TryGetValue(NtlmUserKey, out var known) ? (string?)known : null;
        return user is not null || options.Mode == SignInMode.Anonymous;
    }

    private bool Check(string header, IDictionary<object, object?> connection, out string? user, out string? challenge)
    {
        var blank = header.IndexOf(' ', StringComparison.Ordinal);
        var parameter = blank < 0 ? string.Empty : header[(blank + 1)..].Trim();
        challenge = null;
        user = null;
        if (SchemeOf(blank < 0 ? header : header[..blank]) is not { } scheme
            || (options.Mode != SignInMode.Anonymous && !options.Schemes.Contains(scheme)))
        {
            return options.Mode == SignInMode.Anonymous;
        }

        return scheme switch
        {
            SignInScheme.Basic => CheckBasic(parameter, out user),
            SignInScheme.Bearer => CheckBearer(parameter, out user),
            _ => CheckNtlm(parameter, connection, out user, out challenge),
        };
    }

    private static SignInScheme? SchemeOf(string name) =>
        name.Equals("Basic", StringComparison.OrdinalIgnoreCase) ? SignInScheme.Basic
        : name.Equals("NTLM", StringComparison.OrdinalIgnoreCase) ? SignInScheme.Ntlm
        : name.Equals("Bearer", StringComparison.OrdinalIgnoreCase) ? SignInScheme.Bearer
        : null;

    private SmtpAddress? Find(string name) => accounts.FindBySignInName(name, Domain, isDeclared: options.Mode == SignInMode.Users);

    private bool CheckBasic(string parameter, out string? user)
    {
        user = null;
        if (BasicCredentials.Read(parameter) is not { } credentials)
            return options.Mode == SignInMode.Anonymous;
        var address = Find(credentials.UserName);
        user = Named(address, credentials.UserName);
        return options.Mode != SignInMode.Users || passwords.IsRight(address, credentials.Password);
    }

    private bool CheckBearer(string token, out string? user)
    {
        var name = options.Tokens.GetValueOrDefault(token) ?? _jwt?.UserOf(token);
        if (name is null && options.Mode != SignInMode.Users)
            name = Jwt.UncheckedUserOf(token) ?? (IsName(token) ? token : null);

        // A token that names nobody is the default mailbox's where any is good; it is a secret, and nobody's name.
        var address = name is null ? (SmtpAddress?)null : Find(name);
        user = Named(address, name);
        return options.Mode == SignInMode.Users ? address is not null : options.Mode == SignInMode.Anonymous || token.Length > 0;
    }

    /// <summary>Whether a token is a user's name: an address, or where everybody has to say who he is, a short word.</summary>
    private bool IsName(string token) => token.Contains('@', StringComparison.Ordinal)
        || (options.Mode == SignInMode.AcceptAny && token.Length <= LongestNameToken && token.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '\\'));

    private bool CheckNtlm(string parameter, IDictionary<object, object?> connection, out string? user, out string? challenge)
    {
        challenge = null;
        user = null;
        switch (NtlmMessages.Read(parameter, out var message))
        {
            case 1:
                var random = RandomNumberGenerator.GetBytes(ChallengeBytes);
                connection.Remove(NtlmUserKey);
                connection[NtlmChallengeKey] = random;
                challenge = NtlmMessages.Challenge(message, random, Domain[..(Domain + ".").IndexOf('.', StringComparison.Ordinal)].ToUpperInvariant());
                return false;
            case 3 when connection.Remove(NtlmChallengeKey, out var sent) && NtlmMessages.ReadAuthenticate(message) is { } credentials:
                var address = Find(credentials.Name);
                user = Named(address, credentials.Name);
                if (options.Mode == SignInMode.Users && !passwords.IsProven(address, credentials, (byte[])sent!))
                    return false;
                connection[NtlmUserKey] = user;
                return true;
            default:
                return options.Mode == SignInMode.Anonymous;
        }
    }

    /// <summary>Who is not to be found keeps the name as typed, so that the answer can say so; in Anonymous mode it is the default mailbox instead.</summary>
    private string? Named(SmtpAddress? address, string? name) => address?.Value ?? (options.Mode == SignInMode.Anonymous ? null : name);

    private void Refuse(HttpContext context, string? ntlmChallenge)
    {
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        context.Response.Headers.WWWAuthenticate = ntlmChallenge is not null
            ? $"NTLM {ntlmChallenge}"
            : options.Schemes.Select(Offer).ToArray();
        context.Response.Headers[HeaderNames.CacheControl] = "private";
    }

    private string Offer(SignInScheme scheme) => scheme switch
    {
        SignInScheme.Basic => $"Basic realm=\"{options.Realm}\", charset=\"UTF-8\"",
        SignInScheme.Bearer => $"Bearer realm=\"{options.Realm}\"",
        _ => "NTLM",
    };
}
