using System.Net;
using System.Net.Sockets;

namespace Ews.ImService.Reliability.Instances;

/// <summary>Forwards each connection to the next instance that accepts it, where no load balancer is installed.</summary>
internal sealed class RoundRobin : IDisposable
{
    private readonly IReadOnlyList<int> _instances;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private int _next;

    /// <param name="instances">The ports of the instances.</param>
    public RoundRobin(IReadOnlyList<int> instances)
    {
        _instances = instances;
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>Gets the port.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ForwardAsync(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The listener was disposed.
        }
    }

    private async Task ForwardAsync(TcpClient client)
    {
        using var accepted = client;
        using var instance = await ConnectAsync();
        if (instance is null)
            return;
        client.NoDelay = instance.NoDelay = true;
        try
        {
            await Task.WhenAny(
                client.GetStream().CopyToAsync(instance.GetStream()),
                instance.GetStream().CopyToAsync(client.GetStream()));
        }
        catch (IOException)
        {
            // One side closed its connection: the other is closed as well.
        }
    }

    private async Task<TcpClient?> ConnectAsync()
    {
        for (var attempt = 0; attempt < _instances.Count; attempt++)
        {
            var instance = new TcpClient();
            var port = _instances[(int)((uint)Interlocked.Increment(ref _next) % _instances.Count)];
            try
            {
                await instance.ConnectAsync(IPAddress.Loopback, port);
                return instance;
            }
            catch (SocketException)
            {
                instance.Dispose(); // The next instance is tried.
            }
        }

        return null;
    }
}
