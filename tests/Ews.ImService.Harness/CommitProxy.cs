using System.Net;
using System.Net.Sockets;

namespace Ews.ImService.Harness;

/// <summary>A proxy before a server, which cuts the connection of a client when it commits.</summary>
public sealed class CommitProxy : IDisposable
{
    private static readonly byte[] CommitMessage = "COMMIT\0"u8.ToArray();

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _isDisposed = new();
    private readonly int _serverPort;

    /// <summary>Starts to accept connections.</summary>
    /// <param name="serverPort">The port of the server on the loopback address.</param>
    public CommitProxy(int serverPort)
    {
        _serverPort = serverPort;
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>Gets the port of the loopback address.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Gets or sets the number of commits whose connection is cut.</summary>
    public int CutsLeft { get; set; }

    /// <summary>Gets or sets a value that indicates whether the server receives a commit before the connection is cut.</summary>
    public bool PassesCommit { get; set; }

    /// <summary>Gets or sets a value that indicates whether new connections are rejected.</summary>
    public bool RejectsConnections { get; set; }

    /// <summary>Gets or sets a value that indicates whether new connections are rejected after a connection was cut.</summary>
    public bool RejectsConnectionsAfterCut { get; set; }

    /// <summary>Gets or sets a value that indicates whether new connections receive no response after a connection was cut.</summary>
    public bool IsSilentAfterCut { get; set; }

    /// <summary>Gets the number of connections that were cut.</summary>
    public int Cuts { get; private set; }

    /// <summary>Accepts no more connections.</summary>
    public void Dispose()
    {
        _isDisposed.Cancel();
        _isDisposed.Dispose();
        _listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = PassAsync(await _listener.AcceptTcpClientAsync());
        }
        catch (SocketException)
        {
            // The proxy is disposed.
        }
        catch (ObjectDisposedException)
        {
            // The proxy is disposed.
        }
    }

    private async Task PassAsync(TcpClient client)
    {
        using (client)
        {
            if (RejectsConnections)
                return;
            if (IsSilentAfterCut && Cuts > 0)
                await Task.Delay(Timeout.Infinite, _isDisposed.Token);
            using var server = new TcpClient();
            using var isCut = new CancellationTokenSource();
            await server.ConnectAsync(IPAddress.Loopback, _serverPort);
            try
            {
                var responses = PassResponsesAsync(server, client, isCut.Token);
                await Task.WhenAny(responses, PassRequestsAsync(client, server, responses, isCut));
            }
            catch (IOException)
            {
                // One side closed the connection.
            }
        }
    }

    /// <summary>Passes requests on until one is a commit to cut.</summary>
    private async Task PassRequestsAsync(TcpClient client, TcpClient server, Task responses, CancellationTokenSource isCut)
    {
        var buffer = new byte[64 * 1024];
        while (await client.GetStream().ReadAsync(buffer) is > 0 and var length)
        {
            if (CutsLeft == 0 || buffer.AsSpan(0, length).IndexOf(CommitMessage) < 0)
            {
                await server.GetStream().WriteAsync(buffer.AsMemory(0, length));
                continue;
            }

            CutsLeft--;
            Cuts++;
            RejectsConnections = RejectsConnectionsAfterCut;
            if (!PassesCommit)
                return;
            await isCut.CancelAsync();
            await server.GetStream().WriteAsync(buffer.AsMemory(0, length));
            await responses;
        }
    }

    /// <summary>Passes responses on until the connection is cut: then, the next response is the end of the commit.</summary>
    private static async Task PassResponsesAsync(TcpClient server, TcpClient client, CancellationToken isCut)
    {
        var buffer = new byte[64 * 1024];
        while (await server.GetStream().ReadAsync(buffer, CancellationToken.None) is > 0 and var length && !isCut.IsCancellationRequested)
            await client.GetStream().WriteAsync(buffer.AsMemory(0, length), CancellationToken.None);
    }
}
