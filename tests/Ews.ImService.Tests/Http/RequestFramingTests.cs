using System.Text.RegularExpressions;
using Ews.ImService.Protocol;
using Ews.ImService.Tests.Control;

namespace Ews.ImService.Tests.Http;

/// <summary>Bodies whose framing is not valid HTTP.</summary>
public sealed class RequestFramingTests
{
    private static readonly string[] Paths =
    [
        EwsOptions.Path, "/realms/r/EWS/Exchange.asmx", "/autodiscover/autodiscover.xml", "/autodiscover/autodiscover.svc",
        ControlCalls.Api + "/seed", ControlCalls.Api + "/faults",
    ];

    /// <summary>Gets bodies in the chunked transfer coding, each with a first chunk before the damage.</summary>
    public static TheoryData<string> DamagedChunks =>
    [
        "4\r\n<a/>\r\nZ\r\n",
        "4\r\n<a/>\r\n-1\r\n",
        "4\r\n<a/>\r\n\r\n",
        "4\r\n<a/>\r\n 4\r\n<b/>\r\n0\r\n\r\n",
        "4\r\n<a/>\r\n0x4\r\n<b/>\r\n0\r\n\r\n",
        "4\r\n<a/>\r\n80000000\r\n",
        "4\r\n<a/>\r\nFFFFFFFF\r\n",
        "4\r\n<a/>\r\n100000000\r\n",
        "4\r\n<a/>\r\nFFFFFFFFFFFFFFFFFF\r\n",
        "4\r\n<a/>XX0\r\n\r\n",
        "2\r\n<a/>\r\n0\r\n\r\n",
        "4\r\n<a/>\r\n1;\n\n\r\n\r\n",
        "4\r\n<a/>\r\n0\r\nNot a trailer\r\n\r\n",
        "Z\r\n",
        "FFFFFFFFFFFFFFFFFF\r\n",
        "\r\n\r\n\r\n",
    ];

    [Theory]
    [MemberData(nameof(DamagedChunks))]
    public async Task A_damaged_chunk_gets_400_and_a_reason(string body)
    {
        await using var service = await TestService.StartAsync();

        foreach (var path in Paths)
        {
            var response = await RawConnection.ExchangeAsync(service.Client.BaseAddress!, Chunked(path, body));
            RawConnection.StatusOf(response).Should().Be(400, $"{path} received {body}");
            response.Split("\r\n\r\n", 2)[1].Should().NotBeEmpty(path);
        }

        (await service.MailboxAsync()).Should().BeNull();
    }

    [Fact]
    public async Task No_request_of_a_client_that_disconnects_is_recorded_as_answered()
    {
        const int Requests = 100;
        await using var service = await TestService.StartAsync();
        const string Half = $"POST {EwsOptions.Path} HTTP/1.1\r\nHost: x\r\nContent-Type: text/xml\r\nContent-Length: 100\r\n\r\n<half";

        for (var i = 0; i < Requests; i++)
            await RawConnection.DisconnectAfterAsync(service.Client.BaseAddress!, Half);
        var failed = await service.Client.GetStringAsync(
            $"{ControlCalls.Api}/journal/wait?state=failed&count={Requests}&timeoutMilliseconds=60000");

        Regex.Count(failed, "\"state\": ?\"failed\"").Should().Be(Requests);
    }

    [Theory]
    [MemberData(nameof(DamagedChunks))]
    public async Task Nothing_after_a_damaged_chunk_is_a_request(string body)
    {
        await using var service = await TestService.StartAsync();
        const string Next = "GET /livez HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

        foreach (var path in Paths)
        {
            var responses = await RawConnection.ExchangeAsync(service.Client.BaseAddress!, Chunked(path, body + Next, "keep-alive"));
            Regex.Count(responses, "HTTP/1.1 400 Bad Request").Should().Be(1, path);
            Regex.Count(responses, "HTTP/1.1 ").Should().Be(1, path);
        }
    }

    private static string Chunked(string path, string body, string connection = "close") =>
        $"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/xml\r\nTransfer-Encoding: chunked\r\n"
        + $"Connection: {connection}\r\n\r\n{body}";
}
