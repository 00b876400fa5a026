using System.Collections.Concurrent;

namespace Ews.ImService.Tests.Hosting;

public sealed class DurabilityTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_termination_signal_stops_the_service_with_code_0_and_all_changes_in_one_file()
    {
        var (service, client) = await ServiceProcess.StartAsync(_directory, "--db", "mailboxes.db");
        await using var _ = service;
        await AddAsync(client, "Team");

        (await service.TerminateAsync()).Should().Be(0);

        service.Errors.Should().BeEmpty();
        var (again, _) = await ServiceProcess.StartAsync(_directory, "--db", "mailboxes.db");
        await using (again)
            await again.TerminateAsync();
        Directory.EnumerateFiles(_directory.Path).Select(Path.GetFileName).Should().Equal("mailboxes.db");
    }

    [Fact]
    public async Task A_full_disk_fails_requests_without_losing_acknowledged_changes()
    {
        var acknowledged = new List<string>();
        var (service, client) = await ServiceProcess.StartWithFileLimitAsync(_directory, 1500, "--db", "mailboxes.db");
        string failure;
        await using (service)
        {
            while ((failure = await AddAsync(client, Name(acknowledged.Count))).Contains("NoError", StringComparison.Ordinal))
                acknowledged.Add(Name(acknowledged.Count));

            failure.Should().Contain("a:ErrorInternalServerError");
            (await AddAsync(client, Name(acknowledged.Count))).Should().Contain("a:ErrorInternalServerError", "the disk is still full");
            (await AddAsync(client, acknowledged[0])).Should().Contain("ErrorImGroupDisplayNameAlreadyExists");
        }

        var (restarted, restartedClient) = await ServiceProcess.StartAsync(_directory, "--db", "mailboxes.db");
        await using var _ = restarted;
        foreach (var name in acknowledged)
            (await AddAsync(restartedClient, name)).Should().Contain("ErrorImGroupDisplayNameAlreadyExists");
        (await AddAsync(restartedClient, Name(acknowledged.Count))).Should().Contain("NoError");

        static string Name(int number) => $"{number} {new string('x', 20_000)}";
    }

    [Fact]
    public async Task Acknowledged_changes_survive_SIGKILL_under_load()
    {
        const int Rounds = 5;
        const int WritesPerRound = 40;
        var acknowledged = new ConcurrentQueue<string>();
        for (var round = 0; round < Rounds; round++)
        {
            var (service, client) = await StartAsync();
            await using var _ = service;
            var writers = Enumerable.Range(0, 8)
                .Select(writer => WriteUntilKilledAsync(client, $"{round}-{writer}", acknowledged))
                .ToList();
            while (acknowledged.Count < WritesPerRound * (round + 1) && writers.TrueForAll(writer => !writer.IsCompleted))
                await Task.Delay(10);
            await service.KillAsync();
            await Task.WhenAll(writers);
        }

        acknowledged.Should().HaveCountGreaterThanOrEqualTo(Rounds * WritesPerRound);
        var (last, lastClient) = await StartAsync();
        await using var __ = last;
        foreach (var name in acknowledged)
            (await AddAsync(lastClient, name)).Should().Contain("ErrorImGroupDisplayNameAlreadyExists", name);

        Task<(ServiceProcess, HttpClient)> StartAsync() =>
            ServiceProcess.StartAsync(_directory, "--db", "mailboxes.db", "--Limits:MaxGroups", "1000000");
    }

    private static Task<string> AddAsync(HttpClient client, string group) => ServiceProcess.PostAsync(client, EwsRequest.AddImGroup(group));

    private static async Task WriteUntilKilledAsync(HttpClient client, string prefix, ConcurrentQueue<string> acknowledged)
    {
        try
        {
            for (var number = 0; ; number++)
            {
                var name = $"{prefix}-{number}";
                (await AddAsync(client, name)).Should().Contain("NoError");
                acknowledged.Enqueue(name);
            }
        }
        catch (HttpRequestException)
        {
            // The service was killed.
        }
    }
}
