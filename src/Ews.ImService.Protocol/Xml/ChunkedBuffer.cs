using System.Buffers;
using Ews.ImService.Protocol.Interception;

namespace Ews.ImService.Protocol.Xml;

/// <summary>Collects the bytes of a message: those that are written, and encoded parts that are inserted without being copied.</summary>
/// <remarks>It grows by further chunks, none of which is large enough for the large object heap.</remarks>
internal sealed class ChunkedBuffer : IBufferWriter<byte>
{
    private const int FirstChunkBytes = 2048;
    private const int MaxChunkBytes = 32 * 1024;

    private byte[] _chunk = [];
    private int _start;
    private int _end;
    private Segment? _first;
    private Segment? _last;

    /// <summary>Gets the number of bytes.</summary>
    public long Length => (_last is null ? 0 : _last.RunningIndex + _last.Memory.Length) + _end - _start;

    /// <inheritdoc/>
    public void Advance(int count) => _end += count;

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        EnsureFree(sizeHint);
        return _chunk.AsMemory(_end);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        EnsureFree(sizeHint);
        return _chunk.AsSpan(_end);
    }

    /// <summary>Inserts encoded bytes, which must not change afterwards.</summary>
    public void Insert(ReadOnlyMemory<byte> part)
    {
        EndSegment();
        Append(part);
    }

    /// <summary>Returns the body of a response. The buffer must not be used afterwards.</summary>
    public ResponseBody ToBody()
    {
        if (_first is null)
            return new ResponseBody(_chunk.AsMemory(_start, _end - _start));
        EndSegment();
        return new ResponseBody(new ReadOnlySequence<byte>(_first, 0, _last!, _last!.Memory.Length));
    }

    /// <summary>Removes all bytes, and returns them as an array of their length.</summary>
    public byte[] TakeArray()
    {
        var bytes = ToBody().Bytes.ToArray();
        (_start, _end, _first, _last) = (0, 0, null, null);
        return bytes;
    }

    private void EnsureFree(int sizeHint)
    {
        if (_chunk.Length - _end < Math.Max(sizeHint, 1))
            Grow(sizeHint);
    }

    private void Grow(int sizeHint)
    {
        EndSegment();
        _chunk = new byte[Math.Max(sizeHint, Math.Clamp(2 * _chunk.Length, FirstChunkBytes, MaxChunkBytes))];
        (_start, _end) = (0, 0);
    }

    private void EndSegment()
    {
        if (_end > _start)
            Append(_chunk.AsMemory(_start, _end - _start));
        _start = _end;
    }

    private void Append(ReadOnlyMemory<byte> memory)
    {
        _last = new Segment(memory, _last);
        _first ??= _last;
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, Segment? previous)
        {
            Memory = memory;
            if (previous is null)
                return;
            RunningIndex = previous.RunningIndex + previous.Memory.Length;
            previous.Next = this;
        }
    }
}
