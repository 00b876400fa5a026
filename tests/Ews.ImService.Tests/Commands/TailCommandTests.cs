using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Ews.ImService.Harness;

namespace Ews.ImService.Tests.Commands;

/// <summary>The command <c>tail</c>, in a separate process.</summary>
public sealed partial class TailCommandTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Tail_prints_the_newest_requests_and_all_further_ones_once()
    {
        await using var service = await TestService.StartAsync();
        foreach (var group in new[] { "One", "Two", "Three" })
            await service.AddGroupAsync(group);
        await using var tail = Start(service, "--newest", "2");
        await tail.WaitForLinesAsync(2);

        await service.AddGroupAsync("Four");
        await service.PostAsync(EwsRequest.AddImGroup("Four"));
        await tail.WaitForLinesAsync(4);

        (await tail.InterruptAsync()).Should().Be(0);
        tail.Errors.Should().BeEmpty();
        tail.OutputLines.Should().SatisfyRespectively(
            line => line.Should().Contain(" #2 AddImGroup for user@contoso.com: NoError in "),
            line => line.Should().Contain(" #3 AddImGroup"),
            line => line.Should().Contain(" #4 AddImGroup"),
            line => line.Should().Contain(" #5 AddImGroup for user@contoso.com: ErrorImGroupDisplayNameAlreadyExists"));
    }

    [Fact]
    public async Task Tail_selects_requests_and_prints_them_as_JSON_with_bodies()
    {
        await using var service = await TestService.StartAsync();
        await using var tail = Start(service, "--json", "--bodies", "--errors", "true");

        await service.AddGroupAsync("Team");
        await service.PostAsync(EwsRequest.AddImGroup("Team"));
        await tail.WaitForLinesAsync(1);
        await tail.TerminateAsync();

        tail.OutputLines.Should().ContainSingle().Which.Should().StartWith("{\"id\":2,").And.Contain("<m:DisplayName>Team</m:DisplayName>");
    }

    [Fact]
    public async Task Tail_continues_after_a_restart_of_the_service()
    {
        var url = $"http://127.0.0.1:{ServerProcess.FreePort()}";
        string[] serve = ["--db", ":memory:", "--urls", url];
        var (first, firstClient) = await ServiceProcess.StartAsync(_directory, serve);
        await using var _ = first;
        await ServiceProcess.PostAsync(firstClient, EwsRequest.AddImGroup("Before"));
        await using var tail = ServiceProcess.StartCommand(_directory, ["tail", "--url", url]);
        await tail.WaitForLinesAsync(1);

        await first.TerminateAsync();
        await tail.WaitForLinesAsync(1, errors: 1);
        var (second, secondClient) = await ServiceProcess.StartAsync(_directory, serve);
        await using var restarted = second;
        await ServiceProcess.PostAsync(secondClient, EwsRequest.AddImGroup("After"));
        await tail.WaitForLinesAsync(2, errors: 2);

        (await tail.InterruptAsync()).Should().Be(0);
        tail.Errors.Should().Be("The connection is lost. Connecting again...\nConnected again.\n");
        firstClient.Dispose();
        secondClient.Dispose();
    }

    [Fact]
    public async Task Tail_ends_when_the_reader_of_its_output_has_ended()
    {
        await using var service = await TestService.StartAsync();
        await service.AddGroupAsync("Team");

        var (exitCode, output, errors) = await ServiceProcess.RunInBashAsync(
            _directory, $"ews-im tail --url '{service.Client.BaseAddress}' | head -1");

        errors.Should().BeEmpty();
        exitCode.Should().Be(0);
        output.Should().Contain("#1 AddImGroup");
    }

    [Fact]
    public async Task Tail_fails_if_its_output_cannot_be_written()
    {
        await using var service = await TestService.StartAsync();
        await service.AddGroupAsync("Team");

        var (exitCode, _, errors) = await ServiceProcess.RunInBashAsync(
            _directory, $"ews-im tail --url '{service.Client.BaseAddress}' >/dev/full");

        exitCode.Should().Be(1);
        errors.Should().StartWith("The output cannot be written: ");
    }

    [Fact]
    public async Task Tail_fails_if_the_service_cannot_be_reached_or_the_realm_is_deleted()
    {
        var unreachable = await ServiceProcess.RunAsync(
            _directory, ["tail", "--url", $"http://127.0.0.1:{ServerProcess.FreePort()}"]);
        unreachable.ExitCode.Should().Be(1);
        unreachable.Errors.Should().StartWith("No service responds at ");

        await using var service = await TestService.StartAsync();
        (await service.Client.PutAsync("/_control/v1/realms/a", null)).EnsureSuccessStatusCode();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/realms/a/EWS/Exchange.asmx");
        request.Content = new StringContent(EwsRequest.AddImGroup("Team"), new System.Net.Http.Headers.MediaTypeHeaderValue("text/xml"));
        await service.Client.SendAsync(request);
        await using var tail = Start(service, "--realm", "a");
        await tail.WaitForLinesAsync(1);
        (await service.Client.DeleteAsync("/_control/v1/realms/a")).EnsureSuccessStatusCode();

        (await tail.WaitForExitAsync()).Should().Be(1);
        tail.Errors.Should().Be("The realm 'a' was deleted.\n");
        tail.Output.Should().Contain("#1 AddImGroup");
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("1", false)]
    public async Task Tail_has_colors_on_a_terminal_unless_NO_COLOR_is_set(string? noColor, bool hasColors)
    {
        await using var service = await TestService.StartAsync();
        await service.AddGroupAsync("Team");
        await service.PostAsync(EwsRequest.AddImGroup("Team"));
        // Without exec, a shell between could exit on Ctrl+C with a code of its own.
        var command = $"exec {ServiceProcess.InShell} tail --url '{service.Client.BaseAddress}'";
        var start = new ProcessStartInfo("script", ["-qfec", command, "/dev/null"])
        {
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        };
        start.Environment["NO_COLOR"] = noColor;
        start.Environment["TERM"] = "xterm";
        using var terminal = Process.Start(start)!;
        var output = new StringBuilder();
        var buffer = new char[256];
        while (!output.ToString().Contains("AlreadyExists in"))
        {
            var length = await terminal.StandardOutput.ReadAsync(buffer);
            length.Should().BePositive($"tail must run until it is interrupted, but exited: {output}");
            output.Append(buffer, 0, length);
        }

        terminal.StandardInput.Write('\u0003');
        terminal.StandardInput.Flush();
        await terminal.WaitForExitAsync();

        terminal.ExitCode.Should().Be(0);
        ColorOfErrors().IsMatch(output.ToString()).Should().Be(hasColors, output.ToString());
    }

    [GeneratedRegex("\u001B\\[(31|91|38;5;9)m")]
    private static partial Regex ColorOfErrors();

    private ServiceProcess Start(TestService service, params string[] arguments) =>
        ServiceProcess.StartCommand(_directory, ["tail", "--url", service.Client.BaseAddress!.ToString(), .. arguments]);
}
