using System.Buffers.Binary;
using System.Text;

namespace Ews.ImService.Protocol.SignIn;

/// <summary>A message of the NTLM handshake.</summary>
/// <remarks>[MS-NLMP] 2.2.1.</remarks>
internal sealed class NtlmMessage
{
    /// <summary>The type of the first message, NEGOTIATE_MESSAGE.</summary>
    public const int Negotiate = 1;

    /// <summary>The type of the last message, AUTHENTICATE_MESSAGE.</summary>
    public const int Authenticate = 3;

    private const int Challenge = 2;

    private const int MaxBytes = 16 * 1024;
    private const int TypeOffset = 8;

    private const uint Unicode = 0x00000001;
    private const uint RequestTarget = 0x00000004;
    private const uint Ntlm = 0x00000200;
    private const uint Sign = 0x00000010;
    private const uint Seal = 0x00000020;
    private const uint AlwaysSign = 0x00008000;
    private const uint TargetTypeDomain = 0x00010000;
    private const uint ExtendedSessionSecurity = 0x00080000;
    private const uint TargetInfo = 0x00800000;
    private const uint Version = 0x02000000;
    private const uint Key128 = 0x20000000;
    private const uint KeyExchange = 0x40000000;
    private const uint Key56 = 0x80000000;

    private const uint Always = Unicode | RequestTarget | Ntlm | TargetTypeDomain | ExtendedSessionSecurity | TargetInfo;

    /// <summary>Flags that are granted on request: they concern the session after the sign-in, which HTTP does not use.</summary>
    private const uint OnRequest = Sign | Seal | AlwaysSign | Version | Key128 | KeyExchange | Key56;

    private const ushort EndOfList = 0;
    private const ushort NbComputerName = 1;
    private const ushort NbDomainName = 2;
    private const ushort DnsComputerName = 3;
    private const ushort DnsDomainName = 4;
    private const ushort Flags = 6;

    private const uint IntegrityFlag = 0x00000002;
    private const int IntegrityOffset = 72;

    /// <summary>The offset of the attributes in an NTLMv2 response: after the proof and the fixed fields.</summary>
    private const int AttributesOffset = 44;

    private readonly byte[] _bytes;

    private NtlmMessage(int type, byte[] bytes) => (Type, _bytes) = (type, bytes);

    /// <summary>Gets the type.</summary>
    public int Type { get; }

    private static ReadOnlySpan<byte> Signature => "NTLMSSP\0"u8;

