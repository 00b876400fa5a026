using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Ews.ImService.Mailbox;
using Microsoft.Data.Sqlite;

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
            (await UserGroupsAsync(client)).Keys.Should().Equal(acknowledged, "readers do not see a change that was rejected");
            service.Output.Should().Contain("rejected a change").And.NotContain("   at ", "each rejected request is one line");
        }

        var (restarted, restartedClient) = await ServiceProcess.StartAsync(_directory, "--db", "mailboxes.db");
        await using var _ = restarted;
        foreach (var name in acknowledged)
            (await AddAsync(restartedClient, name)).Should().Contain("ErrorImGroupDisplayNameAlreadyExists");
        (await AddAsync(restartedClient, Name(acknowledged.Count))).Should().Contain("NoError");

        static string Name(int number) => $"{number} {new string('x', 20_000)}";
    }

    [Theory]
    [InlineData("POST", "/reset")]
    [InlineData("POST", "/snapshots/before/restore")]
    [InlineData("DELETE", "/realms/a")]
    public async Task A_call_for_a_whole_realm_on_a_full_disk_changes_nothing(string method, string call)
    {
        const string api = "/realms/a/_control/v1";
        var (service, client) = await ServiceProcess.StartWithFileLimitAsync(_directory, 1500, "--db", "mailboxes.db");
        await using var _ = service;
        client.BaseAddress = new Uri(client.BaseAddress!, "/realms/a/EWS/Exchange.asmx");
        await AddAsync(client, "Before");
        await SendAsync("PUT", "/snapshots/before", HttpStatusCode.NoContent);
        await SendAsync("PUT", "/clock", HttpStatusCode.OK);
        await SendAsync("POST", "/faults", HttpStatusCode.Created, """{ "kind": "drop", "mailbox": "other@contoso.com" }""");
        foreach (var length in new[] { 20_000, 1 })
        {
            var number = 0;
            while ((await AddAsync(client, $"{number++} {new string('x', length)}")).Contains("NoError", StringComparison.Ordinal))
            {
            }
        }

        var before = await StateAsync();
        var problem = await SendAsync(method, call, HttpStatusCode.InsufficientStorage);

        problem.Should().Contain("The database cannot be used. A change may have taken place: read the state before you repeat the call. "
                + "See the server log.")
            .And.NotContainAny("SQLite", "full", "mailboxes.db");
        (await StateAsync()).Should().Equal(before);

        async Task<List<string>> StateAsync()
        {
            string[] paths = ["/faults", "/clock", "/journal?limit=1000", "/seed", "/snapshots", "/realms"];
            var state = new List<string>();
            foreach (var path in paths)
                state.Add(await client.GetStringAsync(api + path));
            return state;
        }

        async Task<string> SendAsync(string method, string path, HttpStatusCode expected, string? body = null)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), api + path);
            request.Content = body is null ? null : new StringContent(body);
            using var response = await client.SendAsync(request);
            response.StatusCode.Should().Be(expected);
            return await response.Content.ReadAsStringAsync();
        }
    }

    [Fact]
    public async Task A_service_that_starts_on_a_full_disk_returns_the_acknowledged_changes()
    {
        const int StartsUntilLogAndFileAreFull = 3;
        var acknowledged = new List<string>();
        for (var start = 0; start <= StartsUntilLogAndFileAreFull; start++)
        {
            var (service, client) = await ServiceProcess.StartWithFileLimitAsync(_directory, 1500, "--db", "mailboxes.db");
            await using var _ = service;
            (await UserGroupsAsync(client)).Keys.Should().Equal(acknowledged);
            while ((await AddAsync(client, Name(acknowledged.Count))).Contains("NoError", StringComparison.Ordinal))
                acknowledged.Add(Name(acknowledged.Count));
        }

        static string Name(int number) => $"{number} {new string('x', 20_000)}";
    }

    [Fact]
    public async Task Acknowledged_changes_survive_SIGKILL_under_load()
    {
        const int Rounds = 5;
        const int WritesPerRound = 40;
        var acknowledged = new ConcurrentDictionary<string, string>();
        for (var round = 0; round < Rounds; round++)
        {
            var (service, client) = await StartAsync();
            await using var _ = service;
            acknowledged.Except(await UserGroupsAsync(client)).Should().BeEmpty("an acknowledged group is in the file, with its id");
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
        (await AddAsync(lastClient, "Last")).Should().Contain("NoError");
        var groups = await UserGroupsAsync(lastClient);
        acknowledged.Except(groups).Should().BeEmpty();
        groups.Values.Should().OnlyHaveUniqueItems("the counter of ids continues after the last committed id");

        Task<(ServiceProcess, HttpClient)> StartAsync() =>
            ServiceProcess.StartAsync(_directory, "--db", "mailboxes.db", "--Limits:MaxGroups", "1000000");
    }

    [Fact]
    public async Task A_change_is_in_the_files_when_its_response_arrives()
    {
        const int Writers = 8;
        const int WritesPerWriter = 5;
        var settings = TestService.InMemory with { DatabasePath = _directory.File("mailboxes.db") };
        await using var service = await TestService.StartAsync(settings);
        var copying = new Lock();

        var stored = await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            var inFile = new List<bool>();
            for (var number = 0; number < WritesPerWriter; number++)
            {
                var name = $"{writer}-{number}";
                (await service.PostAsync(EwsRequest.AddImGroup(name))).Should().Succeed();
                lock (copying)
                    inFile.Add(CopyContains(name));
            }

            return inFile;
        })));

        stored.SelectMany(inFile => inFile).Should().HaveCount(Writers * WritesPerWriter).And.OnlyContain(inFile => inFile);
    }

    /// <summary>Copies the database of a running service, and determines whether the copy contains a group.</summary>
    /// <remarks>
    /// The service locks the file, so that it cannot be read in place. The database is smaller than the number of pages after which the
    /// write-ahead log is copied to it, so that the copies of both files match.
    /// </remarks>
    private bool CopyContains(string group)
    {
        File.Copy(_directory.File("mailboxes.db"), _directory.File("copy.db"), overwrite: true);
        File.Copy(_directory.File("mailboxes.db-wal"), _directory.File("copy.db-wal"), overwrite: true);
        using var connection = new SqliteConnection($"Data Source={_directory.File("copy.db")};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT COUNT(*) FROM ImGroups WHERE DisplayName = $name";
        command.Parameters.AddWithValue("$name", group);
        return command.ExecuteScalar() is 1L;
    }

    private static Task<string> AddAsync(HttpClient client, string group) => ServiceProcess.PostAsync(client, EwsRequest.AddImGroup(group));

    /// <summary>Returns the ids of the groups that were added, by name.</summary>
    private static async Task<Dictionary<string, string>> UserGroupsAsync(HttpClient client)
    {
        var response = await ServiceProcess.PostAsync(client, EwsRequest.For("GetImItemList", ""));
        return new EwsResponse(200, null, Encoding.UTF8.GetBytes(response)).All("ImGroup")
            .Select(group => group.Elements().ToDictionary(element => element.Name.LocalName))
            .Where(group => group["GroupType"].Value == GroupType.UserGroup)
            .ToDictionary(group => group["DisplayName"].Value, group => group["ExchangeStoreId"].Attribute("Id")!.Value);
    }

    private static async Task WriteUntilKilledAsync(HttpClient client, string prefix, ConcurrentDictionary<string, string> acknowledged)
    {
        try
        {
            for (var number = 0; ; number++)
            {
                var name = $"{prefix}-{number}";
                var response = await AddAsync(client, name);
                response.Should().Contain("NoError");
                var id = new EwsResponse(200, null, Encoding.UTF8.GetBytes(response)).Id("ExchangeStoreId");
                acknowledged.TryAdd(name, id).Should().BeTrue();
            }
        }
        catch (HttpRequestException)
        {
            // The service was killed.
        }
    }
}
