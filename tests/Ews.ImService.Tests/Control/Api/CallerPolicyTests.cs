using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Ews.ImService.Control;

namespace Ews.ImService.Tests.Control.Api;

public sealed class CallerPolicyTests
{
    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "same-origin", HttpStatusCode.NoContent)]
    [InlineData("Origin", "http://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "null", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "file:///x", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "news:x", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "ftp://AUTHORITY", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "http://", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "http://127.0.0.1", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "http://127.0.0.1:99999", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "http://AUTHORITY/", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "http://user@AUTHORITY", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "http://AUTHORITY, http://AUTHORITY", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "http://AUTHORITY", HttpStatusCode.NoContent)]
    [InlineData("Origin", "HTTPS://AUTHORITY", HttpStatusCode.NoContent)]
    [InlineData("Sec-Fetch-Site", "same-site", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "none", HttpStatusCode.NoContent)]
    public async Task A_request_from_a_page_of_another_origin_is_rejected(string header, string value, HttpStatusCode status)
    {
        await using var service = await TestService.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, ControlCalls.Api + "/reset");
        request.Headers.TryAddWithoutValidation(header, value.Replace("AUTHORITY", service.Client.BaseAddress!.Authority));

        using var response = await service.Client.SendAsync(request);

        response.StatusCode.Should().Be(status);
    }

    [Theory]
    [InlineData("Origin", "http://AUTHORITY", "http://evil.example")]
    [InlineData("Origin", "http://AUTHORITY", "http://AUTHORITY")]
    [InlineData("Sec-Fetch-Site", "same-origin", "same-origin")]
    [InlineData("Sec-Fetch-Site", "same-origin", "cross-site")]
    public async Task Several_headers_of_a_browser_are_rejected(string header, string first, string second)
    {
        await using var service = await TestService.StartAsync();
        var authority = service.Client.BaseAddress!.Authority;

        string[] headers = ["Host: AUTHORITY", $"{header}: {first}", $"{header}: {second}"];

        var status = await SendRawAsync(service, [.. headers.Select(line => line.Replace("AUTHORITY", authority))]);

        status.Should().Be(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("localhost", HttpStatusCode.NoContent)]
    [InlineData("LOCALHOST:80", HttpStatusCode.NoContent)]
    [InlineData("build-agent_7:5080", HttpStatusCode.NoContent)]
    [InlineData("ews.localhost", HttpStatusCode.NoContent)]
    [InlineData("127.0.0.1", HttpStatusCode.NoContent)]
    [InlineData("192.168.1.1:5080", HttpStatusCode.NoContent)]
    [InlineData("[::1]:5080", HttpStatusCode.NoContent)]
    [InlineData("evil.example", HttpStatusCode.Forbidden)]
    [InlineData("evil.example:5080", HttpStatusCode.Forbidden)]
    [InlineData("evil.example.", HttpStatusCode.Forbidden)]
    [InlineData("localhost.evil.example", HttpStatusCode.Forbidden)]
    [InlineData("evillocalhost.example", HttpStatusCode.Forbidden)]
    [InlineData("127.0.0.1.evil.example", HttpStatusCode.Forbidden)]
    [InlineData("..", HttpStatusCode.Forbidden)]
    [InlineData("", HttpStatusCode.Forbidden)]
    public async Task A_host_name_that_anybody_could_resolve_to_this_machine_is_rejected(string host, HttpStatusCode status)
    {
        await using var service = await TestService.StartAsync();

        (await SendRawAsync(service, $"Host: {host}")).Should().Be(status);
    }

    [Theory]
    [InlineData("..", "http://..")]
    [InlineData("", "http://")]
    [InlineData("localhost:99999", "http://localhost")]
    [InlineData("localhost:99999", "file:///x")]
    public async Task A_host_that_is_not_valid_is_not_the_origin_of_a_page(string host, string origin)
    {
        await using var service = await TestService.StartAsync();

        (await SendRawAsync(service, $"Host: {host}", $"Origin: {origin}")).Should().Be(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Any_host_name_is_accepted_with_the_token()
    {
        await using var service = await StartWithTokenAsync();

        var status = await SendRawAsync(service, "Host: ews.contoso.com", "Authorization: Bearer open sesame");

        status.Should().Be(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task A_request_from_the_page_of_the_service_is_accepted()
    {
        await using var service = await TestService.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, ControlCalls.Api + "/reset");
        request.Headers.Add("Origin", service.Client.BaseAddress!.GetLeftPart(UriPartial.Authority));

        using var response = await service.Client.SendAsync(request);

        response.StatusCode.Should().Be(HttpStatusCode.NoContent);
    }

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    [InlineData("wrong", HttpStatusCode.Unauthorized)]
    [InlineData("open sesame", HttpStatusCode.OK)]
    public async Task A_token_is_required_if_it_is_set(string? token, HttpStatusCode status)
    {
        await using var service = await StartWithTokenAsync();
        if (token is not null)
            service.Client.DefaultRequestHeaders.Authorization = new("Bearer", token);

        using var response = await service.Client.GetAsync(ControlCalls.Api + "/seed");

        response.StatusCode.Should().Be(status);
        response.Headers.WwwAuthenticate.ToString().Should().Be(status == HttpStatusCode.Unauthorized ? "Bearer" : "");
    }

    [Fact]
    public async Task A_path_that_does_not_exist_requires_the_token_too()
    {
        await using var service = await StartWithTokenAsync();

        using var response = await service.Client.GetAsync(ControlCalls.Api + "/nothing");

        response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    /// <summary>Resets the service with headers that HttpClient does not send.</summary>
    private static async Task<HttpStatusCode> SendRawAsync(TestService service, params string[] headers)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(service.Client.BaseAddress!.Host, service.Client.BaseAddress.Port);
        var lines = headers.Prepend($"POST {ControlCalls.Api}/reset HTTP/1.1").Append("Connection: close").Append("").Append("");
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(string.Join("\r\n", lines)));
        using var reader = new StreamReader(client.GetStream());
        return (HttpStatusCode)int.Parse((await reader.ReadLineAsync())!.Split(' ')[1], CultureInfo.InvariantCulture);
    }

    private static Task<TestService> StartWithTokenAsync() =>
        TestService.StartAsync(TestService.InMemory with { Control = new ControlOptions { Token = "open sesame" } });
}
