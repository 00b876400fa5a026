namespace Ews.ImService.Protocol.SignIn;

/// <summary>The sign-in state of a connection: NTLM authenticates connections, not requests.</summary>
/// <param name="items">The items of the connection.</param>
internal sealed class SignInConnection(IDictionary<object, object?> items)
{
    private const string UserKey = "ews-ntlm-user";
    private const string HandshakeKey = "ews-ntlm-handshake";

    /// <summary>Gets the user of the connection, or <c>null</c> if it is not authenticated.</summary>
    public string? User => items.TryGetValue(UserKey, out var user) ? (string?)user : null;

    /// <summary>Starts a handshake, which signs out the current user.</summary>
    /// <param name="handshake">The handshake, whose challenge is sent.</param>
    public void Start(NtlmHandshake handshake)
    {
        items.Remove(UserKey);
        items[HandshakeKey] = handshake;
    }

    /// <summary>Returns and removes the handshake, whose challenge is valid for one response.</summary>
    /// <returns>The handshake, or <c>null</c> if none was started.</returns>
    public NtlmHandshake? TakeHandshake() => items.Remove(HandshakeKey, out var handshake) ? (NtlmHandshake)handshake! : null;

    /// <summary>Completes a handshake.</summary>
    /// <param name="user">The user, or <c>null</c> for the default mailbox.</param>
    public void Complete(string? user) => items[UserKey] = user;
}
