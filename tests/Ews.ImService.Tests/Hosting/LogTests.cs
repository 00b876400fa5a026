using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Ews.ImService.Tests.Control;

namespace Ews.ImService.Tests.Hosting;

public sealed class LogTests : IDisposable
{
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
            const string Half = "POST /EWS/Exchange.asmx HTTP/1.1\r\nHost: x\r\nContent-Type: text/xml\r\nContent-Length: 100\r\n\r\n<half";
            await half.GetStream().WriteAsync(Encoding.ASCII.GetBytes(Half));
            await half.GetStream().FlushAsync();
            await WaitForRequestAsync("arrived");
        }

        await WaitForRequestAsync("failed");

        await ServiceProcess.PostAsync(client, EwsRequest.AddImGroup("Team"));
        (await service.TerminateAsync()).Should().Be(0);

        service.OutputLines.Should().ContainSingle(line => line.Contains("Request aborted"));
        service.Output.Should().NotContain("   at ");

        Task<string> WaitForRequestAsync(string state) =>
            client.GetStringAsync($"{ControlCalls.Api}/journal/wait?state={state}&timeoutMilliseconds=60000");
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
