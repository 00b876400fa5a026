using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Ews.ImService.Mailbox;

/// <summary>The type of object that an id identifies, as far as its bytes contain it.</summary>
public enum StoreObjectKind
{
    /// <summary>An item: a contact or an IM group.</summary>
    Item,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A persona or conversation.</summary>
    Persona,
}

/// <summary>The decoded content of an id.</summary>
/// <param name="MailboxGuid">
/// The mailbox GUID, as in the id. It can be any text, because some documented ids contain a text that is not a GUID.
/// </param>
/// <param name="Kind">The type of object.</param>
/// <param name="EntryId">The MAPI entry id, or the GUID of a persona.</param>
public sealed record StoreId(string MailboxGuid, StoreObjectKind Kind, byte[] EntryId)
{
    /// <summary>The maximum length of a decoded id, in bytes.</summary>
    /// <remarks>[MS-OXWSCDATA], elements ItemId and FolderId.</remarks>
    public const int MaxBytes = 512;

    private const byte Uncompressed = 0;
    private const byte RunLengthCompressed = 1;
    private const byte KindMailboxObject = 3;
    private const byte KindConversation = 4;
    private const int ItemEntryIdBytes = 70;
    private const int FolderEntryIdBytes = 46;
    private const int PersonaIdBytes = 16;
    private const int FolderCounterOffset = 38;
    private const int MessageOffset = 46;
    private const int CounterOffset = 62;
    private const int CounterBytes = 6;

    /// <summary>The number of attachments in an id, the length of the id of the attachment, and the id.</summary>
    private const int AttachmentBytes = 1 + 2 + 8;

    /// <summary>Returns the id of an item, which has 152 characters.</summary>
    /// <param name="mailboxGuid">The GUID of the mailbox.</param>
    /// <param name="folder">The folder that contains the item.</param>
    /// <param name="counter">The ordinal of the item, which is unique in the mailbox.</param>
    /// <remarks>[MS-OXCEXT] 2.2.6.1, [MS-OXCDATA] 2.2.4.2.</remarks>
    public static string ForItem(Guid mailboxGuid, MailboxFolder folder, long counter)
    {
        ArgumentNullException.ThrowIfNull(folder);
        Span<byte> entry = stackalloc byte[ItemEntryIdBytes];
        entry.Clear();
        WriteProvider(entry, mailboxGuid);
        entry[20] = 0x07; // message type: eitLTPrivateMessage
        mailboxGuid.TryWriteBytes(entry[22..]);
        WriteCounter(entry[FolderCounterOffset..], folder.Counter);
        mailboxGuid.TryWriteBytes(entry[46..]);
        WriteCounter(entry[CounterOffset..], counter);
        return Encode(KindMailboxObject, mailboxGuid, entry);
    }

    /// <summary>Finds the counter in the id of an item of a mailbox.</summary>
    /// <param name="id">The id, which is not necessarily valid.</param>
    /// <param name="mailboxGuid">The GUID of the mailbox.</param>
    /// <returns>The counter, or <c>null</c> if the text is not the id of an item of the mailbox.</returns>
    public static long? FindCounter(string id, Guid mailboxGuid) =>
        FindCounter(id, mailboxGuid, StoreObjectKind.Item, CounterOffset);

    /// <summary>Finds the number in the id of a folder of a mailbox.</summary>
    /// <param name="id">The id, which is not necessarily valid.</param>
    /// <param name="mailboxGuid">The GUID of the mailbox.</param>
    /// <returns>The number, or <c>null</c> if the text is not the id of a folder of the mailbox.</returns>
    public static long? FindFolderCounter(string id, Guid mailboxGuid) =>
        FindCounter(id, mailboxGuid, StoreObjectKind.Folder, FolderCounterOffset);

    /// <summary>Returns the id of an attachment: the id of its item, followed by the number of the attachment.</summary>
    /// <param name="mailboxGuid">The GUID of the mailbox.</param>
    /// <param name="folder">The folder that contains the item.</param>
    /// <param name="counter">The ordinal of the item.</param>
    /// <param name="number">The number of the attachment.</param>
    public static string ForAttachment(Guid mailboxGuid, MailboxFolder folder, long counter, long number)
    {
        var item = Convert.FromBase64String(ForItem(mailboxGuid, folder, counter));
        var bytes = new byte[item.Length + AttachmentBytes];
        item.CopyTo(bytes, 0);
        WriteAttachment(bytes.AsSpan(item.Length), number);
        return Convert.ToBase64String(bytes);
    }

