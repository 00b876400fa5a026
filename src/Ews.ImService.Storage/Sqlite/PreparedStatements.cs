using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Ews.ImService.Storage.Sqlite;

/// <summary>The prepared statements of a connection: each text is compiled once. Instances are not thread-safe.</summary>
internal sealed class PreparedStatements(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> _commands = new(StringComparer.Ordinal);

    /// <summary>Executes a statement.</summary>
    /// <param name="sql">The statement, whose parameters are <c>$0</c>, <c>$1</c> and so on.</param>
    /// <param name="values">The values of the parameters.</param>
    /// <returns>The number of changed rows.</returns>
    public int Execute(string sql, params ReadOnlySpan<object?> values) => Bind(sql, values).ExecuteNonQuery();

    /// <summary>Executes a query.</summary>
    /// <param name="sql">The query, whose parameters are <c>$0</c>, <c>$1</c> and so on.</param>
    /// <param name="read">Reads the current row.</param>
    /// <param name="values">The values of the parameters.</param>
    /// <returns>All rows.</returns>
    public List<T> Query<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<object?> values)
    {
        using var reader = Bind(sql, values).ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
            rows.Add(read(reader));
        return rows;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var command in _commands.Values)
            command.Dispose();
    }

    private SqliteCommand Bind(string sql, ReadOnlySpan<object?> values)
    {
        if (!_commands.TryGetValue(sql, out var command))
            _commands[sql] = command = Create(sql, values.Length);
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        return command;
    }

    private SqliteCommand Create(string sql, int parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < parameters; i++)
            command.Parameters.Add(new SqliteParameter("$" + i.ToString(CultureInfo.InvariantCulture), null));
        return command;
    }
}
