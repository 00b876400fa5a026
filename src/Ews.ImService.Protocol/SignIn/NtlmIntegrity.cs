using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Ews.ImService.Protocol.SignIn;

/// <summary>The integrity code (MIC) of an AUTHENTICATE_MESSAGE, which proves that no message of the handshake was changed.</summary>
/// <param name="Code">The code.</param>
/// <param name="EncryptedSessionKey">The session key that the client generated; empty if it generated none.</param>
/// <param name="AuthenticateMessage">The AUTHENTICATE_MESSAGE, in which zeros replace the code.</param>
/// <remarks>[MS-NLMP] 3.1.5.1.2, 3.2.5.1.2.</remarks>
internal sealed record NtlmIntegrity(byte[] Code, byte[] EncryptedSessionKey, byte[] AuthenticateMessage)
{
    /// <summary>The length of the code in bytes.</summary>
    public const int CodeBytes = 16;

    /// <summary>Verifies the code.</summary>
    /// <param name="sessionBaseKey">The key that client and server derive from the password and the NTLMv2 response.</param>
    /// <param name="handshake">The handshake.</param>
    /// <returns><c>true</c> if the code is correct; otherwise, <c>false</c>.</returns>
    [SuppressMessage("Security", "CA5351", Justification = "NTLM requires HMAC-MD5.")]
    public bool IsCorrect(byte[] sessionBaseKey, NtlmHandshake handshake)
    {
        var key = EncryptedSessionKey.Length == 0 ? sessionBaseKey : Rc4(sessionBaseKey, EncryptedSessionKey);
        byte[] messages = [.. handshake.NegotiateMessage, .. handshake.ChallengeMessage, .. AuthenticateMessage];
        return CryptographicOperations.FixedTimeEquals(HMACMD5.HashData(key, messages), Code);
    }

    /// <summary>Decrypts RC4, which .NET does not support.</summary>
    private static byte[] Rc4(byte[] key, byte[] encrypted)
    {
        var state = new byte[256];
        for (var i = 0; i < state.Length; i++)
            state[i] = (byte)i;
        byte next = 0;
        for (var i = 0; i < state.Length; i++)
        {
            next += (byte)(state[i] + key[i % key.Length]);
            (state[i], state[next]) = (state[next], state[i]);
        }

        var decrypted = new byte[encrypted.Length];
        byte first = 0, second = 0;
        for (var i = 0; i < encrypted.Length; i++)
        {
            first++;
            second += state[first];
            (state[first], state[second]) = (state[second], state[first]);
            decrypted[i] = (byte)(encrypted[i] ^ state[(byte)(state[first] + state[second])]);
        }

        return decrypted;
    }
}
