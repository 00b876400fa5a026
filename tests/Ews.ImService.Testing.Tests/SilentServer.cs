using System.Net;
using System.Net.Sockets;

namespace Ews.ImService.Testing.Tests;

/// <summary>A server that accepts connections and does not respond.</summary>
internal sealed class SilentServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public SilentServer() => _listener.Start();

    public Uri Root => new($"http://{_listener.LocalEndpoint}/");

    public void Dispose() => _listener.Dispose();
}
