namespace Ews.ImService.Protocol.SignIn;

/// <summary>The sign-in state of a connection: NTLM authenticates connections, not requests.</summary>
/// <param name="items">The items of the connection.</param>
internal sealed class SignInConnection(IDictionary<object, object?> items)
{
    private const string UserKey = "ews-ntlm-user";
    private const string ChallengeKey = "ews-ntlm-challenge";

    /// <summary>Gets the user of the connection, or <c>null</c> if it is not authenticated.</summary>
    public string? User => items.TryGetValue(UserKey, out var user) ? (string?)user : null;

    /// <summary>Starts a handshake, which signs out the current user.</summary>
    /// <param name="challenge">The challenge that was sent.</param>
    public void Start(byte[] challenge)
    {
        items.Remove(UserKey);
        items[ChallengeKey] = challenge;
    }

    /// <summary>Returns and removes the challenge, which is valid for one response; returns <c>null</c> outside of a handshake.</summary>
    public byte[]? TakeChallenge() => items.Remove(ChallengeKey, out var challenge) ? (byte[])challenge! : null;

    /// <summary>Completes a handshake.</summary>
    /// <param name="user">The user, or <c>null</c> for the default mailbox.</param>
    public void Complete(string? user) => items[UserKey] = user;
}
