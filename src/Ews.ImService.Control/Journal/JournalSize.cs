using System.Buffers;
using System.Runtime.InteropServices;

namespace Ews.ImService.Control.Journal;

/// <summary>The approximate memory that the entries of a journal occupy. A large response body that several entries refer to is
/// counted once.</summary>
/// <remarks>Entries share bodies because the protocol sends the same response to GetImItemList until the mailbox changes.</remarks>
internal sealed class JournalSize
{
    /// <summary>The length in bytes from which a body is counted once. Smaller ones are counted in every entry, which is cheaper.</summary>
    private const int MinShared = 16 * 1024;

    /// <summary>The large bodies, identified by their first segment, with the number of entries that refer to them.</summary>
    private readonly Dictionary<object, int> _shared = new(ReferenceEqualityComparer.Instance);

    /// <summary>Gets the size in bytes.</summary>
    public long Bytes { get; private set; }

    /// <summary>Returns a body, or a copy of it if its buffer is more than twice as large.</summary>
    public static ReadOnlySequence<byte> Compact(ReadOnlySequence<byte> body) =>
        SequenceMarshal.TryGetArray(body, out var buffer) && buffer.Array!.Length > 2 * buffer.Count
            ? new ReadOnlySequence<byte>(buffer.ToArray())
            : body;

    /// <summary>Adds an entry.</summary>
    public void Add(RecordedRequest entry)
    {
        Bytes += entry.HeadSize + entry.RequestBody.Length;
        var body = entry.ResponseBody;
        if (body.Length < MinShared)
        {
            Bytes += body.Length;
            return;
        }

        ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(_shared, body.Start.GetObject()!, out _);
        if (++count == 1)
            Bytes += body.Length;
    }

    /// <summary>Removes an entry, which must have the bodies with which it was added.</summary>
    public void Remove(RecordedRequest entry)
    {
        Bytes -= entry.HeadSize + entry.RequestBody.Length;
        var body = entry.ResponseBody;
        if (body.Length < MinShared)
        {
            Bytes -= body.Length;
            return;
        }

        var identity = body.Start.GetObject()!;
        if (--_shared[identity] > 0)
            return;
        _shared.Remove(identity);
        Bytes -= body.Length;
    }
}
