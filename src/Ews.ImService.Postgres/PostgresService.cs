using Ews.ImService.Control;
using Ews.ImService.Control.Realms;
using Ews.ImService.Mailbox;
using Ews.ImService.Postgres.Connections;
using Ews.ImService.Postgres.Journal;
using Ews.ImService.Postgres.Mailboxes;
using Ews.ImService.Postgres.Realms;
using Ews.ImService.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ews.ImService.Postgres;

/// <summary>The parts of a service that use its PostgreSQL database.</summary>
internal sealed class PostgresService : IAsyncDisposable
{
    private readonly PostgresConnections _connections;
    private readonly PostgresReadiness _readiness;
    private readonly PostgresRealmStates _states;
    private readonly PostgresJournals _journals;

    private PostgresService(
        PostgresOptions options, ControlOptions control, MailboxLimits limits, Instrumentation instrumentation)
    {
        _connections = new PostgresConnections(options);
        _readiness = new PostgresReadiness(options, TimeProvider.System);
        var loggers = options.LoggerFactory ?? NullLoggerFactory.Instance;
        _journals = new PostgresJournals(_connections, control, loggers.CreateLogger<PostgresJournals>());
        Realms = new RealmRegistry(control, registry => new PostgresRealmStates(registry, control, _connections))
        {
            CreateJournal = _journals.Create,
        };
        _states = (PostgresRealmStates)Realms.States;
        Store = SingleWriterStore.Start(new PostgresMailboxDatabase(_connections), limits, Realms, instrumentation);
    }

    /// <summary>Gets the realms.</summary>
    public RealmRegistry Realms { get; }

    /// <summary>Gets the store of mailboxes, which the caller disposes before this object.</summary>
    public SingleWriterStore Store { get; }

    /// <summary>Creates or upgrades the tables.</summary>
    /// <param name="options">The database.</param>
    /// <returns>The names of the migrations that were applied.</returns>
    /// <exception cref="StorageException">The database cannot be used.</exception>
    public static IReadOnlyList<string> Migrate(PostgresOptions options)
    {
        using var connections = new PostgresConnections(options);
        return new PostgresSchema(connections).Migrate();
    }

    /// <summary>Starts to open the database.</summary>
    /// <param name="options">The database.</param>
    /// <param name="control">The options of realms.</param>
    /// <param name="limits">The limits of one mailbox.</param>
    /// <param name="instrumentation">The meter and the activity source.</param>
    public static PostgresService Start(
        PostgresOptions options, ControlOptions control, MailboxLimits limits, Instrumentation instrumentation) =>
        new(options, control, limits, instrumentation);

    /// <summary>Returns <c>true</c> if the database can be read and written.</summary>
    public Task<bool> IsReadyAsync() => _readiness.IsReadyAsync();

    /// <summary>Stores the journal, and closes the connections.</summary>
    public async ValueTask DisposeAsync()
    {
        await _journals.DisposeAsync();
        await _states.DisposeAsync();
        await _readiness.DisposeAsync();
        await _connections.DisposeAsync();
    }
}
