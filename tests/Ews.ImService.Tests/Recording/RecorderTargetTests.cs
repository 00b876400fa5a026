using System.Net.Sockets;
using System.Text;
using Ews.ImService.Recording;

namespace Ews.ImService.Tests.Recording;

/// <summary>Requests, with their credentials, are forwarded to the server of the recorder only.</summary>
public sealed class RecorderTargetTests : IAsyncLifetime
{
    private RawServer _server = null!;
    private RawServer _other = null!;
    private TestRecorder _recorder = null!;

    public async Task InitializeAsync()
    {
        (_server, _other) = (new RawServer(), new RawServer());
        _recorder = await TestRecorder.StartAsync(new RecorderOptions { Server = _server.Url, Urls = ["http://127.0.0.1:0"] });
    }

    public async Task DisposeAsync()
    {
        await _recorder.DisposeAsync();
        await _server.DisposeAsync();
        await _other.DisposeAsync();
    }

    [Theory]
    [InlineData("GET //{other}/EWS/Exchange.asmx", "GET //{other}/EWS/Exchange.asmx")]
    [InlineData("GET ///{other}/EWS/Exchange.asmx?a=//b", "GET ///{other}/EWS/Exchange.asmx?a=//b")]
    [InlineData("GET /@{other}/EWS", "GET /@{other}/EWS")]
    [InlineData("GET /%2F%2F{other}/EWS", "GET /%2F%2F{other}/EWS")]
    [InlineData(@"GET /\{other}/EWS", "GET /%5C{other}/EWS")]
    [InlineData("GET http://{other}/EWS", "GET /EWS")]
    [InlineData("GET http://{other}//{other}/EWS", "GET //{other}/EWS")]
    [InlineData("OPTIONS *", "OPTIONS /")]
    public async Task A_target_that_names_another_host_is_forwarded_to_the_server(string request, string forwarded)
    {
        var response = await SendAsync($"{request} HTTP/1.1\r\nHost: {{other}}\r\nAuthorization: Basic YTpi\r\nConnection: close\r\n\r\n");

        response.Should().StartWith("HTTP/1.1 200 ");
        (await ReceivedAsync(_server)).Should().StartWith($"{WithOther(forwarded)} HTTP/1.1\r\n")
            .And.Contain($"\r\nHost: {_server.Url.Authority}\r\n");
        (await ReceivedAsync(_other)).Should().BeEmpty();
    }

    [Theory]
    [InlineData("CONNECT {other}", "501")]
    [InlineData("GET http://{other}.example/EWS", "400")]
    [InlineData("GET {other}/EWS", "400")]
    [InlineData("GET @{other}/EWS", "400")]
    public async Task A_target_that_requires_a_proxy_is_rejected(string request, string status)
    {
        var response = await SendAsync($"{request} HTTP/1.1\r\nHost: {{other}}\r\nAuthorization: Basic YTpi\r\nConnection: close\r\n\r\n");

        response.Should().StartWith($"HTTP/1.1 {status} ");
        (await ReceivedAsync(_server)).Should().BeEmpty();
        (await ReceivedAsync(_other)).Should().BeEmpty();
    }

    [Fact]
    public async Task A_request_with_two_lengths_is_one_request_to_the_server()
    {
        const string Request = "POST /EWS/Exchange.asmx HTTP/1.1\r\nHost: a\r\nContent-Length: 60\r\nTransfer-Encoding: chunked\r\n"
            + "Connection: close\r\n\r\n3\r\nabc\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: {other}\r\n\r\n";

        var response = await SendAsync(Request);

        response.Should().StartWith("HTTP/1.1 200 ");
        var received = await ReceivedAsync(_server);
        received.Should().StartWith("POST /EWS/Exchange.asmx HTTP/1.1\r\n").And.Contain("\r\nContent-Length: 3\r\n")
            .And.EndWith("\r\n\r\nabc");
        received.Should().NotContain("Transfer-Encoding").And.NotContain("smuggled");
    }

    [Theory]
    [InlineData("Content-Length: 3\r\nContent-Length: 4")]
    [InlineData("Transfer-Encoding: chunked, identity")]
    [InlineData("Transfer-Encoding : chunked")]
    [InlineData("Content-Length: 3\r\n Transfer-Encoding: chunked")]
    public async Task A_request_with_an_ambiguous_length_is_rejected(string headers)
    {
        var response = await SendAsync($"POST /EWS/Exchange.asmx HTTP/1.1\r\nHost: a\r\n{headers}\r\nConnection: close\r\n\r\nabcd");

        response.Should().StartWith("HTTP/1.1 4");
        (await ReceivedAsync(_server)).Should().BeEmpty();
    }

    private string WithOther(string text) => text.Replace("{other}", _other.Url.Authority, StringComparison.Ordinal);

    private async Task<string> SendAsync(string request)
    {
        var url = _recorder.Client.BaseAddress!;
        using var client = new TcpClient(url.Host, url.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(WithOther(request)));
        using var reader = new StreamReader(client.GetStream());
        return await reader.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(60));
    }

    /// <summary>Returns all that a server received. The recorder is stopped, which closes its connections.</summary>
    private async Task<string> ReceivedAsync(RawServer server)
    {
        await _recorder.DisposeAsync();
        return await server.StopAsync();
    }
}
