using System.Text;
using System.Text.RegularExpressions;
using Ews.ImService.Commands;
using Ews.ImService.Harness;
using Ews.ImService.Protocol;
using Ews.ImService.Tests.Commands.Documentation;

namespace Ews.ImService.Tests.Commands;

/// <summary>Executes the examples of all commands, each on a service of its own.</summary>
public sealed partial class ExampleTests : IDisposable
{
    private const string Seed = """
        { "mailboxes": [{ "smtpAddress": "alice@contoso.com", "groups": [{ "displayName": "Team", "members": ["bob@contoso.com"] }] }] }
        """;

    private const string Fault = """{ "kind": "drop", "id": "slow", "operation": "GetPersona" }""";
    private const string DocumentedUrl = "http://localhost:5080";

    private static readonly string[] RunsUntilStopped = ["serve", "tail", "record"];
    private static readonly string[] NeedsPostgres = ["migrate"]; // Its tests execute the examples.

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    public static TheoryData<string> Lines => new(CommandTable.All
        .Where(command => !RunsUntilStopped.Contains(command.Name) && !NeedsPostgres.Contains(command.Name))
        .SelectMany(command => command.Examples)
        .Select(example => example.Line));

    public static TheoryData<string> ServeLines => LinesOf("serve");

    public static TheoryData<string> TailLines => LinesOf("tail");

    public static TheoryData<string> RecordLines => LinesOf("record");

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task An_example_succeeds(string line)
    {
        await using var service = await PrepareAsync();

        var environment = EnvironmentOf(service);
        if (line.StartsWith("ews-im replay", StringComparison.Ordinal))
        {
            var prepare = "ews-im journal --json --bodies > recording.jsonl; ews-im reset --realm my-test";
            (await ServiceProcess.RunInBashAsync(_directory, prepare, environment)).Errors.Should().BeEmpty();
        }

        var script = line.Replace(DocumentedUrl, environment["EWSIM_Client__Url"], StringComparison.Ordinal);

        var (exitCode, _, errors) = await ServiceProcess.RunInBashAsync(_directory, script, environment);

        errors.Should().BeEmpty();
        exitCode.Should().Be(0);
    }

    [Theory]
    [MemberData(nameof(ServeLines))]
    public async Task An_example_of_serve_starts_a_service(string line)
    {
        File.WriteAllText(_directory.File("seed.json"), Seed);
        var arguments = line["ews-im serve ".Length..].Replace("--https", "--Https:Url https://127.0.0.1:0", StringComparison.Ordinal);

        var (process, client) = await ServiceProcess.StartAsync(
            _directory, new() { ["HOME"] = _directory.Path }, arguments.Split(' '));

        await using var running = process;
        using var http = client;
        (await process.InterruptAsync()).Should().Be(0);
        process.Errors.Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(TailLines))]
    public async Task An_example_of_tail_prints_until_it_is_interrupted(string line)
    {
        await using var service = await PrepareAsync();
        await using var tail = ServiceProcess.StartCommand(_directory, line["ews-im ".Length..].Split(' '), EnvironmentOf(service));

        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        for (; tail.OutputLines.Length == 0; await Task.Delay(10, timeout.Token))
            await service.PostAsync(EwsRequest.AddImGroup("Friends"));

        (await tail.InterruptAsync()).Should().Be(0);
        tail.Errors.Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(RecordLines))]
    public async Task An_example_of_record_forwards_until_it_is_interrupted(string line)
    {
        await using var record = ServiceProcess.StartCommand(
            _directory, line["ews-im ".Length..].Split(' '), new() { ["EWSIM_urls"] = "http://127.0.0.1:0" });
        await record.WaitForLinesAsync(1);

        (await record.InterruptAsync()).Should().Be(0);
        record.Errors.Should().BeEmpty();
    }

    [Theory]
    [InlineData("command-line.md")]
    [InlineData("control-api.md")]
    public async Task The_first_commands_of_a_page_succeed(string page)
    {
        var block = CommandBlock().Match(File.ReadAllText(GeneratedFile.PathOf(page))).Groups[1].Value;
        var url = $"http://127.0.0.1:{ServerProcess.FreePort()}";
        var script = block.Replace(DocumentedUrl, url, StringComparison.Ordinal) + "kill $!; wait $!\n";

        var (exitCode, output, errors) = await ServiceProcess.RunInBashAsync(_directory, script, new() { ["EWSIM_urls"] = url });

        errors.Should().BeEmpty();
        exitCode.Should().Be(0);
        output.Should().Contain("ready\n").And.Contain("The realm 'my-test' was reset to the initial state.\n");
    }

    [Fact]
    public void Every_command_has_an_example() => CommandTable.All.Should().OnlyContain(command => command.Examples.Count > 0);

    private static TheoryData<string> LinesOf(string name) =>
        new(CommandTable.Find([name]).Command!.Examples.Select(example => example.Line));

    private static Dictionary<string, string> EnvironmentOf(TestService service) =>
        new() { ["EWSIM_Client__Url"] = new Uri(service.Client.BaseAddress!, "/").ToString() };

    /// <summary>Starts a service with the objects that the examples name, and writes the files that they name.</summary>
    private async Task<TestService> PrepareAsync()
    {
        Directory.CreateDirectory(_directory.File("seeds"));
        foreach (var file in new[] { "seed.json", "seeds/1.json", "seeds/2.json" })
            File.WriteAllText(_directory.File(file), Seed);
        var service = await TestService.StartAsync();
        await SendAsync(service, HttpMethod.Put, "/_control/v1/realms/my-test");
        foreach (var realm in new[] { "", "/realms/my-test" })
        {
            var control = realm + "/_control/v1";
            await SendAsync(service, HttpMethod.Post, control + "/seed", Seed);
            await SendAsync(service, HttpMethod.Put, control + "/snapshots/start");
            await SendAsync(service, HttpMethod.Post, control + "/faults", Fault);
            await service.PostAsync(Encoding.UTF8.GetBytes(EwsRequest.AddImGroup("Friends")), path: realm + EwsOptions.Path);
        }

        return service;
    }

    private static async Task SendAsync(TestService service, HttpMethod method, string path, string? json = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (json is not null)
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        using var response = await service.Client.SendAsync(request);
        response.Should().BeSuccessful();
    }

    [GeneratedRegex(@"```sh\n(ews-im serve .*?)```", RegexOptions.Singleline)]
    private static partial Regex CommandBlock();
}
