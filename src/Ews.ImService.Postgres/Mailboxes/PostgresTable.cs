using Ews.ImService.Postgres.Connections;
using Ews.ImService.Storage;
using Npgsql;

namespace Ews.ImService.Postgres.Mailboxes;

/// <summary>A table, and the statements that change or select several of its rows at once.</summary>
internal abstract class PostgresTable(string name, IReadOnlyList<string> columns, int keyLength)
{
    /// <summary>Gets the name.</summary>
    public string Name => name;

    /// <summary>Gets the columns, of which the first ones are the primary key.</summary>
    public IReadOnlyList<string> Columns => columns;

    /// <summary>Gets the statement that deletes the content of mailboxes, whose row keys are the parameter.</summary>
    public string DeleteContent { get; } = $"""DELETE FROM "{name}" WHERE "{columns[0]}" = ANY ($1)""";

    /// <summary>Gets the statement that deletes rows of a mailbox: its parameters are the row key and the maximum number.</summary>
    public string DeleteSlice { get; } =
        $"""DELETE FROM "{name}" WHERE ctid = ANY (ARRAY (SELECT ctid FROM "{name}" WHERE "{columns[0]}" = $1 LIMIT $2))""";

    /// <summary>Gets the columns of <see cref="Columns"/>, to select them from the table or its alias <c>t</c>.</summary>
    protected string ColumnList { get; } = List(columns);

    protected string InsertText { get; } =
        $"""INSERT INTO "{name}" ({List(columns)}) SELECT * FROM unnest({Parameters(columns.Count)})""";

    protected string UpdateText { get; } =
        $"""
        UPDATE "{name}" t SET {string.Join(", ", columns.Skip(keyLength).Select(column => $"\"{column}\" = v.\"{column}\""))}
        FROM unnest({Parameters(columns.Count)}) v ({List(columns)}) WHERE {KeysAreEqual(columns.Take(keyLength))}
        """;

    protected string DeleteText { get; } =
        $"""
        DELETE FROM "{name}" t USING unnest({Parameters(keyLength)}) v ({List(columns.Take(keyLength))})
        WHERE {KeysAreEqual(columns.Take(keyLength))}
        """;

    /// <summary>Gets the number of columns of the primary key.</summary>
    protected int KeyLength => keyLength;

    /// <summary>Returns the primary key of a row.</summary>
    public abstract object KeyOf(Row row);

    /// <summary>Returns the statement that inserts rows.</summary>
    public abstract NpgsqlBatchCommand Insert(IReadOnlyList<Row> rows);

    /// <summary>Returns the statement that updates all columns of rows except their keys.</summary>
    public abstract NpgsqlBatchCommand Update(IReadOnlyList<Row> rows);

    /// <summary>Returns the statement that deletes the rows with the keys of rows.</summary>
    public abstract NpgsqlBatchCommand Delete(IReadOnlyList<Row> rows);

    private static string List(IEnumerable<string> columns) => string.Join(", ", columns.Select(column => $"\"{column}\""));

    private static string Parameters(int count) => string.Join(", ", Enumerable.Range(1, count).Select(number => $"${number}"));

    private static string KeysAreEqual(IEnumerable<string> columns) =>
        string.Join(" AND ", columns.Select(column => $"t.\"{column}\" = v.\"{column}\""));
}

/// <inheritdoc/>
/// <typeparam name="TRow">The type of the rows.</typeparam>
/// <param name="name">The name.</param>
/// <param name="getKey">Returns the primary key.</param>
/// <param name="keyLength">The number of columns of the primary key.</param>
/// <param name="columns">The columns, of which the first ones are the primary key.</param>
/// <param name="read">Reads a row with all columns, in their order.</param>
internal sealed class PostgresTable<TRow>(
    string name, Func<TRow, object> getKey, int keyLength, PostgresColumn<TRow>[] columns, Func<NpgsqlDataReader, TRow> read)
    : PostgresTable(name, [.. columns.Select(column => column.Name)], keyLength)
    where TRow : Row
{
    /// <summary>Gets the statement that selects all rows, to which a condition is appended.</summary>
    public string Select => $"""SELECT {ColumnList} FROM "{Name}" """;

    /// <summary>Gets the statement that selects the rows of mailboxes, whose row keys are the parameter, ordered by key.</summary>
    public string SelectOfMailboxes => $"""{Select}WHERE "{Columns[0]}" = ANY ($1) ORDER BY {KeyList}""";

    private string KeyList => string.Join(", ", Columns.Take(KeyLength).Select(column => $"\"{column}\""));

    /// <summary>Reads the current row of a query.</summary>
    public TRow Read(NpgsqlDataReader reader) => read(reader);

    /// <inheritdoc/>
    public override object KeyOf(Row row) => getKey((TRow)row);

    /// <inheritdoc/>
    public override NpgsqlBatchCommand Insert(IReadOnlyList<Row> rows) => ToCommand(InsertText, columns, rows);

    /// <inheritdoc/>
    public override NpgsqlBatchCommand Update(IReadOnlyList<Row> rows) => ToCommand(UpdateText, columns, rows);

    /// <inheritdoc/>
    public override NpgsqlBatchCommand Delete(IReadOnlyList<Row> rows) => ToCommand(DeleteText, columns.Take(KeyLength), rows);

    private static NpgsqlBatchCommand ToCommand(string text, IEnumerable<PostgresColumn<TRow>> columns, IReadOnlyList<Row> rows)
    {
        TRow[] typed = [.. rows.Cast<TRow>()];
        return new NpgsqlBatchCommand(text).With([.. columns.Select(column => column.ToParameter(typed))]);
    }
}
