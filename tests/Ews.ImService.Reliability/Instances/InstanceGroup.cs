using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace Ews.ImService.Reliability.Instances;

/// <summary>Three instances of the service on one private PostgreSQL, behind a load balancer.</summary>
internal sealed class InstanceGroup : IDisposable
{
    /// <summary>The number of contacts that the service allows in a mailbox.</summary>
    public const int MaxContacts = 200;

    private const int Count = 3;

    private static readonly TimeSpan ReadyTimeout = TimeSpan.FromSeconds(60);

    private readonly RunContext _context;
    private readonly string[] _settings;
    private readonly string _database;
    private readonly ServerProcess[] _instances;
    private readonly ServerProcess? _balancer;
    private readonly RoundRobin? _roundRobin;
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(10) };

    private InstanceGroup(RunContext context, string[] settings)
    {
        _context = context;
        _settings = settings;
        Postgres = PrivatePostgres.Start();
        _database = Postgres.CreateDatabase();
        RunMigrate();
        _instances = new ServerProcess[Count];
        for (var index = 0; index < Count; index++)
            _instances[index] = Start(index, ServerProcess.FreePort());
        int[] ports = [.. _instances.Select(instance => instance.Port)];
        _balancer = LoadBalancer.Start(context, ports);
        if (_balancer is not null)
            return;
        if (context.Balancer is null)
            context.Report("NOT TESTED: HAPROXY AND NGINX ARE NOT INSTALLED. CONNECTIONS ARE DISTRIBUTED BY THIS PROGRAM INSTEAD.");
        _roundRobin = new RoundRobin(ports);
    }

    /// <summary>Gets the database server.</summary>
    public PrivatePostgres Postgres { get; }

    /// <summary>Gets the port of the load balancer.</summary>
    public int Port => _balancer?.Port ?? _roundRobin!.Port;

    /// <summary>Gets the root URL of the load balancer.</summary>
    public Uri Url => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port}/"));

    /// <summary>Gets the instances.</summary>
    public IReadOnlyList<ServerProcess> Instances => _instances;

    /// <summary>Migrates an empty database, and starts the instances and the load balancer.</summary>
    /// <param name="context">The run.</param>
    /// <param name="settings">Further settings of the instances.</param>
    /// <exception cref="RunException">A server did not start.</exception>
    public static async Task<InstanceGroup> StartAsync(RunContext context, params string[] settings)
    {
        var group = new InstanceGroup(context, settings);
        group._balancer?.Connect().Dispose();
        await group.WaitUntilReadyAsync();
        await group.WaitUntilBalancedAsync();
        return group;
    }

    /// <summary>Waits until every instance can use the database.</summary>
    /// <exception cref="RunException">An instance exited, or cannot use the database in time.</exception>
    public async Task WaitUntilReadyAsync()
    {
        var started = Stopwatch.GetTimestamp();
        foreach (var instance in _instances)
        {
            while (!await IsReadyAsync(instance.Url))
            {
                if (instance.HasExited)
                    throw new RunException($"The instance at port {instance.Port} exited: {instance.ReadErrors()}");
                if (Stopwatch.GetElapsedTime(started) > ReadyTimeout)
                    throw new RunException($"The instance at port {instance.Port} is not ready after {ReadyTimeout.TotalSeconds} s.");
                await Task.Delay(20);
            }
        }
    }

    /// <summary>Kills an instance.</summary>
    public void Kill(int index) => _instances[index].Dispose();

    /// <summary>Starts an instance that was killed, on the same port.</summary>
    public void StartAgain(int index) => _instances[index] = Start(index, _instances[index].Port);

    /// <summary>Closes all connections to the database.</summary>
    public void CutConnections() => Postgres.CutConnections(_database);

    /// <summary>Executes SQL in the database of the instances.</summary>
    public string Execute(string sql) => Postgres.Execute(sql, _database);

    /// <summary>Waits until no transaction of a connection that was lost runs in the database.</summary>
    public async Task WaitUntilIdleAsync()
    {
        while (Execute("SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend' "
            + "AND state <> 'idle' AND pid <> pg_backend_pid() LIMIT 1").Length > 0)
        {
            await Task.Delay(20);
        }
    }

    /// <summary>Verifies that no instance reported an error.</summary>
    /// <exception cref="RunException">An instance reported an error.</exception>
    public void VerifyLogs()
    {
        foreach (var instance in _instances)
        {
            if (_context.ReadLog(instance) + instance.ReadErrors() is { Length: > 0 } errors)
                throw new RunException($"The instance at port {instance.Port} reported: {errors}");
        }
    }

    public void Dispose()
    {
        _balancer?.Dispose();
        _roundRobin?.Dispose();
        foreach (var instance in _instances)
            instance.Dispose();
        _http.Dispose();
        Postgres.Dispose();
    }

    private static string Name(int index) => string.Create(CultureInfo.InvariantCulture, $"im{index + 1}");

    private ServerProcess Start(int index, int port) => _context.StartServiceOn(
        port,
        Postgres.UrlOf(_database),
        [
            "--Storage:InstanceName", Name(index), "--Proxy:TrustForwardedHeaders", "true", "--Limits:MaxGroups", "100000",
            "--Limits:MaxContacts", MaxContacts.ToString(CultureInfo.InvariantCulture), "--Directory:AnyDistributionGroup", "true",
            .. _settings,
        ]);

    private void RunMigrate()
    {
        using var migrate = Process.Start(
            new ProcessStartInfo(_context.Program, ["migrate", "--db", Postgres.UrlOf(_database)]) { RedirectStandardOutput = true })!;
        var output = migrate.StandardOutput.ReadToEnd();
        migrate.WaitForExit();
        if (migrate.ExitCode != 0)
            throw new RunException($"The tables were not created: {output}");
    }

    /// <summary>Waits until the load balancer, which checks instances from time to time, sends requests to them.</summary>
    private async Task WaitUntilBalancedAsync()
    {
        var started = Stopwatch.GetTimestamp();
        while (!await IsReadyAsync(Url))
        {
            if (Stopwatch.GetElapsedTime(started) > ReadyTimeout)
                throw new RunException($"The load balancer finds no instance after {ReadyTimeout.TotalSeconds} s.");
            await Task.Delay(20);
        }
    }

    private async Task<bool> IsReadyAsync(Uri root)
    {
        try
        {
            using var response = await _http.GetAsync(new Uri(root, "readyz"));
            return response.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
