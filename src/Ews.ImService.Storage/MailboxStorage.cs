using Ews.ImService.Storage.Sqlite;

namespace Ews.ImService.Storage;

/// <summary>Creates the mailbox store for a database.</summary>
public static class MailboxStorage
{
    /// <summary>Creates a store and starts to open its database.</summary>
    /// <param name="options">The database, and the settings of mailboxes.</param>
    /// <returns>A store that accepts requests at once and runs them when the database is open.</returns>
    public static SingleWriterStore Start(MailboxStoreOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return SingleWriterStore.Start(new SqliteMailboxDatabase(options.Path), options.Limits, options.Realms, options.Instrumentation);
    }
}
