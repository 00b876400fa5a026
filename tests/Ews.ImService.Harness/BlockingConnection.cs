using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace Ews.ImService.Harness;

/// <summary>A connection that sends one request at a time and waits for its small response.</summary>
/// <param name="socket">The socket, which the connection owns.</param>
public sealed class BlockingConnection(Socket socket) : IDisposable
{
    private readonly byte[] _buffer = new byte[64 * 1024];

    /// <summary>Closes the connection.</summary>
    public void Dispose() => socket.Dispose();

    /// <summary>Sends a request, and verifies that the response reports no error.</summary>
    /// <param name="request">The HTTP request.</param>
    /// <returns>The time until the response was complete.</returns>
    /// <exception cref="RunException">The response is incomplete, or reports an error.</exception>
    public TimeSpan Call(byte[] request)
    {
        var started = Stopwatch.GetTimestamp();
        socket.Send(request);
        var length = 0;
        while (!_buffer.AsSpan(0, length).EndsWith("</s:Envelope>"u8))
        {
            var count = socket.Receive(_buffer.AsSpan(length), SocketFlags.None);
            if (count == 0)
                throw new RunException("A response is incomplete: " + Encoding.Latin1.GetString(_buffer, 0, length));
            length += count;
        }

        var elapsed = Stopwatch.GetElapsedTime(started);
        var response = _buffer.AsSpan(0, length);
        return response.StartsWith("HTTP/1.1 200 "u8) && response.IndexOf("<ResponseCode>NoError</ResponseCode>"u8) >= 0
            ? elapsed
            : throw new RunException("A response is wrong: " + Encoding.Latin1.GetString(_buffer, 0, length));
    }
}
