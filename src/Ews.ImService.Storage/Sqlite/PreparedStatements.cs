using SQLitePCL;

namespace Ews.ImService.Storage.Sqlite;

/// <summary>The prepared statements of a connection: each text is compiled once. Instances are not thread-safe.</summary>
internal sealed class PreparedStatements(sqlite3 database) : IDisposable
{
    private readonly Dictionary<string, PreparedStatement> _statements = new(StringComparer.Ordinal);

    /// <summary>Gets the statement with a text.</summary>
    /// <param name="sql">The text.</param>
    public PreparedStatement this[string sql]
    {
        get
        {
            if (!_statements.TryGetValue(sql, out var statement))
                _statements[sql] = statement = new PreparedStatement(database, sql);
            return statement;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var statement in _statements.Values)
            statement.Dispose();
    }
}
