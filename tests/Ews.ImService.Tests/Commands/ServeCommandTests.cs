namespace Ews.ImService.Tests.Commands;

/// <summary>The options of <c>serve</c> for programs that start the service.</summary>
public sealed class ServeCommandTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task The_url_file_contains_the_url_while_the_service_runs()
    {
        var file = _directory.File("service.url");
        File.WriteAllText(file, "http://127.0.0.1:1\n");
        var (service, client) = await ServiceProcess.StartAsync(_directory, "--db", ":memory:", "--url-file", "service.url");
        await using var running = service;
        using var http = client;

        await WaitForAsync(() => File.Exists(file));
        File.ReadAllText(file).Should().Be(new Uri(http.BaseAddress!, "/").ToString().TrimEnd('/') + "\n");
        (await service.TerminateAsync()).Should().Be(0);

        Directory.EnumerateFileSystemEntries(_directory.Path).Should().BeEmpty();
    }

    [Fact]
    public async Task The_url_file_of_an_earlier_process_is_deleted_even_if_the_start_fails()
    {
        var file = _directory.File("service.url");
        File.WriteAllText(file, "http://127.0.0.1:1\n");

        var failed = await ServiceProcess.RunAsync(
            _directory, ["--db", ":memory:", "--url-file", file, "--seed", "none.json", "--urls", "http://127.0.0.1:0"]);

        failed.ExitCode.Should().Be(1);
        File.Exists(file).Should().BeFalse();
    }

    [Fact]
    public async Task A_url_file_that_cannot_be_written_fails_the_start()
    {
        var file = _directory.File("missing/service.url");

        var failed = await ServiceProcess.RunAsync(
            _directory, ["--db", ":memory:", "--url-file", file, "--urls", "http://127.0.0.1:0"]);

        failed.ExitCode.Should().Be(1);
        failed.Errors.Should().StartWith($"The file '{file}' cannot be written: ");
        failed.Output.Should().BeEmpty("the service did not start");
    }

    [Fact]
    public async Task The_url_file_of_another_service_is_not_deleted_at_the_stop()
    {
        var file = _directory.File("service.url");
        var (service, client) = await ServiceProcess.StartAsync(_directory, "--db", ":memory:", "--url-file", file);
        await using var running = service;
        using var http = client;
        await WaitForAsync(() => File.Exists(file));
        File.WriteAllText(file, "http://127.0.0.1:1\n");

        (await service.TerminateAsync()).Should().Be(0);

        File.ReadAllText(file).Should().Be("http://127.0.0.1:1\n");
    }

    [Fact]
    public async Task Standard_input_that_cannot_be_read_stops_the_service()
    {
        var stopped = await ServiceProcess.RunWithInputAsync(
            _directory, _directory.Path, "--db", ":memory:", "--urls", "http://127.0.0.1:0", "--stop-with-stdin");

        stopped.Should().Match<(int ExitCode, string Output, string Errors)>(result => result.ExitCode == 0 && result.Errors == "");
        stopped.Output.Should().Contain("Standard input has ended");
    }

    [Fact]
    public async Task The_end_of_standard_input_stops_the_service()
    {
        var (service, client) = await ServiceProcess.StartAsync(
            _directory, "--db", ":memory:", "--url-file", "service.url", "--stop-with-stdin");
        await using var running = service;
        using var http = client;
        (await http.GetAsync("/readyz")).EnsureSuccessStatusCode();

        (await service.EndInputAsync()).Should().Be(0);

        service.OutputLines.TakeLast(3).Should().SatisfyRespectively(
            line => line.Should().EndWith("Standard input has ended"),
            line => line.Should().EndWith("The service is shutting down"),
            line => line.Should().EndWith("The service has stopped"));
        File.Exists(_directory.File("service.url")).Should().BeFalse();
    }

    [Fact]
    public async Task Without_the_option_the_end_of_standard_input_has_no_effect()
    {
        var (service, client) = await ServiceProcess.StartAsync(_directory, "--db", ":memory:");
        await using var running = service;
        using var http = client;

        service.CloseInput();

        for (var i = 0; i < 5; i++)
            (await http.GetAsync("/readyz")).EnsureSuccessStatusCode();
        (await service.TerminateAsync()).Should().Be(0);
        service.Output.Should().NotContain("Standard input");
    }

    private static async Task WaitForAsync(Func<bool> condition)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!condition())
            await Task.Delay(10, timeout.Token);
    }
}
