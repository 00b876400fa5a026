using System.Net;
using System.Net.Sockets;
using System.Text;
using Ews.ImService.Protocol;
using Ews.ImService.Protocol.Autodiscover;
using Ews.ImService.Protocol.Http;
using Ews.ImService.Tests.Control;

namespace Ews.ImService.Tests.Http;

public sealed class RequestBodiesTests
{
    private const int Buffered = 200_000;
    private const int Large = RequestBodies.UncountedBytes + (Buffered / 2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Bodies_beyond_the_maximum_of_all_bodies_are_rejected_until_others_have_ended()
    {
        await using var service = await TestService.StartAsync(new EwsOptions { MaxBufferedBytes = Buffered });
        var large = EwsRequest.AddImGroup(new string('a', Large));
        const int Length = RequestBodies.UncountedBytes + Buffered;
        var incomplete = await SendIncompleteAsync();
        using (var rejected = await PostUntilAsync(service, large, HttpStatusCode.ServiceUnavailable, ReplaceIfRejectedAsync))
        {
            rejected.Headers.RetryAfter!.Delta.Should().Be(TimeSpan.FromSeconds(1));
            (await rejected.Content.ReadAsStringAsync()).Should().StartWith("The service is receiving too many large bodies.");
            using var seed = await service.SendAsync("PUT", "/seed", $$"""{ "mailboxes": [] }{{new string(' ', Large)}}""");
            seed.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
            (await seed.ProblemsAsync()).Should().ContainSingle().Which.Should().StartWith("The service is receiving");
            (await service.PostAsync(EwsRequest.AddImGroup("Small"))).Should().Succeed();
        }

        incomplete.Dispose();
        using var accepted = await PostUntilAsync(service, large, HttpStatusCode.OK);

        Task<TcpClient> SendIncompleteAsync() => SendAsync(service, $"Content-Length: {Length}", new string(' ', Length - 1));

        // The incomplete body is the one that is rejected if another body arrives before its last bytes.
        async Task ReplaceIfRejectedAsync()
        {
            if (incomplete.Available == 0)
                return;
            incomplete.Dispose();
            incomplete = await SendIncompleteAsync();
        }
    }

    [Fact]
    public async Task A_body_counts_until_its_request_ends()
    {
        await using var service = await TestService.StartAsync(new EwsOptions { MaxBufferedBytes = Buffered });
        var spaces = new string(' ', Large);

        for (var number = 0; number < 10; number++)
        {
            (await service.PostAsync(EwsRequest.GetImItemList() + spaces)).Should().Succeed();
            (await service.PostAsync("<a>" + spaces)).Status.Should().Be(500);
            using var seed = await service.SendAsync("PUT", "/seed", $$"""{ "mailboxes": [] }{{spaces}}""");
            seed.IsSuccessStatusCode.Should().BeTrue();
            using var damaged = await service.SendAsync("PUT", "/seed", "{" + spaces);
            damaged.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        }
    }

    [Theory]
    [InlineData(EwsOptions.Path)]
    [InlineData(AutodiscoverEndpoint.PoxPath)]
    [InlineData($"{ControlCalls.Api}/seed")]
    public async Task A_body_that_does_not_arrive_in_time_gets_408(string path)
    {
        await using var service = await TestService.StartAsync(new EwsOptions { BodyTimeout = TimeSpan.FromMilliseconds(100) });
        using var client = await SendAsync(service, "Content-Length: 100", "<half", path);

        (await ReadStatusAsync(client)).Should().Be("HTTP/1.1 408 Request Timeout");
    }

    [Theory]
    [InlineData(EwsOptions.Path)]
    [InlineData(AutodiscoverEndpoint.PoxPath)]
    [InlineData($"{ControlCalls.Api}/seed")]
    public async Task A_chunk_without_a_valid_size_gets_400(string path)
    {
        await using var service = await TestService.StartAsync();
        using var client = await SendAsync(service, "Transfer-Encoding: chunked", "zz\r\n<a/>\r\n0\r\n\r\n", path);

        (await ReadStatusAsync(client)).Should().Be("HTTP/1.1 400 Bad Request");
    }

    private static async Task<TcpClient> SendAsync(TestService service, string header, string body, string path = EwsOptions.Path)
    {
        var method = path.StartsWith(ControlCalls.Api, StringComparison.Ordinal) ? "PUT" : "POST";
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, service.Client.BaseAddress!.Port);
        await client.GetStream().WriteAsync(
            Encoding.ASCII.GetBytes($"{method} {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/xml\r\n{header}\r\n\r\n{body}"));
        return client;
    }

    private static async Task<string?> ReadStatusAsync(TcpClient client)
    {
        using var reader = new StreamReader(client.GetStream(), Encoding.ASCII);
        return await reader.ReadLineAsync().WaitAsync(Patience);
    }

    /// <summary>
    /// Repeats a request until it has a status, because the service receives bytes of other connections later than they are sent.
    /// </summary>
    private static async Task<HttpResponseMessage> PostUntilAsync(
        TestService service, string body, HttpStatusCode status, Func<Task>? beforeRepetition = null)
    {
        using var end = new CancellationTokenSource(Patience);
        while (true)
        {
            using var content = new StringContent(body, Encoding.UTF8, "text/xml");
            var response = await service.Client.PostAsync(EwsOptions.Path, content, end.Token);
            if (response.StatusCode == status)
                return response;
            response.Dispose();
            if (beforeRepetition is not null)
                await beforeRepetition();
        }
    }
}
