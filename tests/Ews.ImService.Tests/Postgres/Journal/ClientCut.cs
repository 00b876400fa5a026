using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Ews.ImService.Tests.Postgres.Journal;

/// <summary>A proxy before a database, which can close the connections of clients, while the database keeps them and continues.</summary>
internal sealed class ClientCut : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentBag<TcpClient> _servers = [];
    private readonly ConcurrentQueue<TcpClient> _clients = new();
    private readonly int _serverPort;

    /// <summary>Starts to accept connections.</summary>
    /// <param name="serverPort">The port of the database on the loopback address.</param>
    public ClientCut(int serverPort)
    {
        _serverPort = serverPort;
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>Gets the port of the loopback address.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Closes the present connections of clients.</summary>
    public void Cut()
    {
        while (_clients.TryDequeue(out var client))
            client.Dispose();
    }

    /// <summary>Closes all connections.</summary>
    public void Dispose()
    {
        _listener.Dispose();
        Cut();
        foreach (var server in _servers)
            server.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync();
                var server = new TcpClient();
                _servers.Add(server);
                await server.ConnectAsync(IPAddress.Loopback, _serverPort);
                _clients.Enqueue(client);
                _ = PassAsync(client, server);
                _ = PassAsync(server, client);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The proxy is disposed.
        }
    }

    private static async Task PassAsync(TcpClient from, TcpClient to)
    {
        try
        {
            await from.GetStream().CopyToAsync(to.GetStream());
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // One side is closed.
        }
    }
}
