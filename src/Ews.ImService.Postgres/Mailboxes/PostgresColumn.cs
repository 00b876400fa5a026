using Npgsql;
using static Ews.ImService.Postgres.Connections.PostgresParameters;

namespace Ews.ImService.Postgres.Mailboxes;

/// <summary>A column of a table, whose values of several rows are one parameter.</summary>
/// <param name="name">The name.</param>
/// <param name="toParameter">Returns the array of the values of rows.</param>
/// <typeparam name="TRow">The type of the rows.</typeparam>
internal sealed class PostgresColumn<TRow>(string name, Func<IReadOnlyList<TRow>, NpgsqlParameter> toParameter)
{
    /// <summary>Gets the name.</summary>
    public string Name => name;

    /// <summary>Creates a column.</summary>
    public static PostgresColumn<TRow> Create<T>(string name, Func<TRow, T> getValue) =>
        new(name, rows => Value(rows.Select(getValue).ToArray()));

    /// <summary>Returns the parameter with the values of rows.</summary>
    public NpgsqlParameter ToParameter(IReadOnlyList<TRow> rows) => toParameter(rows);
}
