using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Ews.ImService.Storage.Sqlite;

/// <summary>A statement that is compiled once and executed many times. Instances are not thread-safe.</summary>
/// <remarks>
/// Every execution binds all parameters, in the order of their numbers. The types of values and columns are those of EF Core: a Boolean
/// value is 0 or 1, and a GUID is a text in upper case.
/// </remarks>
internal sealed class PreparedStatement : IDisposable
{
    private const int MaxCharsOnStack = 256;

    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;
    private readonly int _parameters;
    private int _bound;

    /// <summary>Compiles a statement.</summary>
    /// <exception cref="SqliteException">The statement is not valid, or the database cannot be read.</exception>
    public PreparedStatement(sqlite3 database, string sql)
    {
        _database = database;
        Verify(raw.sqlite3_prepare_v2(database, sql, out _statement));
        _parameters = raw.sqlite3_bind_parameter_count(_statement);
    }

    /// <summary>Binds the next parameter to an integer.</summary>
    public PreparedStatement Bind(long value)
    {
        Verify(raw.sqlite3_bind_int64(_statement, ++_bound, value));
        return this;
    }

    /// <summary>Binds the next parameter to an integer, or to NULL.</summary>
    public PreparedStatement Bind(long? value)
    {
        if (value is { } number)
            return Bind(number);
        Verify(raw.sqlite3_bind_null(_statement, ++_bound));
        return this;
    }

    /// <summary>Binds the next parameter to a Boolean value.</summary>
    public PreparedStatement Bind(bool value) => Bind(value ? 1 : 0);

    /// <summary>Binds the next parameter to a GUID.</summary>
    public PreparedStatement Bind(Guid value) => Bind(value.ToString("D").ToUpperInvariant());

    /// <summary>Binds the next parameter to a text, or to NULL.</summary>
    public PreparedStatement Bind(string? text)
    {
        _bound++;
        if (text is null)
            Verify(raw.sqlite3_bind_null(_statement, _bound));
        else if (text.Length is 0 or > MaxCharsOnStack) // An empty span would be bound as NULL.
            Verify(raw.sqlite3_bind_text(_statement, _bound, text));
        else
            BindOnStack(text);
        return this;
    }

    /// <summary>Binds the next parameter to bytes.</summary>
    public PreparedStatement Bind(byte[] bytes)
    {
        _bound++;
        // An empty array would be bound as NULL.
        Verify(bytes.Length == 0
            ? raw.sqlite3_bind_zeroblob(_statement, _bound, 0)
            : raw.sqlite3_bind_blob(_statement, _bound, bytes));
        return this;
    }

    /// <summary>Executes the statement.</summary>
    /// <returns>The number of changed rows.</returns>
    /// <exception cref="SqliteException">SQLite rejected the change.</exception>
    public int Execute()
    {
        try
        {
            while (Step())
            {
            }

            return raw.sqlite3_changes(_database);
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>Executes a query.</summary>
    /// <param name="read">Reads the current row.</param>
    /// <returns>All rows.</returns>
    /// <exception cref="SqliteException">The database cannot be read.</exception>
    public List<T> Query<T>(Func<PreparedStatement, T> read)
    {
        try
        {
            var rows = new List<T>();
            while (Step())
                rows.Add(read(this));
            return rows;
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>Returns an integer of the current row.</summary>
    public long GetInt64(int column) => raw.sqlite3_column_int64(_statement, column);

    /// <summary>Returns an integer of the current row.</summary>
    public int GetInt32(int column) => raw.sqlite3_column_int(_statement, column);

    /// <summary>Returns an integer of the current row, or <c>null</c> for NULL.</summary>
    public long? GetOptionalInt64(int column) => IsNull(column) ? null : GetInt64(column);

    /// <summary>Returns a Boolean value of the current row.</summary>
    public bool GetBoolean(int column) => GetInt64(column) != 0;

    /// <summary>Returns a text of the current row.</summary>
    public string GetString(int column) => raw.sqlite3_column_text(_statement, column).utf8_to_string();

    /// <summary>Returns a text of the current row, or <c>null</c> for NULL.</summary>
    public string? GetOptionalString(int column) => IsNull(column) ? null : GetString(column);

    /// <summary>Returns bytes of the current row.</summary>
    public byte[] GetBytes(int column) => raw.sqlite3_column_blob(_statement, column).ToArray();

    /// <summary>Returns a GUID of the current row.</summary>
    public Guid GetGuid(int column) => Guid.Parse(GetString(column));

    /// <inheritdoc/>
    public void Dispose() => _statement.Dispose();

    private bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    private void BindOnStack(string text)
    {
        Span<byte> utf8 = stackalloc byte[Encoding.UTF8.GetMaxByteCount(MaxCharsOnStack)];
        var length = Encoding.UTF8.GetBytes(text, utf8);
        Verify(raw.sqlite3_bind_text(_statement, _bound, utf8[..length]));
    }

    private bool Step()
    {
        if (_bound != _parameters) // SQLite would use the values of the last execution.
            throw new InvalidOperationException($"The statement has {_parameters} parameters, but {_bound} were bound.");
        var code = raw.sqlite3_step(_statement);
        if (code is not (raw.SQLITE_ROW or raw.SQLITE_DONE))
            SqliteException.ThrowExceptionForRC(code, _database);
        return code == raw.SQLITE_ROW;
    }

    /// <summary>Prepares the next execution. The result code repeats the error of the last one.</summary>
    private void Reset()
    {
        _ = raw.sqlite3_reset(_statement);
        _bound = 0;
    }

    private void Verify(int code)
    {
        if (code == raw.SQLITE_OK)
            return;
        _bound = 0;
        SqliteException.ThrowExceptionForRC(code, _database);
    }
}
