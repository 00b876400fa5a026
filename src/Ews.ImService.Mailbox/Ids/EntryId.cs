namespace Ews.ImService.Mailbox;

/// <summary>The mailbox and the MAPI entry id of an item or folder, which ids in all formats contain.</summary>
/// <remarks>
/// Learn: "ConvertId operation". EntryId is the entry id in base64, and HexEntryId in hexadecimal digits. StoreId is the entry
/// id between its length and a byte for the type of object, in base64. OwaId is the StoreId escaped for URLs.
/// </remarks>
public sealed class EntryId
{
    private const byte FolderType = 1;
    private const byte ItemType = 17;

    private readonly string _mailboxGuid;
    private readonly byte[] _bytes;

    private EntryId(string mailboxGuid, byte[] bytes) => (_mailboxGuid, _bytes) = (mailboxGuid, bytes);

    /// <summary>Reads an id.</summary>
    /// <param name="format">The format of the id, a value of t:IdFormatType.</param>
    /// <param name="id">The id.</param>
    /// <param name="mailboxGuid">The GUID of the caller's mailbox, which applies to formats that do not contain a mailbox.</param>
    /// <returns>
    /// The entry id, or ErrorInvalidIdEmpty, ErrorInvalidIdMalformed, ErrorInvalidIdStoreObjectIdTooLong or
    /// ErrorUnsupportedTypeForConversion.
    /// </returns>
    public static EwsResult<EntryId> Read(string format, string id, Guid mailboxGuid)
    {
        if (id.Length == 0)
            return EwsError.InvalidIdEmpty;
        var mailbox = mailboxGuid.ToString("D");
        switch (format)
        {
            case "EwsId":
                return ReadEwsId(id);
            case "EntryId":
                return Create(mailbox, FromBase64(id));
            case "HexEntryId":
                return Create(mailbox, FromHex(id));
            case "StoreId":
                return Create(mailbox, Unwrap(FromBase64(id)));
            case "OwaId":
                return Create(mailbox, Unwrap(FromBase64(Uri.UnescapeDataString(id))));
            default:
                return EwsError.UnsupportedTypeForConversion;
        }
    }

    /// <summary>Returns the id in a format, or <c>null</c> if the format is unknown.</summary>
    /// <param name="format">A value of t:IdFormatType.</param>
    public string? Format(string format) => format switch
    {
        "EwsId" => StoreId.ForEntryId(_mailboxGuid, _bytes),
        "EntryId" => Convert.ToBase64String(_bytes),
        "HexEntryId" => Convert.ToHexString(_bytes),
        "StoreId" => Convert.ToBase64String(Wrapped()),
        "OwaId" => Uri.EscapeDataString(Convert.ToBase64String(Wrapped())),
        _ => null,
    };

    private static EwsResult<EntryId> ReadEwsId(string id) => StoreId.Read(id).Then<EntryId>(read =>
        read.Kind == StoreObjectKind.Persona
            ? EwsError.UnsupportedTypeForConversion
            : new EntryId(read.MailboxGuid, read.EntryId));

    private static EwsResult<EntryId> Create(string mailboxGuid, byte[]? bytes) =>
        bytes is not null && StoreId.IsEntryId(bytes) ? new EntryId(mailboxGuid, bytes) : EwsError.InvalidIdMalformed;

    private static byte[]? FromBase64(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : null;
    }

    private static byte[]? FromHex(string text) =>
        text.Length % 2 == 0 && text.All(char.IsAsciiHexDigit) ? Convert.FromHexString(text) : null;

    private static byte[]? Unwrap(byte[]? wrapped) =>
        wrapped is { Length: > 2 } && wrapped[0] == wrapped.Length - 2 ? wrapped[1..^1] : null;

    private byte[] Wrapped() => [(byte)_bytes.Length, .. _bytes, StoreId.IsFolder(_bytes) ? FolderType : ItemType];
}
