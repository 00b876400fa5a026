namespace Ews.ImService.Protocol.SignIn;

/// <summary>A handshake in which the server has sent its challenge.</summary>
/// <param name="Challenge">The challenge, eight random bytes.</param>
/// <param name="NegotiateMessage">The NEGOTIATE_MESSAGE of the client.</param>
/// <param name="ChallengeMessage">The CHALLENGE_MESSAGE of the server.</param>
internal sealed record NtlmHandshake(byte[] Challenge, byte[] NegotiateMessage, byte[] ChallengeMessage);
