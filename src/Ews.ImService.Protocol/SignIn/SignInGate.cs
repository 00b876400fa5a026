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

    private readonly Jwt? _jwt = options.Jwt is null ? null : new Jwt(options.Jwt, clock);

    /// <summary>The mail domain of user names that have none: the default mailbox's.</summary>
    private string Domain => ews.DefaultMailbox[(ews.DefaultMailbox.IndexOf('@', StringComparison.Ordinal) + 1)..];

    /// <summary>Whether the caller may go on, and as whom.</summary>
    /// <param name="context">The request; where it may not go on, its answer is prepared: 401 and what is offered.</param>
    /// <param name="user">The primary address, or the name as typed where nobody has it; null for the default mailbox.</param>
    public bool Admit(HttpContext context, out string? user)
    {
        var connection = context.Features.Get<IConnectionItemsFeature>()?.Items ?? context.Items;
        user = null;
        var isSignedIn = context.Request.Headers.Authorization is [{ } header]
            ? Check(header, connection, out user, out var challenge)
            : Unasked(connection, out user, out challenge);
        if (!isSignedIn)
            Refuse(context, challenge);
        return isSignedIn;
    }

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
        if (!Enum.TryParse<SignInScheme>(blank < 0 ? header : header[..blank], ignoreCase: true, out var scheme)
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

    private bool CheckBasic(string parameter, out string? user)
    {
        user = null;
        if (BasicCredentials.Read(parameter) is not { } credentials)
            return options.Mode == SignInMode.Anonymous;
        var address = accounts.FindBySignInName(credentials.UserName, Domain);
        user = Named(address, credentials.UserName);
        return options.Mode != SignInMode.Users || passwords.IsRight(address, credentials.Password);
    }

    private bool CheckBearer(string token, out string? user)
    {
        var name = options.Tokens.GetValueOrDefault(token) ?? _jwt?.UserOf(token);
        var address = name is null ? null : accounts.FindBySignInName(name, Domain);
        user = Named(address, name);
        if (options.Mode == SignInMode.Users)
            return address is not null;
        if (name is not null)
            return true;

        // No token that is known: where any is good, it is a name itself.
        user = Named(accounts.FindBySignInName(token, Domain), token);
        return options.Mode == SignInMode.Anonymous || token.Length > 0;
    }

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
                var address = accounts.FindBySignInName(credentials.Name, Domain);
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
    private string? Named(string? address, string? name) => address ?? (options.Mode == SignInMode.Anonymous ? null : name);

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
