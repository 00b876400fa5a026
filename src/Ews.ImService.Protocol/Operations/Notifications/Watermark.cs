using System.Buffers.Binary;
using Ews.ImService.Mailbox;

namespace Ews.ImService.Protocol.Operations.Notifications;

/// <summary>The content of a Watermark element: a position in a change log.</summary>
/// <param name="LogId">The id of the change log.</param>
/// <param name="Position">The position.</param>
/// <remarks>
/// Learn: "Watermark". Clients return the text unchanged. It has the form of the watermarks in Microsoft's examples: a version, 16 bytes
/// that identify the mailbox, a number, and 1. Here, the id of the log is the first half of the 16 bytes.
/// </remarks>
internal readonly record struct Watermark(long LogId, long Position)
{
    private const int NumberOffset = 20;
    private const int Bytes = 29;

    /// <summary>Returns the text for a mailbox.</summary>
    public string ToString(Guid mailboxGuid)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        bytes.Clear();
        bytes[0] = 1;
        mailboxGuid.TryWriteBytes(bytes[4..]);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[4..], LogId);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[NumberOffset..], Position);
        bytes[^1] = 1;
        return Convert.ToBase64String(bytes);
    }

    /// <summary>Reads a text that a client sent.</summary>
    /// <returns>The content, or <c>null</c> if the text is not a watermark of the mailbox.</returns>
    public static Watermark? Read(string text, Guid mailboxGuid)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        if (!Convert.TryFromBase64String(text, bytes, out var length) || length != Bytes)
            return null;
        var watermark = new Watermark(
            BinaryPrimitives.ReadInt64LittleEndian(bytes[4..]), BinaryPrimitives.ReadInt64LittleEndian(bytes[NumberOffset..]));
        return text == watermark.ToString(mailboxGuid) ? watermark : null;
    }
}
