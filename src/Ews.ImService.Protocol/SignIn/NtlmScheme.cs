using System.Security.Cryptography;

namespace Ews.ImService.Protocol.SignIn;

/// <summary>NTLM over HTTP, which authenticates a connection; NTLMv2 only.</summary>
/// <remarks>[MS-NTHT], [MS-NLMP].</remarks>
internal sealed class NtlmScheme(SignInUsers users, Passwords passwords) : ISignInScheme
{
    private const int ChallengeBytes = 8;

    /// <inheritdoc/>
    public SignInScheme Scheme => SignInScheme.Ntlm;

    /// <inheritdoc/>
    public string Name => "NTLM";

    /// <inheritdoc/>
    public string Offer => Name;

    /// <inheritdoc/>
    public SignInOutcome SignIn(string parameter, SignInConnection connection) => NtlmMessage.Read(parameter) switch
    {
        { Type: NtlmMessage.Negotiate } negotiate => Challenge(negotiate, connection),
        { Type: NtlmMessage.Authenticate } message when connection.TakeChallenge() is { } challenge
            && message.ReadCredentials() is { } credentials => Authenticate(credentials, challenge, connection),
        _ => users.RejectUnreadable(Name),
    };

    private SignInOutcome.Challenge Challenge(NtlmMessage negotiate, SignInConnection connection)
    {
        var challenge = RandomNumberGenerator.GetBytes(ChallengeBytes);
        connection.Start(challenge);
        var domain = users.Domain.Split('.')[0].ToUpperInvariant();
        return new SignInOutcome.Challenge($"{Name} {negotiate.CreateChallenge(challenge, domain)}");
    }

    private SignInOutcome Authenticate(NtlmCredentials credentials, byte[] challenge, SignInConnection connection)
    {
        var address = users.FindAddress(credentials.Name);
        var user = users.Resolve(address, credentials.Name);
        if (users.Mode == SignInMode.Users && !passwords.Verify(address, credentials, challenge))
            return new SignInOutcome.Rejected(Name, user);
        connection.Complete(user);
        return SignInUsers.Accept(user);
    }
}
