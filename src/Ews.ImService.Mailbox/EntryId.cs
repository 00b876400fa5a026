namespace Ews.ImService.Mailbox;

/// <summary>What all formats of an item's or a folder's id have in common: its mailbox and its MAPI entry id. Learn: "ConvertId operation".</summary>
/// <remarks>
/// EntryId is the entry id in base64, HexEntryId in hexadecimal digits. StoreId is, in base64, the entry id with its length ahead and a byte
/// for the kind of object behind, and OwaId the same, escaped for URLs.
/// </remarks>
public sealed class EntryId
{
    private const byte FolderType = 1;
    private const byte ItemType = 17;

    private readonly string _mailboxGuid;
    private readonly byte[] _bytes;

    private EntryId(string mailboxGuid, byte[] bytes) => (_mailboxGuid, _bytes) = (mailboxGuid, bytes);

    /// <summary>Reads an id.</summary>
    /// <param name="format">One of t:IdFormatType.</param>
    /// <param name="id">The id.</param>
    /// <param name="mailboxGuid">The caller's mailbox, whose ids those are that do not say.</param>
    /// <returns>The entry id, or ErrorInvalidIdEmpty, ErrorInvalidIdMalformed, ErrorInvalidIdStoreObjectIdTooLong or ErrorUnsupportedTypeForConversion.</returns>
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
                return Of(mailbox, FromBase64(id));
            case "HexEntryId":
                return Of(mailbox, FromHex(id));
            case "StoreId":
                return Of(mailbox, Unwrap(FromBase64(id)));
            case "OwaId":
                return Of(mailbox, Unwrap(FromBase64(Uri.UnescapeDataString(id))));
            default:
                return EwsError.UnsupportedTypeForConversion;
        }
    }

    /// <summary>The id in a format of t:IdFormatType, or null for one that there is not.</summary>
    public string? Format(string format) => format switch
    {
        "EwsId" => StoreId.ForEntryId(_mailboxGuid, _bytes),
        "EntryId" => Convert.ToBase64String(_bytes),
        "HexEntryId" => Convert.ToHexString(_bytes),
        "StoreId" => Convert.ToBase64String(Wrapped()),
        "OwaId" => Uri.EscapeDataString(Convert.ToBase64String(Wrapped())),
        _ => null,
    };

    private static EwsResult<EntryId> ReadEwsId(string id)
    {
        var read = StoreId.Read(id);
        if (!read.Succeeded)
            return read.Error;
        return read.Value.Kind == StoreObjectKind.Persona ? EwsError.UnsupportedTypeForConversion : new EntryId(read.Value.MailboxGuid, read.Value.EntryId);
    }

    private static EwsResult<EntryId> Of(string mailboxGuid, byte[]? bytes) =>
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
