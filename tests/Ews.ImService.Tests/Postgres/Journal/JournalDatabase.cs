using Ews.ImService.Control;
using Ews.ImService.Control.Journal;
using Ews.ImService.Postgres.Connections;
using Ews.ImService.Postgres.Journal;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ews.ImService.Tests.Postgres.Journal;

/// <summary>A database with the tables of the journal, and the instances of a service that use it.</summary>
/// <param name="connect">Opens the connections of an instance.</param>
internal sealed class JournalDatabase(Func<string, PostgresConnections> connect) : IAsyncDisposable
{
    /// <summary>Entries are stored when their task completes, also on a machine that is busy.</summary>
    private static readonly JournalTimeLimits Patient = new() { Wait = TimeSpan.FromMinutes(1), Transaction = TimeSpan.FromMinutes(1) };

    private readonly List<PostgresConnections> _connections = [];
    private readonly List<PostgresJournals> _instances = [];
    private PostgresDatabase? _database;

    public static JournalDatabase Create()
    {
        var database = new PostgresDatabase();
        return new JournalDatabase(database.Connect) { _database = database };
    }

    /// <summary>Starts an instance.</summary>
    /// <param name="options">The limits of a journal.</param>
    /// <param name="limits">The times that transactions may take; by default, they are long.</param>
    /// <returns>A function that creates the journal of a realm.</returns>
    public Func<string, IRequestJournal> StartInstance(ControlOptions? options = null, JournalTimeLimits? limits = null)
    {
        _connections.Add(connect(FormattableString.Invariant($"instance-{_instances.Count + 1}")));
        _instances.Add(new PostgresJournals(
            _connections[^1], options ?? new ControlOptions(), NullLogger<PostgresJournals>.Instance, limits ?? Patient));
        return _instances[^1].Create;
    }

    /// <summary>Executes SQL.</summary>
    public string Execute(string sql) => _database!.Execute(sql);

    /// <summary>Locks the journal of a realm until the result is disposed.</summary>
    public Task<JournalLock> LockAsync(string realm) => JournalLock.AcquireAsync(connect("lock"), realm);

    /// <summary>Waits until a transaction waits for a lock.</summary>
    public async Task WaitForBlockedTransactionAsync()
    {
        while (Execute("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'") == "0")
            await Task.Delay(TimeSpan.FromMilliseconds(10));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var instance in _instances)
            await instance.DisposeAsync();
        foreach (var connections in _connections)
            await connections.DisposeAsync();
        _database?.Dispose();
    }
}
