using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Ews.ImService.Benchmarks.Load;

/// <summary>A connection that sends one request after the other and verifies every byte of the responses.</summary>
internal sealed class LoadConnection : IDisposable
{
    private const int MaxHeadLength = 4096;
    private const int ReadsOf10InMix = 7;

    private readonly Exchange? _read;
    private readonly Exchange? _write;
    private readonly int _addedLength;
    private readonly byte[] _head = new byte[MaxHeadLength];
    private int _sequence;
    private Exchange _current = null!;
    private int _headLength;
    private int _bodyLength;
    private int _bodyOffset;
    private int _gapLength;
    private bool _isInBody;

    /// <summary>Connects to a server.</summary>
    /// <param name="port">The port on the loopback address.</param>
    /// <param name="read">The request that reads a list, or <c>null</c>.</param>
    /// <param name="write">The request that adds a group, or <c>null</c>. With both, seven of ten requests read.</param>
    /// <param name="addedLength">The length by which one added group extends the list.</param>
    /// <param name="index">The index of the connection, by which connections differ in the order of their requests.</param>
    public LoadConnection(int port, Exchange? read, Exchange? write, int addedLength, int index)
    {
        (_read, _write, _addedLength, _sequence) = (read, write?.Copy(), addedLength, index);
        Socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        Socket.Connect(IPAddress.Loopback, port);
        Socket.Blocking = false;
    }

    /// <summary>Gets the socket.</summary>
    public Socket Socket { get; }

    /// <summary>Gets the number of groups that the server acknowledged since its mailboxes were restored.</summary>
    public int AcknowledgedWrites { get; private set; }

    /// <summary>Gets the time at which the last request was sent.</summary>
    public long SentAt { get; private set; }

    public void Dispose() => Socket.Dispose();

    /// <summary>Starts to count from 0, because the mailboxes of the server were restored.</summary>
    public void Restart() => AcknowledgedWrites = 0;

    /// <summary>Sends the next request.</summary>
    /// <param name="nextName">The number of the next group name; it is increased if it was used.</param>
    public void Send(ref long nextName)
    {
        _current = IsNextRead() ? _read! : _write!;
        if (_current.RequestNameOffset >= 0)
        {
            Exchange.WriteName(_current.Request, _current.RequestNameOffset, nextName);
            if (_current.BodyNameOffset >= 0)
                Exchange.WriteName(_current.Body, _current.BodyNameOffset, nextName);
            nextName++;
        }

        _gapLength = _current == _read ? AcknowledgedWrites * _addedLength : _current.GapLength;
        (_headLength, _bodyOffset, _isInBody) = (0, 0, false);
        SentAt = Stopwatch.GetTimestamp();
        if (Socket.Send(_current.Request) != _current.Request.Length)
            throw new RunException("A request did not fit into the send buffer of its socket.");
    }

    /// <summary>Receives and verifies what has arrived.</summary>
    /// <returns><c>true</c> if the response is complete; otherwise, <c>false</c>.</returns>
    public bool Receive(byte[] buffer)
    {
        var count = Socket.Receive(buffer, SocketFlags.None, out var error);
        if (error == SocketError.WouldBlock)
            return false;
        if (error != SocketError.Success || count == 0)
            throw new RunException($"The server closed a connection: {error}.");
        var received = buffer.AsSpan(0, count);
        if (!_isInBody && !TryReadHead(ref received))
            return false;
        Verify(received);
        if (_bodyOffset < _bodyLength)
            return false;
        if (_current == _write)
            AcknowledgedWrites++;
        return true;
    }

    private bool IsNextRead()
    {
        // Multiplying by three distributes reads and writes evenly.
        _sequence++;
        return _read is not null && (_write is null || _sequence * 3 % 10 < ReadsOf10InMix);
    }

    private bool TryReadHead(ref Span<byte> received)
    {
        var before = _headLength;
        var count = Math.Min(received.Length, MaxHeadLength - before);
        received[..count].CopyTo(_head.AsSpan(before));
        _headLength += count;
        var head = _head.AsSpan(0, _headLength);
        var end = head.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return _headLength < MaxHeadLength ? false : throw new RunException("The head of a response is too long.");
        }

        if (!head.StartsWith("HTTP/1.1 200 "u8))
            throw new RunException("A request failed: " + Encoding.Latin1.GetString(head));
        _bodyLength = ReadContentLength(head[..(end + 2)]);
        var expected = _current.Body.Length + _gapLength;
        if (_bodyLength != expected)
        {
            throw new RunException(
                $"A response has {_bodyLength} bytes instead of {expected}: {Encoding.Latin1.GetString(head)}");
        }

        _isInBody = true;
        received = received[(end + 4 - before)..];
        return true;
    }

    private static int ReadContentLength(ReadOnlySpan<byte> head)
    {
        var name = "\r\nContent-Length: "u8;
        var start = head.IndexOf(name);
        if (start < 0)
            throw new RunException("A response has no Content-Length: " + Encoding.Latin1.GetString(head));
        var value = head[(start + name.Length)..];
        return int.Parse(value[..value.IndexOf((byte)'\r')], CultureInfo.InvariantCulture);
    }

    /// <summary>Compares a part of the body with the expected one: fixed bytes, gap, fixed bytes.</summary>
    private void Verify(ReadOnlySpan<byte> received)
    {
        while (received.Length > 0)
        {
            int count;
            var isEqual = true;
            var body = _current.Body.AsSpan();
            if (_bodyOffset < _current.GapOffset)
            {
                count = Math.Min(received.Length, _current.GapOffset - _bodyOffset);
                isEqual = received[..count].SequenceEqual(body.Slice(_bodyOffset, count));
            }
            else if (_bodyOffset < _current.GapOffset + _gapLength)
            {
                count = Math.Min(received.Length, _current.GapOffset + _gapLength - _bodyOffset);
            }
            else
            {
                count = Math.Min(received.Length, _bodyLength - _bodyOffset);
                isEqual = count > 0 && received[..count].SequenceEqual(body.Slice(_bodyOffset - _gapLength, count));
            }

            if (!isEqual)
                throw new RunException($"A response is wrong after byte {_bodyOffset}: {Encoding.Latin1.GetString(received)}");
            _bodyOffset += count;
            received = received[count..];
        }
    }
}
