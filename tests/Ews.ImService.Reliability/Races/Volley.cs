using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Ews.ImService.Reliability.Races;

/// <summary>
/// Sends requests that arrive at the same time: each one on its own connection except for its last byte, and then all last bytes.
/// </summary>
internal static class Volley
{
    /// <summary>Sends requests.</summary>
    /// <param name="port">The port of the service.</param>
    /// <param name="realm">The realm.</param>
    /// <param name="requests">The requests.</param>
    /// <returns>The responses, in the order of the requests.</returns>
    /// <exception cref="RunException">A request received no complete response.</exception>
    public static async Task<IReadOnlyList<RaceResponse>> SendAsync(int port, string realm, IReadOnlyList<RaceRequest> requests)
    {
        var sockets = new List<Socket>();
        try
        {
            foreach (var request in requests)
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                sockets.Add(socket);
                await socket.ConnectAsync(IPAddress.Loopback, port);
                await socket.SendAsync(Encode(request, realm).AsMemory()[..^1]);
            }

            foreach (var (index, socket) in sockets.Index())
                socket.Send(Encode(requests[index], realm).AsSpan()[^1..]);
            return await Task.WhenAll(sockets.Select(ReceiveAsync));
        }
        finally
        {
            sockets.ForEach(socket => socket.Dispose());
        }
    }

    /// <summary>Returns a request of HTTP 1.0, whose response ends with the connection.</summary>
    private static byte[] Encode(RaceRequest request, string realm)
    {
        var contentType = request.Path == Requests.EwsPath ? Requests.ContentType : "application/json";
        return Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"{request.Method} {request.Path} HTTP/1.0\r\nHost: 127.0.0.1\r\nX-Ews-Realm: {realm}\r\nContent-Type: {contentType}\r\n"
            + $"Content-Length: {Encoding.UTF8.GetByteCount(request.Body)}\r\n\r\n{request.Body}"));
    }

    private static async Task<RaceResponse> ReceiveAsync(Socket socket)
    {
        using var received = new MemoryStream();
        await using var stream = new NetworkStream(socket, ownsSocket: false);
        await stream.CopyToAsync(received);
        var text = Encoding.UTF8.GetString(received.GetBuffer(), 0, (int)received.Length);
        var head = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        return head < 0
            ? throw new RunException($"A request received no response: '{text}'")
            : new RaceResponse(int.Parse(text.AsSpan(9, 3), CultureInfo.InvariantCulture), text[(head + 4)..]);
    }
}