    /// <summary>Reads a message of a client.</summary>
    /// <param name="parameter">The message in Base64.</param>
    /// <returns>The message, or <c>null</c> if the text is not a message that clients send.</returns>
    public static NtlmMessage? Read(string parameter)
    {
        var bytes = new byte[Math.Min(parameter.Length, MaxBytes)];
        if (parameter.Length > MaxBytes || !Convert.TryFromBase64String(parameter, bytes, out var length)
            || length < TypeOffset + 4 || !bytes.AsSpan().StartsWith(Signature))
        {
            return null;
        }

        var type = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(TypeOffset));
        return type is Negotiate or Authenticate ? new NtlmMessage((int)type, bytes[..length]) : null;
    }

    /// <summary>
    /// Creates the CHALLENGE_MESSAGE that follows this NEGOTIATE_MESSAGE. It has no timestamp, so that clients need not prove the integrity
    /// of the handshake.
    /// </summary>
    /// <param name="challenge">Eight random bytes.</param>
    /// <param name="domain">The NetBIOS name of the domain.</param>
    /// <returns>The handshake with both messages.</returns>
    public NtlmHandshake CreateChallenge(byte[] challenge, string domain)
    {
        var requested = _bytes.Length >= 16 ? BinaryPrimitives.ReadUInt32LittleEndian(_bytes.AsSpan(12)) : 0;
        const int header = 56;
        var name = Encoding.Unicode.GetBytes(domain);
        byte[] info =
        [
            .. Pair(NbDomainName, domain),
            .. Pair(NbComputerName, Environment.MachineName.ToUpperInvariant()),
            .. Pair(DnsDomainName, domain.ToLowerInvariant() + ".local"),
            .. Pair(DnsComputerName, Environment.MachineName.ToLowerInvariant()),
            .. Pair(EndOfList, string.Empty),
        ];
        var message = new byte[header + name.Length + info.Length];
        Signature.CopyTo(message);
        BinaryPrimitives.WriteUInt32LittleEndian(message.AsSpan(TypeOffset), Challenge);
        WriteField(message, 12, name.Length, header);
        BinaryPrimitives.WriteUInt32LittleEndian(message.AsSpan(20), Always | (requested & OnRequest));
        challenge.CopyTo(message.AsSpan(24));
        WriteField(message, 40, info.Length, header + name.Length);
        (message[48], message[55]) = (10, 15); // Windows 10, revision 15 of NTLM.
        name.CopyTo(message.AsSpan(header));
        info.CopyTo(message.AsSpan(header + name.Length));
        return new NtlmHandshake(challenge, _bytes, message);
    }

    /// <summary>Reads the credentials of this AUTHENTICATE_MESSAGE.</summary>
    /// <returns>
    /// The credentials, or <c>null</c> if a field is outside of the message, the user name is empty, or an announced integrity code is
    /// missing.
    /// </returns>
    public NtlmCredentials? ReadCredentials()
    {
        const int minHeader = 64;
        if (_bytes.Length < minHeader)
            return null;
        var flags = BinaryPrimitives.ReadUInt32LittleEndian(_bytes.AsSpan(60));
        var encoding = (flags & Unicode) != 0 ? Encoding.Unicode : Encoding.Latin1;
        if (ReadField(20) is not { } response || ReadField(28) is not { } domain || ReadField(36) is not { Length: > 0 } user)
            return null;
        var credentials = new NtlmCredentials(encoding.GetString(domain), encoding.GetString(user), response);
        if (!AnnouncesIntegrity(response))
            return credentials;
        return ReadIntegrity(flags) is { } integrity ? credentials with { Integrity = integrity } : null;
    }

    /// <summary>Searches the attributes in an NTLMv2 response for the flag that announces an integrity code.</summary>
    /// <remarks>[MS-NLMP] 2.2.2.1, 2.2.2.7.</remarks>
    private static bool AnnouncesIntegrity(ReadOnlySpan<byte> response)
    {
        const int header = 4;
        for (var rest = response.Length > AttributesOffset ? response[AttributesOffset..] : []; rest.Length >= header;)
        {
            var id = BinaryPrimitives.ReadUInt16LittleEndian(rest);
            var length = BinaryPrimitives.ReadUInt16LittleEndian(rest[2..]);
            if (id == EndOfList || rest.Length < header + length)
                return false;
            if (id == Flags && length == sizeof(uint))
                return (BinaryPrimitives.ReadUInt32LittleEndian(rest[header..]) & IntegrityFlag) != 0;
            rest = rest[(header + length)..];
        }

        return false;
    }

    private NtlmIntegrity? ReadIntegrity(uint flags)
    {
        if (_bytes.Length < IntegrityOffset + NtlmIntegrity.CodeBytes || ReadField(52) is not { } sessionKey)
            return null;
        var code = _bytes.AsSpan(IntegrityOffset, NtlmIntegrity.CodeBytes);
        byte[] message = [.. _bytes.AsSpan(0, IntegrityOffset), .. new byte[code.Length], .. _bytes.AsSpan(IntegrityOffset + code.Length)];
        return new NtlmIntegrity(code.ToArray(), (flags & KeyExchange) != 0 ? sessionKey : [], message);
    }

    private static byte[] Pair(ushort id, string value)
    {
        var text = Encoding.Unicode.GetBytes(value);
        var pair = new byte[4 + text.Length];
        BinaryPrimitives.WriteUInt16LittleEndian(pair, id);
        BinaryPrimitives.WriteUInt16LittleEndian(pair.AsSpan(2), (ushort)text.Length);
        text.CopyTo(pair.AsSpan(4));
        return pair;
    }

    private static void WriteField(byte[] message, int at, int length, int offset)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(message.AsSpan(at), (ushort)length);
        BinaryPrimitives.WriteUInt16LittleEndian(message.AsSpan(at + 2), (ushort)length);
        BinaryPrimitives.WriteUInt32LittleEndian(message.AsSpan(at + 4), (uint)offset);
    }

    private byte[]? ReadField(int at)
    {
        var length = BinaryPrimitives.ReadUInt16LittleEndian(_bytes.AsSpan(at));
        var offset = BinaryPrimitives.ReadUInt32LittleEndian(_bytes.AsSpan(at + 4));
        return offset + (long)length <= _bytes.Length ? _bytes[(int)offset..((int)offset + length)] : null;
    }
}
