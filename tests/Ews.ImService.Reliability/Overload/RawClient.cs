using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Ews.ImService.Reliability.Overload;

/// <summary>A connection that can send incomplete requests and leave responses unread, which HttpClient cannot.</summary>
internal sealed class RawClient : IDisposable
{
    private static readonly byte[] HeadEnd = "\r\n\r\n"u8.ToArray();

    private readonly Socket _socket;
    private byte[] _buffer = new byte[16 * 1024];
    private int _length;

    private RawClient(Socket socket) => _socket = socket;

    /// <summary>Connects to a server.</summary>
    public static async Task<RawClient> ConnectAsync(ServerProcess server)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, server.Port);
        return new RawClient(socket);
    }

    /// <summary>Returns an HTTP request of a control call.</summary>
    public static string Control(string method, string path, string body = "") => string.Create(
        CultureInfo.InvariantCulture,
        $"{method} /_control/v1/{path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");

    /// <summary>Sends bytes.</summary>
    /// <returns><c>true</c> if they were sent; <c>false</c> if the server closed the connection.</returns>
    public async Task<bool> TrySendAsync(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            while (!bytes.IsEmpty)
                bytes = bytes[await _socket.SendAsync(bytes)..];
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>Receives a response with a length.</summary>
    /// <returns>The status and the body, or <c>null</c> if the server closed the connection before the end of the response.</returns>
    public async Task<RawResponse?> TryReceiveAsync()
    {
        int head;
        while ((head = _buffer.AsSpan(0, _length).IndexOf(HeadEnd)) < 0)
        {
            if (!await TryFillAsync())
                return null;
        }

        var lines = Encoding.ASCII.GetString(_buffer, 0, head).Split("\r\n");
        const string Length = "Content-Length: ";
        var length = lines.FirstOrDefault(line => line.StartsWith(Length, StringComparison.OrdinalIgnoreCase));
        var start = head + HeadEnd.Length;
        var end = start + (length is null ? 0 : int.Parse(length.AsSpan(Length.Length), CultureInfo.InvariantCulture));
        while (_length < end)
        {
            if (!await TryFillAsync())
                return null;
        }

        var status = int.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture);
        var response = new RawResponse(status, Encoding.UTF8.GetString(_buffer, start, end - start));
        _buffer.AsSpan(end, _length - end).CopyTo(_buffer);
        _length -= end;
        return response;
    }

    /// <summary>Sends a request and receives its response.</summary>
    public async Task<RawResponse?> TryExchangeAsync(ReadOnlyMemory<byte> request) =>
        await TrySendAsync(request) ? await TryReceiveAsync() : null;

    /// <summary>Determines whether the server has closed the connection, which has received no response.</summary>
    public bool IsClosed => _socket.Poll(0, SelectMode.SelectRead) && _socket.Available == 0;

    public void Dispose() => _socket.Dispose();

    private async Task<bool> TryFillAsync()
    {
        if (_length == _buffer.Length)
            Array.Resize(ref _buffer, 2 * _length);
        try
        {
            var read = await _socket.ReceiveAsync(_buffer.AsMemory(_length));
            _length += read;
            return read > 0;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}

/// <summary>A response.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The body.</param>
internal sealed record RawResponse(int Status, string Body)
{
    /// <summary>Gets a value that indicates whether the request succeeded.</summary>
    public bool IsSuccess => Status == (int)HttpStatusCode.OK && Body.Contains("NoError", StringComparison.Ordinal);

    /// <summary>Gets a value that indicates whether the request was rejected because the service is overloaded.</summary>
    public bool IsBusy => Status == (int)HttpStatusCode.InternalServerError
        && Body.Contains(">ErrorServerBusy<", StringComparison.Ordinal)
        && Body.Contains("BackOffMilliseconds", StringComparison.Ordinal);
}
