using System.Net;
using System.Net.Sockets;
using Ews.ImService.Harness;
using Ews.ImService.Storage;

namespace Ews.ImService.Tests.Hosting;

public sealed class StartTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_port_in_use_fails_the_start()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var url = $"http://{taken.LocalEndpoint}";

        var (exitCode, output, errors) = await ServiceProcess.RunAsync(_directory, ["--urls", url, "--db", ":memory:"]);

        exitCode.Should().Be(1);
        errors.Trim().Should().Be(
            $"The service cannot listen on {url}: "
            + $"Failed to bind to address {url}: address already in use. Use --urls to name another URL.");
        output.Should().BeEmpty();
    }

    [Fact]
    public async Task An_unknown_Serilog_sink_fails_the_start()
    {
        var (exitCode, _, errors) = await ServiceProcess.RunAsync(_directory, ["--db", ":memory:", "--Serilog:WriteTo:0:Name", "Nonsense"]);

        exitCode.Should().Be(2);
        errors.Should().StartWith("Serilog is not valid: ").And.Contain("Nonsense");
    }

    [Fact]
    public async Task A_database_in_use_fails_the_start_of_a_second_process()
    {
        var file = _directory.File("mailboxes.db");
        var (first, client) = await ServiceProcess.StartAsync(_directory, "--db", file);
        await using var _ = first;

        var (exitCode, _, errors) = await ServiceProcess.RunAsync(_directory, ["--urls", "http://127.0.0.1:0", "--db", file]);

        exitCode.Should().Be(1);
        errors.Trim().Should().Be(
            $"The database '{file}' is in use by another process. Stop that process, or specify another file with --db.");
        (await ServiceProcess.PostAsync(client, EwsRequest.AddImGroup("Team"))).Should().Contain("NoError");
    }

    [Fact]
    public async Task A_service_whose_database_is_in_use_does_not_listen()
    {
        var settings = TestService.InMemory with { DatabasePath = _directory.File("mailboxes.db") };
        await using var first = await TestService.StartAsync(settings);
        var port = ServerProcess.FreePort();
        await using var second = ImServiceHost.Create(settings with { Urls = [$"http://127.0.0.1:{port}"] });

        await second.Invoking(service => service.StartAsync()).Should().ThrowAsync<StorageException>();

        using var client = new TcpClient();
        await client.Invoking(it => it.ConnectAsync(IPAddress.Loopback, port)).Should().ThrowAsync<SocketException>();
    }

    [Fact]
    public async Task The_lock_of_a_database_is_kept_when_its_own_process_tries_to_open_it_again()
    {
        var settings = TestService.InMemory with { DatabasePath = _directory.File("mailboxes.db") };
        await using var first = await TestService.StartAsync(settings);
        await using (var second = ImServiceHost.Create(settings))
            await second.Invoking(service => service.StartAsync()).Should().ThrowAsync<StorageException>();

        var (exitCode, _, errors) = await ServiceProcess.RunAsync(
            _directory, ["--urls", "http://127.0.0.1:0", "--db", settings.DatabasePath]);

        exitCode.Should().Be(1);
        errors.Should().Contain("in use by another process");
    }

    [Fact]
    public async Task A_file_that_is_not_a_database_fails_the_start_and_is_not_changed()
    {
        var file = _directory.File("notes.txt");
        File.WriteAllText(file, "These are my notes.");

        var (exitCode, output, errors) = await ServiceProcess.RunAsync(_directory, ["--urls", "http://127.0.0.1:0", "--db", file]);

        exitCode.Should().Be(1);
        errors.Trim().Should().StartWith($"The file '{file}' is not a database of this service").And.NotContain("\n");
        output.Should().BeEmpty();
        File.ReadAllText(file).Should().Be("These are my notes.");
        Directory.EnumerateFiles(_directory.Path).Should().ContainSingle();
    }
}
