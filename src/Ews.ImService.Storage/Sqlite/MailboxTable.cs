namespace Ews.ImService.Storage.Sqlite;

/// <summary>A table, the SQL of its rows, and the conversion between rows and columns.</summary>
/// <remarks>A test compares the tables and their columns with the model of <see cref="MailboxDbContext"/>.</remarks>
internal abstract class MailboxTable
{
    protected MailboxTable(string name, IReadOnlyList<string> keyColumns, IReadOnlyList<string> otherColumns)
    {
        Name = name;
        KeyColumns = keyColumns;
        Columns = [.. keyColumns, .. otherColumns];
        var parameters = string.Join(", ", Columns.Select((_, index) => "?" + (index + 1)));
        var key = string.Join(" AND ", keyColumns.Select((column, index) => $"{column} = ?{index + 1}"));
        var values = string.Join(", ", otherColumns.Select((column, index) => $"{column} = ?{keyColumns.Count + index + 1}"));
        Insert = $"INSERT INTO {name} ({string.Join(", ", Columns)}) VALUES ({parameters})";
        Update = $"UPDATE {name} SET {values} WHERE {key}";
        Delete = $"DELETE FROM {name} WHERE {key}";
    }

    /// <summary>Gets the name of the table.</summary>
    public string Name { get; }

    /// <summary>Gets the columns of the primary key, which precede all others in <see cref="Columns"/>.</summary>
    public IReadOnlyList<string> KeyColumns { get; }

    /// <summary>Gets all columns. The first parameter of a statement is the value of the first column.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>Gets the statement that inserts a row.</summary>
    public string Insert { get; }

    /// <summary>Gets the statement that updates the row with a key.</summary>
    public string Update { get; }

    /// <summary>Gets the statement that deletes the row with a key; its parameters are the columns of the key.</summary>
    public string Delete { get; }

    /// <summary>Gets the statement that deletes the content of a mailbox, whose row key is the parameter.</summary>
    public string DeleteContent => $"DELETE FROM {Name} WHERE {KeyColumns[0]} = ?1";

    /// <summary>Gets the statement that deletes some rows of a mailbox: its parameters are the row key and the maximum number.</summary>
    public string DeleteContentSlice =>
        $"DELETE FROM {Name} WHERE rowid IN (SELECT rowid FROM {Name} WHERE {KeyColumns[0]} = ?1 LIMIT ?2)";

    /// <summary>Binds the columns of the key of a row.</summary>
    public abstract PreparedStatement BindKey(PreparedStatement statement, Row row);

    /// <summary>Binds all columns of a row.</summary>
    public abstract PreparedStatement Bind(PreparedStatement statement, Row row);
}

/// <inheritdoc/>
/// <typeparam name="TRow">The type of the rows.</typeparam>
/// <param name="name">The name of the table.</param>
/// <param name="keyColumns">The columns of the primary key.</param>
/// <param name="otherColumns">The other columns.</param>
/// <param name="bindKey">Binds the columns of the primary key, in their order.</param>
/// <param name="bindOthers">Binds the other columns, in their order.</param>
/// <param name="read">Reads a row whose columns are those of the primary key and the others, in their order.</param>
internal sealed class MailboxTable<TRow>(
    string name,
    string[] keyColumns,
    string[] otherColumns,
    Func<PreparedStatement, TRow, PreparedStatement> bindKey,
    Func<PreparedStatement, TRow, PreparedStatement> bindOthers,
    Func<PreparedStatement, TRow> read)
    : MailboxTable(name, keyColumns, otherColumns)
    where TRow : Row
{
    /// <summary>Gets the statement that selects all rows.</summary>
    public string SelectAll => $"SELECT {string.Join(", ", Columns)} FROM {Name}";

    /// <summary>Gets the statement that selects the rows of a mailbox, whose row key is the parameter, in the order of creation.</summary>
    public string SelectOfMailbox => $"{SelectAll} WHERE {KeyColumns[0]} = ?1 ORDER BY {string.Join(", ", KeyColumns)}";

    /// <summary>Reads the current row of a query.</summary>
    public TRow Read(PreparedStatement statement) => read(statement);

    /// <inheritdoc/>
    public override PreparedStatement BindKey(PreparedStatement statement, Row row) => bindKey(statement, (TRow)row);

    /// <inheritdoc/>
    public override PreparedStatement Bind(PreparedStatement statement, Row row) => bindOthers(BindKey(statement, row), (TRow)row);
}
