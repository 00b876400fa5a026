using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Ews.ImService.Tests.Recording;

/// <summary>A server that keeps the bytes of all requests. Each connection gets one empty response, and is then read to its end.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private static readonly byte[] Response = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"u8.ToArray();

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly StringBuilder _received = new();
    private readonly Task _running;

    public RawServer()
    {
        _listener.Start();
        Url = new Uri($"http://{_listener.LocalEndpoint}/");
        _running = RunAsync();
    }

    public Uri Url { get; }

    /// <summary>Stops the server after the open connections end.</summary>
    /// <returns>All that was received.</returns>
    public async Task<string> StopAsync()
    {
        _listener.Stop();
        await _running.WaitAsync(TimeSpan.FromSeconds(60));
        return _received.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _listener.Dispose();
    }

    private async Task RunAsync()
    {
        while (true)
        {
            try
            {
                using var connection = await _listener.AcceptTcpClientAsync();
                await RespondAsync(connection.GetStream());
            }
            catch (Exception e) when (e is SocketException or InvalidOperationException)
            {
                return; // The listener is stopped.
            }
        }
    }

    private async Task RespondAsync(NetworkStream stream)
    {
        var (buffer, hasResponded) = (new byte[4096], false);
        while (await stream.ReadAsync(buffer) is > 0 and var count)
        {
            _received.Append(Encoding.ASCII.GetString(buffer, 0, count));
            if (!hasResponded && _received.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
            {
                await stream.WriteAsync(Response);
                hasResponded = true;
            }
        }
    }
}
