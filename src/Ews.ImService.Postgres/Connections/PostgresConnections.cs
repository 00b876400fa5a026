using Ews.ImService.Storage;
using Npgsql;

namespace Ews.ImService.Postgres.Connections;

/// <summary>The connections of this process to its PostgreSQL database.</summary>
/// <remarks>
/// A pooled connection has no state of a session: no <c>SET</c>, <c>LISTEN</c> or session lock. It is therefore not reset when it is
/// returned, and a pooler can assign it to each transaction.
/// </remarks>
internal sealed class PostgresConnections : IAsyncDisposable, IDisposable
{
    private readonly NpgsqlConnectionStringBuilder _settings;

    /// <summary>Prepares connections. The first one is opened when it is used.</summary>
    /// <param name="options">The settings.</param>
    /// <exception cref="FormatException">A connection string is not valid.</exception>
    public PostgresConnections(PostgresOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        InstanceName = options.InstanceName;
        _settings = PostgresConnectionString.ReadWithDefaults(options.ConnectionString);
        Listening = options.ListenConnectionString is { } direct
            ? PostgresConnectionString.ReadWithDefaults(direct)
            : new NpgsqlConnectionStringBuilder(_settings.ConnectionString);
        Listening.Pooling = false;
        Listening.KeepAlive = 15;
        Errors = new PostgresErrors(_settings);
        DataSource = new NpgsqlDataSourceBuilder(_settings.ConnectionString).UseLoggerFactory(options.LoggerFactory).Build();
    }

    /// <summary>Gets the name of this instance.</summary>
    public string InstanceName { get; }

    /// <summary>Gets the name of the database, for messages, without the password.</summary>
    public string Name => Errors.DatabaseName;

    public NpgsqlDataSource DataSource { get; }

    /// <summary>Gets the settings of the connection that receives notifications.</summary>
    public NpgsqlConnectionStringBuilder Listening { get; }

    /// <summary>Gets the messages for the errors of the database.</summary>
    public PostgresErrors Errors { get; }

    /// <summary>Opens a connection, which the caller disposes.</summary>
    /// <exception cref="StorageException">The database cannot be reached, or rejects the connection.</exception>
    public NpgsqlConnection Open()
    {
        try
        {
            return DataSource.OpenConnection();
        }
        catch (Exception e) when (PostgresErrors.IsOfDatabase(e))
        {
            throw Errors.CannotConnect(e);
        }
    }

    /// <inheritdoc cref="Open"/>
    public async ValueTask<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await DataSource.OpenConnectionAsync(cancellationToken);
        }
        catch (Exception e) when (PostgresErrors.IsOfDatabase(e))
        {
            throw Errors.CannotConnect(e);
        }
    }

    /// <summary>
    /// Runs a query, which is repeated if a connection of the pool turns out to be lost. A change whose repetition has another effect
    /// needs <see cref="PostgresTransactions"/>.
    /// </summary>
    /// <exception cref="StorageException">The database cannot be used.</exception>
    public T Query<T>(Func<NpgsqlConnection, T> query)
    {
        for (var isRepetition = false; ; isRepetition = true)
        {
            using var connection = Open();
            try
            {
                return query(connection);
            }
            catch (Exception e) when (!isRepetition && PostgresErrors.IsConnectionLost(e))
            {
                DataSource.Clear();
            }
            catch (Exception e) when (PostgresErrors.IsOfDatabase(e))
            {
                throw Errors.CannotExecute(e);
            }
        }
    }

    /// <inheritdoc cref="Query"/>
    public async Task<T> QueryAsync<T>(Func<NpgsqlConnection, Task<T>> query, CancellationToken cancellationToken)
    {
        for (var isRepetition = false; ; isRepetition = true)
        {
            await using var connection = await OpenAsync(cancellationToken);
            try
            {
                return await query(connection);
            }
            catch (Exception e) when (!isRepetition && PostgresErrors.IsConnectionLost(e))
            {
                DataSource.Clear();
            }
            catch (Exception e) when (PostgresErrors.IsOfDatabase(e))
            {
                throw Errors.CannotExecute(e);
            }
        }
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose() => DataSource.Dispose();

    /// <inheritdoc cref="Dispose"/>
    public ValueTask DisposeAsync() => DataSource.DisposeAsync();
}
