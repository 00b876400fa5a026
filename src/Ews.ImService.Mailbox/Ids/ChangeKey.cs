using System.Buffers.Binary;

namespace Ews.ImService.Mailbox;

/// <summary>Writes change keys in the format of Exchange: a type of object and, for contacts, a version.</summary>
/// <remarks>
/// Learn: "EWS identifiers in Exchange". The operations of the IM list do not compare change keys: those of groups contain no version, and
/// clients keep the first change key that they receive.
/// </remarks>
public static class ChangeKey
{
    /// <summary>The change key of a folder in a reference, and of a well-known folder without changes.</summary>
    public const string Folder = "AQAAAA==";

    /// <summary>The change key of a contact in a reference, such as MemberCorrelationKey.</summary>
    public const string Member = "EQAAAA==";

    /// <summary>The change key of every IM group.</summary>
    public const string ImGroup = "EgAAAA==";

    private const int FolderObjectType = 1;
    private const int ContactObjectType = 17;
    private const int VersionBytes = 22;

    /// <summary>Returns the change key of a contact in ItemId and SourceId elements, which has 40 characters.</summary>
    /// <param name="mailboxGuid">The GUID of the mailbox.</param>
    /// <param name="version">The version of the contact, from 1.</param>
    public static string ForContact(Guid mailboxGuid, long version) => Create(ContactObjectType, mailboxGuid, version);

    /// <summary>Returns the change key of a folder in FolderId elements.</summary>
    /// <param name="mailboxGuid">The GUID of the mailbox.</param>
    /// <param name="version">The version of the folder; 0 for a well-known folder without changes.</param>
    public static string ForFolder(Guid mailboxGuid, long version) =>
        version == 0 ? Folder : Create(FolderObjectType, mailboxGuid, version);

    private static string Create(int objectType, Guid mailboxGuid, long version)
    {
        Span<byte> bytes = stackalloc byte[8 + VersionBytes + 2];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, objectType);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[4..], VersionBytes);
        mailboxGuid.TryWriteBytes(bytes[8..]);
        BinaryPrimitives.WriteInt64BigEndian(bytes[24..], version << 16);
        return Convert.ToBase64String(bytes[..30]);
    }
}
