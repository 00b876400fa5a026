using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Ews.ImService.Harness;
using Ews.ImService.Postgres.Connections;

namespace Ews.ImService.Storage.Tests.Postgres;

/// <summary>The verification that a database can be used. The limits of the connection string are longer than those of the tests.</summary>
public sealed class PostgresReadinessTests
{
    private const string Limits = ";Timeout=600;Command Timeout=600;Maximum Pool Size=1";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task A_server_that_accepts_connections_and_sends_nothing_is_not_ready()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var port = ((IPEndPoint)server.LocalEndpoint).Port;
        await using var readiness = Create(string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={port};Username=ews"));

        (await readiness.IsReadyAsync().WaitAsync(Limit)).Should().BeFalse();
    }

    [PostgresFact]
    public async Task A_connection_without_responses_is_not_ready_and_is_replaced()
    {
        var database = PrivatePostgres.Shared.CreateDatabase();
        await using var readiness = Create(PrivatePostgres.Shared.ConnectionString(database));
        await WaitUntilAsync(readiness, true);
        var backends = PrivatePostgres.Shared.Execute($"SELECT pid FROM pg_stat_activity WHERE datname = '{database}'").Split('\n');

        await SignalAsync("STOP", backends);
        try
        {
            await WaitUntilAsync(readiness, false);
            await WaitUntilAsync(readiness, true);
        }
        finally
        {
            await SignalAsync("CONT", backends);
        }
    }

    [PostgresFact]
    public async Task A_database_is_ready_while_all_connections_are_in_use()
    {
        var database = PrivatePostgres.Shared.ConnectionString(PrivatePostgres.Shared.CreateDatabase());
        await using var connections = new PostgresConnections(new PostgresOptions(database + Limits, "test"));
        await using var only = await connections.OpenAsync(default);
        await using var readiness = Create(database);

        await WaitUntilAsync(readiness, true);
    }

    private static PostgresReadiness Create(string connectionString) =>
        new(new PostgresOptions(connectionString + Limits, "test"), new LeapingClock());

    private static async Task WaitUntilAsync(PostgresReadiness readiness, bool isReady)
    {
        using var timeout = new CancellationTokenSource(Limit);
        while (await readiness.IsReadyAsync().WaitAsync(timeout.Token) != isReady)
            await Task.Delay(20, timeout.Token);
    }

    private static async Task SignalAsync(string signal, IEnumerable<string> processes)
    {
        using var kill = Process.Start("kill", ["-s", signal, .. processes]);
        await kill.WaitForExitAsync();
        kill.ExitCode.Should().Be(0);
    }

    /// <summary>A clock that is an hour later each time, so that each call verifies.</summary>
    private sealed class LeapingClock : TimeProvider
    {
        private long _hours;

        public override long GetTimestamp() => Interlocked.Increment(ref _hours) * 3600 * TimestampFrequency;
    }
}
