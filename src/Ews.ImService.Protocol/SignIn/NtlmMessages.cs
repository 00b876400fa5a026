using System.Buffers.Binary;
using System.Text;

namespace Ews.ImService.Protocol.SignIn;

/// <summary>The three messages of NTLM, read with distrust. [MS-NLMP] 2.2.1.</summary>
internal static class NtlmMessages
{
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

    /// <summary>What is granted to whoever asks: it concerns the session after the sign-in, of which HTTP makes no use.</summary>
    private const uint OnRequest = Sign | Seal | AlwaysSign | Version | Key128 | KeyExchange | Key56;

    private const ushort EndOfList = 0;
    private const ushort NbComputerName = 1;
    private const ushort NbDomainName = 2;
    private const ushort DnsComputerName = 3;
    private const ushort DnsDomainName = 4;

    private static ReadOnlySpan<byte> Signature => "NTLMSSP\0"u8;

    /// <summary>Reads what follows the scheme's name.</summary>
    /// <param name="parameter">Base64.</param>
    /// <param name="message">The bytes.</param>
    /// <returns>The message's type, 1 or 3; 0 for what is no message of a client's.</returns>
    public static int Read(string parameter, out byte[] message)
    {
        message = [];
        var bytes = new byte[Math.Min(parameter.Length, MaxBytes)];
        if (parameter.Length > MaxBytes || !Convert.TryFromBase64String(parameter, bytes, out var length) || length < TypeOffset + 4 || !bytes.AsSpan().StartsWith(Signature))
            return 0;
        message = bytes[..length];
        var type = BinaryPrimitives.ReadUInt32LittleEndian(message.AsSpan(TypeOffset));
        return type is 1 or 3 ? (int)type : 0;
    }

    /// <summary>The CHALLENGE_MESSAGE, without a timestamp, so that clients need not prove the integrity of the exchange.</summary>
    /// <param name="negotiate">The NEGOTIATE_MESSAGE that it answers.</param>
    /// <param name="challenge">Eight random bytes.</param>
    /// <param name="domain">The domain's NetBIOS name.</param>
    public static string Challenge(byte[] negotiate, ReadOnlySpan<byte> challenge, string domain)
    {
        var asked = negotiate.Length >= 16 ? BinaryPrimitives.ReadUInt32LittleEndian(negotiate.AsSpan(12)) : 0;
        const int header = 56;
        var name = Encoding.Unicode.GetBytes(domain);
        byte[] info =
        [
            .. Pair(NbDomainName, domain), .. Pair(NbComputerName, Environment.MachineName.ToUpperInvariant()),
            .. Pair(DnsDomainName, domain.ToLowerInvariant() + ".local"), .. Pair(DnsComputerName, Environment.MachineName.ToLowerInvariant()), .. Pair(EndOfList, string.Empty),
        ];
        var message = new byte[header + name.Length + info.Length];
        Signature.CopyTo(message);
        BinaryPrimitives.WriteUInt32LittleEndian(message.AsSpan(TypeOffset), 2);
        WriteField(message, 12, name.Length, header);
        BinaryPrimitives.WriteUInt32LittleEndian(message.AsSpan(20), Unicode | RequestTarget | Ntlm | TargetTypeDomain | ExtendedSessionSecurity | TargetInfo | (asked & OnRequest));
        challenge.CopyTo(message.AsSpan(24));
        WriteField(message, 40, info.Length, header + name.Length);
        (message[48], message[55]) = (10, 15); // Windows 10, revision 15 of NTLM.
        name.CopyTo(message.AsSpan(header));
        info.CopyTo(message.AsSpan(header + name.Length));
        return Convert.ToBase64String(message);
    }

    /// <summary>Reads an AUTHENTICATE_MESSAGE.</summary>
    /// <returns>The credentials, or null where fields point outside of the message or name nobody.</returns>
    public static NtlmCredentials? ReadAuthenticate(byte[] message)
    {
        const int leastHeader = 64;
        if (message.Length < leastHeader)
            return null;
        var flags = BinaryPrimitives.ReadUInt32LittleEndian(message.AsSpan(60));
        var encoding = (flags & Unicode) != 0 ? Encoding.Unicode : Encoding.Latin1;
        if (Field(message, 20) is not { } response || Field(message, 28) is not { } domain || Field(message, 36) is not { Length: > 0 } user)
            return null;
        return new NtlmCredentials(encoding.GetString(domain), encoding.GetString(user), response);
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

    private static byte[]? Field(byte[] message, int at)
    {
        var length = BinaryPrimitives.ReadUInt16LittleEndian(message.AsSpan(at));
        var offset = BinaryPrimitives.ReadUInt32LittleEndian(message.AsSpan(at + 4));
        return offset + (long)length <= message.Length ? message[(int)offset..((int)offset + length)] : null;
    }
}

/// <summary>What an AUTHENTICATE_MESSAGE says of its sender.</summary>
/// <param name="Domain">The domain, as typed.</param>
/// <param name="UserName">The user, as typed.</param>
/// <param name="Response">The NtChallengeResponse.</param>
internal sealed record NtlmCredentials(string Domain, string UserName, byte[] Response)
{
    /// <summary>The name to look up.</summary>
    public string Name => Domain.Length > 0 && !UserName.Contains('@', StringComparison.Ordinal) ? $"{Domain}\\{UserName}" : UserName;
}