    /// <summary>Finds the ordinal of the item and the number in the id of an attachment in a mailbox.</summary>
    /// <param name="id">The id, which is not necessarily valid.</param>
    /// <param name="mailboxGuid">The GUID of the mailbox.</param>
    /// <returns>The numbers, or <c>null</c> if the text is not the id of an attachment in the mailbox.</returns>
    public static (long Counter, long Number)? FindAttachment(string id, Guid mailboxGuid)
    {
        ArgumentNullException.ThrowIfNull(id);
        var bytes = new byte[id.Length];
        if (!Convert.TryFromBase64String(id, bytes, out var length) || length <= AttachmentBytes)
            return null;
        var attachment = bytes.AsSpan(length - AttachmentBytes, AttachmentBytes);
        var number = BinaryPrimitives.ReadInt64BigEndian(attachment[^8..]);
        Span<byte> expected = stackalloc byte[AttachmentBytes];
        WriteAttachment(expected, number);
        return attachment.SequenceEqual(expected)
            && FindCounter(Convert.ToBase64String(bytes.AsSpan(0, length - AttachmentBytes)), mailboxGuid) is { } counter
                ? (counter, number)
                : null;
    }

    /// <summary>Returns the id of a folder, which has 120 characters.</summary>
    /// <param name="mailboxGuid">The GUID of the mailbox.</param>
    /// <param name="counter">The number of the folder in the mailbox.</param>
    /// <remarks>[MS-OXCDATA] 2.2.4.1.</remarks>
    public static string ForFolder(Guid mailboxGuid, long counter)
    {
        Span<byte> entry = stackalloc byte[FolderEntryIdBytes];
        entry.Clear();
        WriteProvider(entry, mailboxGuid);
        entry[20] = 0x01; // folder type: eitLTPrivateFolder
        mailboxGuid.TryWriteBytes(entry[22..]);
        WriteCounter(entry[FolderCounterOffset..], counter);
        return Encode(KindMailboxObject, mailboxGuid, entry);
    }

    /// <summary>Returns the id of a persona, which has 80 characters.</summary>
    /// <param name="mailboxGuid">The GUID of the mailbox.</param>
    /// <param name="personaGuid">The GUID of the persona.</param>
    public static string ForPersona(Guid mailboxGuid, Guid personaGuid) =>
        Encode(KindConversation, mailboxGuid, personaGuid.ToByteArray());

    /// <summary>Returns the id of a conversation, which has 80 characters.</summary>
    /// <param name="mailboxGuid">The GUID of the mailbox.</param>
    /// <param name="topic">The topic, which identifies the conversation regardless of case.</param>
    /// <remarks>[MS-OXOMSG] 2.2.1.3.</remarks>
    public static string ForConversation(Guid mailboxGuid, string topic)
    {
        ArgumentNullException.ThrowIfNull(topic);
        var hash = SHA256.HashData(Encoding.Unicode.GetBytes(topic.ToUpperInvariant()));
        return Encode(KindConversation, mailboxGuid, hash.AsSpan(0, PersonaIdBytes));
    }

    /// <summary>Finds the part of the id of an item that identifies the item in its folder.</summary>
    /// <param name="id">The id, which is not necessarily valid.</param>
    /// <returns>The part, or <c>null</c> if the text is not the id of an item.</returns>
    /// <remarks>[MS-OXCDATA] 2.2.4.2.</remarks>
    public static ReadOnlyMemory<byte>? FindInstanceKey(string id)
    {
        var read = Read(id);
        return read.Succeeded && read.Value.Kind == StoreObjectKind.Item ? read.Value.EntryId.AsMemory(MessageOffset) : null;
    }

    /// <summary>Returns the id of the item or folder with an entry id.</summary>
    /// <param name="mailboxGuid">The mailbox GUID, as in ids.</param>
    /// <param name="entryId">The entry id.</param>
    public static string ForEntryId(string mailboxGuid, ReadOnlySpan<byte> entryId) => Encode(KindMailboxObject, mailboxGuid, entryId);

    /// <summary>Determines whether bytes have the length of the entry id of an item or folder.</summary>
    /// <param name="bytes">The bytes.</param>
    public static bool IsEntryId(ReadOnlySpan<byte> bytes) => bytes.Length == ItemEntryIdBytes || IsFolder(bytes);

    /// <summary>Determines whether bytes have the length of the entry id of a folder.</summary>
    /// <param name="bytes">The bytes.</param>
    public static bool IsFolder(ReadOnlySpan<byte> bytes) => bytes.Length == FolderEntryIdBytes;

    /// <summary>Reads an id.</summary>
    /// <param name="id">The Id attribute, which is not empty.</param>
    /// <returns>The content of the id, or ErrorInvalidIdStoreObjectIdTooLong or ErrorInvalidIdMalformed.</returns>
    public static EwsResult<StoreId> Read(string id)
    {
        if (id.Length / 4 * 3 - 2 > MaxBytes)
            return EwsError.InvalidIdStoreObjectIdTooLong;

        Span<byte> buffer = stackalloc byte[MaxBytes + 4];
        if (!Convert.TryFromBase64String(id, buffer, out var written))
            return EwsError.InvalidIdMalformed;
        if (written > MaxBytes)
            return EwsError.InvalidIdStoreObjectIdTooLong;

        ReadOnlySpan<byte> bytes = buffer[..written];
        if (bytes.Length > 1 && bytes[0] == RunLengthCompressed)
        {
            Span<byte> expanded = stackalloc byte[MaxBytes];
            return Expand(bytes[1..], expanded, out var length) ? ReadFields(expanded[..length]) : EwsError.InvalidIdMalformed;
        }

        return bytes.Length > 1 && bytes[0] == Uncompressed ? ReadFields(bytes[1..]) : EwsError.InvalidIdMalformed;
    }

