using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Ews.ImService.Tests.Control;

namespace Ews.ImService.Tests.Hosting;

public sealed class LogTests : IDisposable
{
    private const string TraceId = "0af7651916cd43dd8448eb211c80319c";
    private const string TraceParent = $"00-{TraceId}-b7ad6b7169203331-01";

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task The_log_has_one_line_per_request_without_its_body()
    {
        var (service, client) = await ServiceProcess.StartAsync(_directory, "--db", ":memory:");
        await using var _ = service;
        await ServiceProcess.PostAsync(client, EwsRequest.AddImGroup("Secret"));
        await ServiceProcess.PostAsync(client, EwsRequest.AddImGroup("Secret"));
        await ServiceProcess.PostAsync(client, "<oops>Secret");
        await service.TerminateAsync();

        var lines = service.RequestLines;

        lines.Should().HaveCount(3);
        lines[0].Should().MatchRegex(@"^\d\d:\d\d:\d\d\.\d{3} INF AddImGroup for user@contoso\.com: NoError in [\d.]+ ms, request \S+$");
        lines[1].Should().Contain("AddImGroup for user@contoso.com: ErrorImGroupDisplayNameAlreadyExists in ");
        lines[2].Should().Contain(" - for -: ErrorSchemaValidation in ");
        service.Output.Should().NotContain("Secret");
    }

    [Fact]
    public async Task A_client_that_disconnects_during_a_request_is_logged_in_one_line()
    {
        var (service, client) = await ServiceProcess.StartAsync(_directory, "--db", ":memory:");
        await using var _ = service;
        using (var half = new TcpClient())
        {
            await half.ConnectAsync(IPAddress.Loopback, client.BaseAddress!.Port);
            const string Half = "POST /EWS/Exchange.asmx HTTP/1.1\r\nHost: x\r\nContent-Type: text/xml\r\nContent-Length: 100\r\n"
                + $"traceparent: {TraceParent}\r\n\r\n<half";
            await half.GetStream().WriteAsync(Encoding.ASCII.GetBytes(Half));
            await half.GetStream().FlushAsync();
            await WaitForRequestAsync("arrived");
        }

        await WaitForRequestAsync("failed");

        await ServiceProcess.PostAsync(client, EwsRequest.AddImGroup("Team"));
        (await service.TerminateAsync()).Should().Be(0);

        service.OutputLines.Should().ContainSingle(line => line.Contains("Request aborted"))
            .Which.Should().MatchRegex($@", request \S+, trace {TraceId}: ");
        service.Output.Should().NotContain("   at ");

        Task<string> WaitForRequestAsync(string state) =>
            client.GetStringAsync($"{ControlCalls.Api}/journal/wait?state={state}&timeoutMilliseconds=60000");
    }

    [Fact]
    public async Task The_event_of_a_rejected_request_contains_its_trace()
    {
        var (service, client) = await ServiceProcess.StartAsync(_directory, "--db", ":memory:");
        await using var _ = service;
        using var content = new StringContent("x", Encoding.UTF8, "text/html");
        content.Headers.Add("traceparent", TraceParent);
        using var response = await client.PostAsync((Uri?)null, content);

        await service.TerminateAsync();

        service.RequestLines.Should().ContainSingle().Which.Should().MatchRegex(
            $@" INF Request rejected with status 415: .+ in [\d.]+ ms, request \S+, trace {TraceId}$");
    }

