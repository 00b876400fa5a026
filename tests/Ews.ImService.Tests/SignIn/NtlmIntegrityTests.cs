using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Text;
using Ews.ImService.Protocol.SignIn;
using static Ews.ImService.Tests.SignIn.Credentials;
using static Ews.ImService.Tests.SignIn.SignInSettings;

namespace Ews.ImService.Tests.SignIn;

/// <summary>The integrity code (MIC) of NTLM handshakes.</summary>
[SuppressMessage("Security", "CA5351", Justification = "NTLM requires HMAC-MD5.")]
public sealed class NtlmIntegrityTests
{
    private const int CodeOffset = 72;
    private const int CodeBytes = 16;

    /// <summary>The changes concern bytes that the response to the challenge does not cover.</summary>
    [Theory]
    [InlineData(null, HttpStatusCode.OK)]
    [InlineData(CodeOffset, HttpStatusCode.Unauthorized)]
    [InlineData(CodeOffset - 1, HttpStatusCode.Unauthorized)]
    public async Task The_code_of_a_client_with_a_session_key_is_verified(int? changed, HttpStatusCode expected)
    {
        await using var service = await TestService.StartAsync(SignInSettings.Create(SignInMode.Users, SignInScheme.Ntlm));
        using var client = new NegotiateAuthentication(
            new NegotiateAuthenticationClientOptions { Package = "NTLM", Credential = new NetworkCredential("anna", Password, "CONTOSO") });
        var negotiate = client.GetOutgoingBlob(ReadOnlySpan<byte>.Empty, out _)!;
        using var challenge = await PostAsync(service, new("NTLM", Convert.ToBase64String(negotiate)));
        var message = client.GetOutgoingBlob(ReadChallenge(challenge), out _)!;
        message.AsSpan(CodeOffset, CodeBytes).ContainsAnyExcept((byte)0).Should().BeTrue("the client sends a code");
        if (changed is { } index)
            message[index] ^= 1;

        using var response = await PostAsync(service, new("NTLM", Convert.ToBase64String(message)));

        response.StatusCode.Should().Be(expected);
    }

    [Theory]
    [InlineData(null, HttpStatusCode.OK)]
    [InlineData(CodeOffset, HttpStatusCode.Unauthorized)]
    [InlineData(CodeOffset - 1, HttpStatusCode.Unauthorized)]
    public async Task The_code_of_a_client_without_a_session_key_is_verified(int? changed, HttpStatusCode expected)
    {
        await using var service = await TestService.StartAsync(SignInSettings.Create(SignInMode.Users, SignInScheme.Ntlm));
        using var challenge = await PostAsync(service, new("NTLM", Negotiate));
        var message = CreateMessage(ReadChallenge(challenge), CodeOffset + CodeBytes, "anna");
        AddCode(message, challenge);
        if (changed is { } index)
            message[index] ^= 1;

        using var response = await PostAsync(service, new("NTLM", Convert.ToBase64String(message)));

        response.StatusCode.Should().Be(expected);
    }

    [Fact]
    public async Task An_announced_code_must_be_present()
    {
        await using var service = await TestService.StartAsync(SignInSettings.Create(SignInMode.Users, SignInScheme.Ntlm));
        using var challenge = await PostAsync(service, new("NTLM", Negotiate));
        var message = CreateMessage(ReadChallenge(challenge), CodeOffset, "anna");

        using var response = await PostAsync(service, new("NTLM", Convert.ToBase64String(message)));

        response.StatusCode.Should().Be(HttpStatusCode.Unauthorized, "the bytes at the place of the code belong to other fields");
    }

    [Fact]
    public async Task A_code_with_a_session_key_outside_of_the_message_is_rejected()
    {
        await using var service = await TestService.StartAsync(SignInSettings.Create(SignInMode.Users, SignInScheme.Ntlm));
        using var challenge = await PostAsync(service, new("NTLM", Negotiate));
        var message = CreateMessage(ReadChallenge(challenge), CodeOffset + CodeBytes, "anna");
        BinaryPrimitives.WriteUInt32LittleEndian(message.AsSpan(56), 9999);
        AddCode(message, challenge);

        using var response = await PostAsync(service, new("NTLM", Convert.ToBase64String(message)));

        response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    /// <summary>The attributes are those of the response to the challenge, which no code accompanies.</summary>
    [Theory]
    [InlineData(new byte[] { 0, 0, 0, 0 })]
    [InlineData(new byte[] { 6, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0 })]
    [InlineData(new byte[] { 6, 0, 2, 0, 2, 0, 0, 0, 0, 0 })]
    [InlineData(new byte[] { 1, 0, 2, 0, 65, 0, 0, 0, 0, 0 })]
    [InlineData(new byte[] { 1, 0, 255, 255, 65, 0 })]
    [InlineData(new byte[] { 1, 0 })]
    public async Task Attributes_that_do_not_announce_a_code_require_none(byte[] attributes)
    {
        await using var service = await TestService.StartAsync(SignInSettings.Create(SignInMode.Users, SignInScheme.Ntlm));
        using var challenge = await PostAsync(service, new("NTLM", Negotiate));
        var message = CreateMessage(ReadChallenge(challenge), CodeOffset, "anna", attributes);

        using var response = await PostAsync(service, new("NTLM", Convert.ToBase64String(message)));

        response.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    private static byte[] ReadChallenge(HttpResponseMessage response) =>
        Convert.FromBase64String(response.Headers.WwwAuthenticate.Single().Parameter!);

    /// <summary>Creates an AUTHENTICATE_MESSAGE with an NTLMv2 response, which announces a code unless attributes are specified.</summary>
    private static byte[] CreateMessage(byte[] challengeMessage, int headerBytes, string userName, byte[]? attributes = null)
    {
        byte[] blob = [1, 1, .. new byte[26], .. attributes ?? [6, 0, 4, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]];
        byte[] proven = [.. challengeMessage[24..32], .. blob];
        byte[] response = [.. HMACMD5.HashData(ResponseKey(), proven), .. blob];

        var message = new byte[headerBytes];
        "NTLMSSP\0"u8.CopyTo(message);
        message[8] = 3;
        message[60] = 1; // Unicode.
        foreach (var (field, value) in new[] { (20, response), (36, Encoding.Unicode.GetBytes(userName)) })
        {
            BinaryPrimitives.WriteUInt16LittleEndian(message.AsSpan(field), (ushort)value.Length);
            BinaryPrimitives.WriteUInt16LittleEndian(message.AsSpan(field + 2), (ushort)value.Length);
            BinaryPrimitives.WriteUInt32LittleEndian(message.AsSpan(field + 4), (uint)message.Length);
            message = [.. message, .. value];
        }

        return message;
    }

    private static void AddCode(byte[] message, HttpResponseMessage challenge)
    {
        var sessionKey = HMACMD5.HashData(ResponseKey(), message.AsSpan(CodeOffset + CodeBytes, 16));
        byte[] messages = [.. Convert.FromBase64String(Negotiate), .. ReadChallenge(challenge), .. message];
        HMACMD5.HashData(sessionKey, messages).CopyTo(message, CodeOffset);
    }

    private static byte[] ResponseKey() => HMACMD5.HashData(NtHash.Compute(Password), Encoding.Unicode.GetBytes("ANNA"));
}
