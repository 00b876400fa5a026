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
    private readonly List<PostgresConnections> _connections = [];
    private readonly List<PostgresJournals> _instances = [];
    private PostgresDatabase? _database;

    public static JournalDatabase Create()
    {
        var database = new PostgresDatabase();
        return new JournalDatabase(database.Connect) { _database = database };
    }

    /// <summary>Starts an instance.</summary>
    /// <returns>A function that creates the journal of a realm.</returns>
    public Func<string, IRequestJournal> StartInstance(ControlOptions? options = null)
    {
        _connections.Add(connect(FormattableString.Invariant($"instance-{_instances.Count + 1}")));
        _instances.Add(
            new PostgresJournals(_connections[^1], options ?? new ControlOptions(), NullLogger<PostgresJournals>.Instance));
        return _instances[^1].Create;
    }

    /// <summary>Executes SQL.</summary>
    public string Execute(string sql) => _database!.Execute(sql);

    public async ValueTask DisposeAsync()
    {
        foreach (var instance in _instances)
            await instance.DisposeAsync();
        foreach (var connections in _connections)
            await connections.DisposeAsync();
        _database?.Dispose();
    }
}
