using System.Buffers.Binary;

namespace Ews.ImService.Mailbox;

/// <summary>Change keys as Exchange writes them: an object type, and for a contact's own record a version.</summary>
/// <remarks>
/// The operations of the IM list never compare incoming change keys: group keys carry no version, and clients keep the first pair they got.
/// Learn: "EWS identifiers in Exchange".
/// </remarks>
public static class ChangeKey
{
    /// <summary>Of a folder.</summary>
    public const string Folder = "AQAAAA==";

    /// <summary>Of a contact where it is only pointed at, as in MemberCorrelationKey.</summary>
    public const string Member = "EQAAAA==";

    /// <summary>Of an IM group; the same for every state of every group.</summary>
    public const string ImGroup = "EgAAAA==";

    private const int ContactObjectType = 17;
    private const int VersionBytes = 22;

    /// <summary>Of a contact's own record, as in SourceId (40 characters); grows with the contact's version.</summary>
    /// <param name="mailboxGuid">The mailbox.</param>
    /// <param name="version">The contact's version, counted from 1.</param>
    public static string ForContact(Guid mailboxGuid, long version)
    {
        Span<byte> bytes = stackalloc byte[8 + VersionBytes + 2];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, ContactObjectType);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[4..], VersionBytes);
        mailboxGuid.TryWriteBytes(bytes[8..]);
        BinaryPrimitives.WriteInt64BigEndian(bytes[24..], version << 16);
        return Convert.ToBase64String(bytes[..30]);
    }
}
