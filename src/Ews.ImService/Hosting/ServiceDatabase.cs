using System.Runtime.CompilerServices;
using Ews.ImService.Control.Realms;
using Ews.ImService.Logging;
using Ews.ImService.Mailbox;
using Ews.ImService.Postgres;
using Ews.ImService.Settings;
using Ews.ImService.Storage;

namespace Ews.ImService.Hosting;

/// <summary>The database of the service: the store of mailboxes, and the realms.</summary>
internal sealed class ServiceDatabase : IAsyncDisposable
{
    private Func<Task<bool>>? _isUsable;
    private Func<ValueTask>? _close;

    private ServiceDatabase(RealmRegistry realms, SingleWriterStore store) => (Realms, Store) = (realms, store);

    /// <summary>Gets the realms.</summary>
    public RealmRegistry Realms { get; }

    /// <summary>Gets the store of mailboxes, which the caller disposes first.</summary>
    public SingleWriterStore Store { get; }

    /// <summary>Starts to open the database that the settings choose. Npgsql is loaded for PostgreSQL only.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="instrumentation">The meter and the activity source.</param>
    /// <param name="loggers">Creates the loggers of the database.</param>
    /// <exception cref="StorageException">The tables of the database cannot be created or upgraded.</exception>
    public static ServiceDatabase Start(ServiceSettings settings, Instrumentation instrumentation, ILoggerFactory loggers) =>
        settings.Postgres is null ? StartSqlite(settings, instrumentation) : StartPostgres(settings, instrumentation, loggers);

    /// <summary>Returns <c>true</c> if the database can be read and written.</summary>
    /// <remarks>SQLite always can: reads are served from memory, and the next change succeeds as soon as the file can be written again.
    /// </remarks>
    public Task<bool> IsUsableAsync() => _isUsable?.Invoke() ?? Task.FromResult(true);

    /// <summary>Closes the connections to the database.</summary>
    public ValueTask DisposeAsync() => _close?.Invoke() ?? default;

    private static ServiceDatabase StartSqlite(ServiceSettings settings, Instrumentation instrumentation)
    {
        var realms = new RealmRegistry(settings.Control);
        return new ServiceDatabase(realms, MailboxStorage.Start(
            new MailboxStoreOptions(settings.DatabasePath, settings.Limits, realms) { Instrumentation = instrumentation }));
    }

    // The caller must not refer to the type, whose assembly it would load.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ServiceDatabase StartPostgres(ServiceSettings settings, Instrumentation instrumentation, ILoggerFactory loggers)
    {
        var options = PostgresSettings.CreateOptions(settings.Postgres!, loggers);
        if (settings.Migrates)
        {
            var (logger, name) = (loggers.CreateLogger<ServiceDatabase>(), settings.DatabaseName);
            foreach (var migration in PostgresService.Migrate(options))
                HostLog.Migrated(logger, migration, name);
        }

        var service = PostgresService.Start(options, settings.Control, settings.Limits, instrumentation);
        return new ServiceDatabase(service.Realms, service.Store) { _isUsable = service.IsReadyAsync, _close = service.DisposeAsync };
    }
}
