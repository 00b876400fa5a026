using Ews.ImService.Mailbox;
using Ews.ImService.Postgres.Connections;
using Ews.ImService.Postgres.Mailboxes;
using Ews.ImService.Storage;

namespace Ews.ImService.Postgres;

/// <summary>Creates the mailbox store for a PostgreSQL database.</summary>
internal static class PostgresMailboxStorage
{
    /// <summary>Creates a store and starts to open its database.</summary>
    /// <param name="connections">The connections, which the caller disposes after the store.</param>
    /// <param name="limits">The limits of one mailbox.</param>
    /// <param name="realms">The clocks of realms, and the source of mailbox and persona GUIDs.</param>
    /// <param name="instrumentation">The meter and the activity source.</param>
    /// <returns>A store that accepts requests at once and runs them when the database is open.</returns>
    public static SingleWriterStore Start(
        PostgresConnections connections, MailboxLimits limits, IRealms realms, Instrumentation instrumentation) =>
        SingleWriterStore.Start(new PostgresMailboxDatabase(connections), limits, realms, instrumentation);
}
