using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Ews.ImService.Tests;

/// <summary>A connection that sends bytes which HttpClient does not send.</summary>
internal static class RawConnection
{
    /// <summary>Sends a request, and returns the complete response; an empty text if the connection is closed without one.</summary>
    /// <param name="server">The address of the service.</param>
    /// <param name="request">The request. The service must close the connection after it.</param>
    public static async Task<string> ExchangeAsync(Uri server, string request)
    {
        using var client = await SendAsync(server, request);
        using var reader = new StreamReader(client.GetStream(), Encoding.Latin1);
        return await reader.ReadToEndAsync();
    }

    /// <summary>Sends a request or a part of one, and closes the connection.</summary>
    public static async Task DisconnectAfterAsync(Uri server, string request) => (await SendAsync(server, request)).Dispose();

    /// <summary>Returns the status of a response.</summary>
    public static int StatusOf(string response) => int.Parse(response.Split(' ', 3)[1], CultureInfo.InvariantCulture);

    private static async Task<TcpClient> SendAsync(Uri server, string request)
    {
        var client = new TcpClient();
        await client.ConnectAsync(server.Host, server.Port);
        await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(request));
        return client;
    }
}
