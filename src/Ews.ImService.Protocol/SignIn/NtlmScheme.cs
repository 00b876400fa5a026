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
        { Type: NtlmMessage.Authenticate } message when connection.TakeHandshake() is { } handshake
            && message.ReadCredentials() is { } credentials => Authenticate(credentials, handshake, connection),
        _ => users.RejectUnreadable(Name),
    };

    private SignInOutcome.Challenge Challenge(NtlmMessage negotiate, SignInConnection connection)
    {
        var domain = users.Domain.Split('.')[0].ToUpperInvariant();
        var handshake = negotiate.CreateChallenge(RandomNumberGenerator.GetBytes(ChallengeBytes), domain);
        connection.Start(handshake);
        return new SignInOutcome.Challenge($"{Name} {Convert.ToBase64String(handshake.ChallengeMessage)}");
    }

    private SignInOutcome Authenticate(NtlmCredentials credentials, NtlmHandshake handshake, SignInConnection connection)
    {
        var address = users.FindAddress(credentials.Name);
        var user = users.Resolve(address, credentials.Name);
        if (users.Mode == SignInMode.Users && !passwords.Verify(address, credentials, handshake))
            return new SignInOutcome.Rejected(Name, user);
        connection.Complete(user);
        return SignInUsers.Accept(user);
    }
}
