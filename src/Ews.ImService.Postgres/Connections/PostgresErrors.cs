using System.Globalization;
using System.Net.Sockets;
using Ews.ImService.Storage;
using Npgsql;

namespace Ews.ImService.Postgres.Connections;

/// <summary>The messages for errors of PostgreSQL: one line with the database, the problem, and the remedy, without the password.</summary>
/// <param name="settings">The settings of the connections.</param>
internal sealed class PostgresErrors(NpgsqlConnectionStringBuilder settings)
{
    /// <summary>The class of error codes of a connection that cannot be used.</summary>
    private const string ConnectionExceptions = "08";

    /// <summary>A part of the message of Npgsql for a pool without free connections, which has no code.</summary>
    private const string PoolExhausted = "connection pool";

    /// <summary>The error code of a transaction that the database ended, because its client was suspended.</summary>
    private const string IdleInTransactionTimeout = "25P03";

    /// <summary>The beginning of the message of Npgsql for a connection without a password, which has no error code.</summary>
    private const string NoPassword = "No password has been provided";

    /// <summary>Gets the name of the database.</summary>
    public string DatabaseName => $"'{settings.Database ?? settings.Username}' on {Server}";

    private string Server => string.Create(CultureInfo.InvariantCulture, $"{settings.Host}:{settings.Port}");

    /// <summary>Determines whether an exception is an error of the database or of its connection.</summary>
    public static bool IsOfDatabase(Exception e) => e is NpgsqlException or TimeoutException or SocketException;

    /// <summary>Determines whether an exception is an error of the database or of its connection, or a <see cref="StorageException"/>.
    /// </summary>
    public static bool IsFailure(Exception e) => e is StorageException || IsOfDatabase(e);

    /// <summary>Determines whether an exception ended its connection, so that a new connection can succeed.</summary>
    public static bool IsConnectionLost(Exception e) => e switch
    {
        PostgresException error => error.SqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown
            or PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.IdleSessionTimeout
            or IdleInTransactionTimeout
            || error.SqlState.StartsWith(ConnectionExceptions, StringComparison.Ordinal),
        NpgsqlException { InnerException: TimeoutException } => false, // The statement takes too long.
        NpgsqlException or SocketException => true,
        _ => false,
    };

    /// <summary>Determines whether a transaction failed because of another one, so that its repetition can succeed.</summary>
    public static bool IsConflict(PostgresException e) =>
        e.SqlState is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure;

    /// <summary>Returns the exception for a connection that was not opened.</summary>
    public StorageException CannotConnect(Exception e) => new(
        e switch
        {
            PostgresException { SqlState: PostgresErrorCodes.InvalidPassword } =>
                $"The database {DatabaseName} rejected the password of the user '{settings.Username}'.",
            PostgresException { SqlState: PostgresErrorCodes.InvalidAuthorizationSpecification } error =>
                $"The database {DatabaseName} rejected the user '{settings.Username}': {error.MessageText}.",
            PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } =>
                $"The database {DatabaseName} does not exist. Create it, then run \"ews-im migrate\".",
            PostgresException { SqlState: PostgresErrorCodes.TooManyConnections } error =>
                $"The database {DatabaseName} accepts no more connections: {error.MessageText}. Reduce \"Maximum Pool Size\" in the "
                + "connection string, or increase max_connections of the server.",
            PostgresException { SqlState: PostgresErrorCodes.CannotConnectNow } error =>
                $"The database {DatabaseName} is not ready: {error.MessageText}.",
            PostgresException error => $"The database {DatabaseName} rejected the connection: {error.MessageText}.",
            _ when e.GetBaseException() is SocketException socket =>
                $"The database {DatabaseName} cannot be reached: {socket.Message.TrimEnd('.')}. Verify the host and the port, and that the "
                + "server is running.",
            NpgsqlException { InnerException: TimeoutException } when e.Message.Contains(PoolExhausted, StringComparison.Ordinal) =>
                $"All {settings.MaxPoolSize} connections to the database {DatabaseName} were in use for {settings.Timeout} seconds. "
                + "Increase \"Maximum Pool Size\" in the connection string, or add instances.",
            _ when e is TimeoutException || e.InnerException is TimeoutException =>
                $"The database {DatabaseName} cannot be reached: the server did not respond within {settings.Timeout} seconds.",
            _ when e.Message.StartsWith(NoPassword, StringComparison.Ordinal) =>
                $"The database {DatabaseName} requires a password for the user '{settings.Username}'. It can be in the "
                + "environment variable PGPASSWORD, in ~/.pgpass, or in the file Storage:PasswordFile.",
            _ => $"The database {DatabaseName} cannot be used: {e.Message.TrimEnd('.')}.",
        },
        e)
    {
        MayRunAgain = false,
    };

    /// <summary>Returns the exception for a statement that failed.</summary>
    public StorageException CannotExecute(Exception e) =>
        e is PostgresException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction or PostgresErrorCodes.DiskFull }
            ? Rejected(e)
            : CannotRead(e);

    private StorageException CannotRead(Exception e) => new($"The database {DatabaseName} cannot be read: {Describe(e)}.", e)
    {
        MayRunAgain = !IsConnectionLost(e),
    };

    /// <summary>Returns the exception for a change that the database rejected.</summary>
    public StorageException Rejected(Exception e) => new($"The database {DatabaseName} rejected a change: {Describe(e)}.", e)
    {
        MayRunAgain = !IsConnectionLost(e),
    };

    /// <summary>Returns the exception for a change that the database may have committed or not.</summary>
    public StorageException OutcomeUnknown(Exception e) => new(
        $"The connection to the database {DatabaseName} was lost during a commit, and the database cannot be asked for its outcome.", e)
    {
        MayRunAgain = false,
    };

    private string Describe(Exception e) => e switch
    {
        PostgresException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction } => "it is read-only",
        PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } error =>
            $"the user '{settings.Username}' has insufficient rights ({error.MessageText})",
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } => "the disk is full",
        PostgresException { SqlState: PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn } error =>
            $"its tables are not complete ({error.MessageText})",
        PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } error => $"UNIQUE constraint {error.ConstraintName} failed",
        PostgresException { SqlState: PostgresErrorCodes.QueryCanceled } => "a statement was canceled because it took too long",
        _ when IsConnectionLost(e) => "the connection was lost",
        PostgresException error => error.MessageText,
        NpgsqlException { InnerException: TimeoutException } => $"a statement took more than {settings.CommandTimeout} seconds",
        _ => e.Message.TrimEnd('.'),
    };
}
