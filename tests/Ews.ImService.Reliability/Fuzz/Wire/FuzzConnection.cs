using System.Net;
using System.Net.Sockets;

namespace Ews.ImService.Reliability.Fuzz.Wire;

/// <summary>A connection to a service.</summary>
internal sealed class FuzzConnection : IDisposable
{
    /// <summary>The time after which a request without a response is a hang. It is far longer than any response takes.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private byte[] _buffer = new byte[64 * 1024];
    private int _length;

    /// <param name="port">The port on the loopback address.</param>
    public FuzzConnection(int port) => _socket.Connect(IPAddress.Loopback, port);

    /// <summary>Gets a value that indicates whether the server closed the connection.</summary>
    public bool IsClosed { get; private set; }

    public void Dispose() => _socket.Dispose();

    /// <summary>Sends requests without waiting, and receives their responses.</summary>
    /// <returns>The responses, which are fewer than the requests if the server closed the connection.</returns>
    /// <exception cref="OperationCanceledException">A response is missing, and the connection is open.</exception>
    public async Task<IReadOnlyList<HttpReply>> ExchangeAsync(IReadOnlyList<FuzzCase> requests)
    {
        using var timeout = new CancellationTokenSource(Timeout);
        byte[] bytes = requests.Count == 1 ? requests[0].Bytes : [.. requests.SelectMany(request => request.Bytes)];
        var sending = SendAsync(bytes, 0, timeout.Token);
        var replies = new List<HttpReply>();
        while (replies.Count < requests.Count && await ReceiveAsync(requests[replies.Count].IsHead, timeout.Token) is { } reply)
        {
            replies.Add(reply);
            IsClosed |= reply.ClosesConnection;
            if (reply.ClosesConnection)
                break;
        }

        if (replies.Count == requests.Count && !IsClosed)
            await sending;
        return replies;
    }

    /// <summary>
    /// Sends bytes, ends this side of the connection when no further response arrives, and receives until the server ends its side.
    /// </summary>
    /// <remarks>The service discards requests of a connection whose client has ended its side, so this is not done at once.</remarks>
    /// <exception cref="OperationCanceledException">The server does not end the connection.</exception>
    public async Task<IReadOnlyList<HttpReply>> SendAllAsync(FuzzCase sent)
    {
        using var timeout = new CancellationTokenSource(Timeout);
        await SendAsync(sent.Bytes, sent.PauseAt, timeout.Token);
        var replies = new List<HttpReply>();
        while (!IsClosed && await ReceiveSoonAsync() is { } reply)
            replies.Add(reply);
        if (!IsClosed && _socket.Connected)
            _socket.Shutdown(SocketShutdown.Send);
        while (!IsClosed && await ReceiveAsync(isHead: false, timeout.Token) is { } reply)
            replies.Add(reply);
        return replies;
    }

    /// <summary>Receives a response, unless there is none after a moment.</summary>
    private async Task<HttpReply?> ReceiveSoonAsync()
    {
        using var moment = new CancellationTokenSource(Moment);
        try
        {
            return await ReceiveAsync(isHead: false, moment.Token);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary>Sends bytes. A server that has already rejected the request may no longer receive them.</summary>
    private async Task SendAsync(byte[] bytes, int pauseAt, CancellationToken cancellationToken)
    {
        try
        {
            await _socket.SendAsync(bytes.AsMemory(0, pauseAt), cancellationToken);
            if (pauseAt > 0)
                await Task.Delay(Pause, cancellationToken);
            for (var sent = pauseAt; sent < bytes.Length;)
                sent += await _socket.SendAsync(bytes.AsMemory(sent), cancellationToken);
        }
        catch (SocketException)
        {
            IsClosed = true;
        }
    }

    /// <summary>Receives a response.</summary>
    /// <returns>The response, or <c>null</c> if the server ended the connection.</returns>
    private async Task<HttpReply?> ReceiveAsync(bool isHead, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (_length > 0 && HttpReply.Read(_buffer.AsSpan(0, _length), isHead, out var used) is { } reply)
            {
                _buffer.AsSpan(used, _length - used).CopyTo(_buffer);
                _length -= used;
                return reply;
            }

            if (_length == _buffer.Length)
                Array.Resize(ref _buffer, 2 * _length);
            if (await ReceiveAsync(cancellationToken) is 0)
                return null;
        }
    }

    private async Task<int> ReceiveAsync(CancellationToken cancellationToken)
    {
        var count = 0;
        try
        {
            count = await _socket.ReceiveAsync(_buffer.AsMemory(_length), cancellationToken);
        }
        catch (SocketException)
        {
            // The server closed the connection before it had received everything.
        }

        _length += count;
        IsClosed |= count == 0;
        return count;
    }
}