    private static long? FindCounter(string id, Guid mailboxGuid, StoreObjectKind kind, int offset)
    {
        var read = Read(id);
        if (!read.Succeeded || read.Value.Kind != kind || !read.Value.IsOf(mailboxGuid))
            return null;
        Span<byte> eight = stackalloc byte[8];
        eight.Clear();
        read.Value.EntryId.AsSpan(offset, CounterBytes).CopyTo(eight[^CounterBytes..]);
        return BinaryPrimitives.ReadInt64BigEndian(eight);
    }

    private bool IsOf(Guid mailboxGuid) => Guid.TryParseExact(MailboxGuid, "D", out var guid) && guid == mailboxGuid;

    private static EwsResult<StoreId> ReadFields(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 3)
            return EwsError.InvalidIdMalformed;

        var kind = bytes[0];
        var guidLength = BinaryPrimitives.ReadUInt16LittleEndian(bytes[1..]);
        var afterGuid = 3 + guidLength;
        if (guidLength == 0 || bytes.Length < afterGuid + 3)
            return EwsError.InvalidIdMalformed;

        var guid = bytes[3..afterGuid];
        if (guid.ContainsAnyExceptInRange((byte)0x21, (byte)0x7E))
            return EwsError.InvalidIdMalformed;

        var storeIdLength = BinaryPrimitives.ReadUInt16LittleEndian(bytes[(afterGuid + 1)..]);
        if (bytes.Length != afterGuid + 3 + storeIdLength)
            return EwsError.InvalidIdMalformed;

        var entryId = bytes[(afterGuid + 3)..].ToArray();
        return (kind, storeIdLength) switch
        {
            (KindMailboxObject, ItemEntryIdBytes) => new StoreId(Encoding.ASCII.GetString(guid), StoreObjectKind.Item, entryId),
            (KindMailboxObject, FolderEntryIdBytes) => new StoreId(Encoding.ASCII.GetString(guid), StoreObjectKind.Folder, entryId),
            (KindConversation, PersonaIdBytes) => new StoreId(Encoding.ASCII.GetString(guid), StoreObjectKind.Persona, entryId),
            _ => EwsError.InvalidIdMalformed,
        };
    }

    /// <summary>Expands a run-length encoding, in which two equal bytes precede the number of further repetitions.</summary>
    private static bool Expand(ReadOnlySpan<byte> from, Span<byte> to, out int length)
    {
        length = 0;
        for (var i = 0; i < from.Length; i++)
        {
            var repeats = 1;
            if (i + 1 < from.Length && from[i + 1] == from[i])
            {
                if (i + 2 >= from.Length)
                    return false;
                repeats = 2 + from[i + 2];
            }

            if (length + repeats > to.Length)
                return false;
            to.Slice(length, repeats).Fill(from[i]);
            length += repeats;
            if (repeats > 1)
                i += 2;
        }

        return true;
    }

    private static string Encode(byte kind, Guid mailboxGuid, ReadOnlySpan<byte> storeId) =>
        Encode(kind, mailboxGuid.ToString("D"), storeId);

    private static string Encode(byte kind, string mailboxGuid, ReadOnlySpan<byte> storeId)
    {
        var bytes = new byte[7 + mailboxGuid.Length + storeId.Length];
        var afterGuid = 4 + mailboxGuid.Length;
        bytes[0] = Uncompressed;
        bytes[1] = kind;
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(2), (ushort)mailboxGuid.Length);
        Encoding.ASCII.GetBytes(mailboxGuid, bytes.AsSpan(4));
        bytes[afterGuid] = 0; // processing instruction: normal
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(afterGuid + 1), (ushort)storeId.Length);
        storeId.CopyTo(bytes.AsSpan(afterGuid + 3));
        return Convert.ToBase64String(bytes);
    }

    private static void WriteAttachment(Span<byte> to, long number)
    {
        to[0] = 1;
        BinaryPrimitives.WriteUInt16LittleEndian(to[1..], 8);
        BinaryPrimitives.WriteInt64BigEndian(to[3..], number);
    }

    private static void WriteProvider(Span<byte> entry, Guid mailboxGuid) => mailboxGuid.TryWriteBytes(entry[4..]);

    /// <summary>Writes a global counter: six bytes, most significant first.</summary>
    private static void WriteCounter(Span<byte> to, long counter)
    {
        Span<byte> eight = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(eight, counter);
        eight[^CounterBytes..].CopyTo(to);
    }
}