    [Fact]
    public async Task A_body_that_does_not_arrive_in_time_is_logged_in_one_line()
    {
        var (service, client) = await ServiceProcess.StartAsync(_directory, "--db", ":memory:", "--Limits:BodyTimeoutSeconds", "1");
        await using var _ = service;

        using var half = new TcpClient();
        await half.ConnectAsync(IPAddress.Loopback, client.BaseAddress!.Port);
        const string Half = "POST /EWS/Exchange.asmx HTTP/1.1\r\nHost: x\r\nContent-Type: text/xml\r\nContent-Length: 100\r\n\r\n<half";
        await half.GetStream().WriteAsync(Encoding.ASCII.GetBytes(Half));
        using var reader = new StreamReader(half.GetStream());
        var status = await reader.ReadLineAsync();
        await service.TerminateAsync();

        status.Should().Be("HTTP/1.1 408 Request Timeout");
        service.RequestLines.Should().ContainSingle().Which.Should().Contain("status 408");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{ "Serilog": { "MinimumLevel": { "Override": { "Some": "Warning" } } } }""")]
    public async Task Lines_begin_with_the_time_in_UTC(string settings)
    {
        File.WriteAllText(_directory.File("appsettings.json"), settings);
        var begin = DateTime.UtcNow.AddMilliseconds(-1);

        var (service, client) = await ServiceProcess.StartAsync(
            _directory, new Dictionary<string, string> { ["TZ"] = "Asia/Kolkata" }, "--db", ":memory:");
        await using (service)
            await service.TerminateAsync();
        client.Dispose();

        var time = TimeSpan.Parse(service.OutputLines[0].Split(' ')[0], CultureInfo.InvariantCulture);
        var sinceBegin = time - begin.TimeOfDay;
        (sinceBegin < TimeSpan.Zero ? sinceBegin + TimeSpan.FromDays(1) : sinceBegin).Should().BeLessThan(TimeSpan.FromMinutes(5));
    }

    [Fact]
    public async Task The_log_can_be_written_as_JSON()
    {
        var (service, client) = await ServiceProcess.StartAsync(_directory, "--db", ":memory:", "--Log:Format", "json");
        await using var _ = service;
        await ServiceProcess.PostAsync(client, EwsRequest.AddImGroup("Team"));
        await service.TerminateAsync();

        var lines = service.OutputLines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("Properties")).ToList();

        lines.Should().HaveCount(4);
        lines[0].GetProperty("EwsUrls").GetString().Should().EndWith("/EWS/Exchange.asmx");
        lines[1].GetProperty("Operation").GetString().Should().Be("AddImGroup");
        lines[1].GetProperty("Mailbox").GetString().Should().Be("user@contoso.com");
        lines[1].GetProperty("ResponseCode").GetString().Should().Be("NoError");
        lines[1].GetProperty("Milliseconds").GetDouble().Should().BePositive();
        lines[1].GetProperty("RequestId").GetString().Should().NotBeEmpty();
    }

    /// <summary>Gets the outputs of the log: text, JSON, and sinks of the configuration of Serilog.</summary>
    public static TheoryData<string[]> Outputs =>
    [
        (string[])[],
        (string[])["--Log:Format", "json"],
        (string[])["--Serilog:WriteTo:0:Name", "Console"],
        (string[])["--Serilog:MinimumLevel:Default", "Information"],
    ];

    [Theory]
    [MemberData(nameof(Outputs))]
    public async Task No_request_writes_lines_of_its_own_or_of_unlimited_length(string[] output)
    {
        var (service, client) = await ServiceProcess.StartAsync(_directory, ["--db", ":memory:", .. output]);
        await using var _ = service;
        const string Hostile = "x/\u001b[2J\t\u202E\u009b\\u000a";
        var value = Hostile + new string('b', 20_000);
        var basic = Convert.ToBase64String(Encoding.UTF8.GetBytes("\u202Eforged\u001b[2J\r\n12:00:00.000 INF forged" + value));
        string[] headers =
        [
            "Content-Type: " + value, "Content-Encoding: " + value, "Authorization: Basic " + basic, $"Authorization: {value}",
            "X-Ews-Realm: " + value, "Host: " + value, "Content-Type: text/xml; charset=" + value,
        ];

        foreach (var path in new[] { "/EWS/Exchange.asmx", "/autodiscover/autodiscover.xml", ControlCalls.Api + "/reset", "/%1b%5b%0a" })
        {
            foreach (var header in headers)
            {
                var request = $"POST {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 0\r\n{header}\r\n\r\n";
                await RawConnection.ExchangeAsync(client.BaseAddress!, request);
            }
        }

        await service.TerminateAsync();

        service.OutputLines.Should().HaveCountGreaterThan(headers.Length)
            .And.OnlyContain(line => line.Length < 2000 && (line[0] == '{' || line[0] == '[' || char.IsAsciiDigit(line[0])));
        service.OutputLines.Where(line => line.StartsWith("12:00:00.000", StringComparison.Ordinal)).Should().BeEmpty();
        service.Output.Where(c => char.IsControl(c) && c is not ('\r' or '\n')).Should().BeEmpty();
        service.Output.Should().NotContainAny("\u202E", "\u2028");
    }

    [Fact]
    public async Task The_configuration_of_Serilog_can_name_other_sinks()
    {
        var file = _directory.File("service.log");
        string[] sinks = ["--Serilog:WriteTo:0:Name", "File", "--Serilog:WriteTo:0:Args:path", file, "--Serilog:WriteTo:1:Name", "Console"];
        var (service, client) = await ServiceProcess.StartAsync(_directory, ["--db", ":memory:", .. sinks]);
        await using var _ = service;
        await ServiceProcess.PostAsync(client, EwsRequest.AddImGroup("Team"));

        await service.TerminateAsync();

        File.ReadAllText(file).Should().Contain("AddImGroup for user@contoso.com: NoError in ");
    }
}
