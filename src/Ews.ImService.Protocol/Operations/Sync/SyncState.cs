using System.Buffers.Binary;
using System.Security.Cryptography;
using Ews.ImService.Mailbox;

namespace Ews.ImService.Protocol.Operations.Sync;

/// <summary>The operation that issued a synchronization state. The values are part of it.</summary>
internal enum SyncScope : byte
{
    /// <summary>The items of a folder: SyncFolderItems.</summary>
    Items = 1,

    /// <summary>The folders below a folder: SyncFolderHierarchy.</summary>
    Hierarchy = 2,
}

/// <summary>The content of a SyncState element: what a client synchronizes, and its progress.</summary>
/// <param name="Scope">The operation.</param>
/// <param name="LogId">The id of the change log.</param>
/// <param name="Folder">The number of the folder; 0 for none.</param>
/// <param name="Progress">The progress.</param>
/// <remarks>
/// Learn: "SyncState". Clients keep the text and return it unchanged. The format is that of this project: it needs no memory of the
/// service, so that it can be used any number of times, also after a restart.
/// </remarks>
internal sealed record SyncState(SyncScope Scope, long LogId, long Folder, SyncProgress Progress)
{
    private const byte Version = 1;
    private const int NumberBytes = sizeof(long);
    private const int FixedBytes = 2 + (3 * NumberBytes);
    private const int ChecksumBytes = 4;

    /// <summary>Returns the text.</summary>
    public override string ToString()
    {
        long[] page = Progress.LastOrdinal is { } ordinal ? [ordinal]
            : Progress.Page is { } range ? [range.End, range.Last]
            : [];
        var bytes = new byte[FixedBytes + (page.Length * NumberBytes) + ChecksumBytes];
        (bytes[0], bytes[1]) = (Version, (byte)Scope);
        long[] numbers = [LogId, Folder, Progress.Position, .. page];
        foreach (var (index, number) in numbers.Index())
            BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(2 + (index * NumberBytes)), number);
        Checksum(bytes.AsSpan(0, bytes.Length - ChecksumBytes)).CopyTo(bytes.AsSpan(bytes.Length - ChecksumBytes));
        return Convert.ToBase64String(bytes);
    }

    /// <summary>Reads a text that a client sent.</summary>
    /// <returns>The content, or <c>null</c> if this service did not write the text.</returns>
    public static SyncState? Read(string text)
    {
        var buffer = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, buffer, out var length))
            return null;
        var content = buffer.AsSpan(0, Math.Max(0, length - ChecksumBytes));
        var pageNumbers = (content.Length - FixedBytes) / NumberBytes;
        if (content.Length < FixedBytes
            || content.Length != FixedBytes + (pageNumbers * NumberBytes)
            || pageNumbers > 2
            || content[0] != Version
            || !Checksum(content).SequenceEqual(buffer.AsSpan(content.Length, ChecksumBytes)))
        {
            return null;
        }

        var numbers = new long[3 + pageNumbers];
        for (var i = 0; i < numbers.Length; i++)
            numbers[i] = BinaryPrimitives.ReadInt64BigEndian(content[(2 + (i * NumberBytes))..]);
        var progress = new SyncProgress(numbers[2])
        {
            LastOrdinal = pageNumbers == 1 ? numbers[3] : null,
            Page = pageNumbers == 2 ? (numbers[3], numbers[4]) : null,
        };
        return new SyncState((SyncScope)content[1], numbers[0], numbers[1], progress);
    }

    /// <summary>Recognizes texts that were truncated or altered; it does not prevent forgery.</summary>
    private static ReadOnlySpan<byte> Checksum(ReadOnlySpan<byte> content) => SHA256.HashData(content).AsSpan(0, ChecksumBytes);
}
