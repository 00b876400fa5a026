using System.Globalization;
using Npgsql;
using NpgsqlTypes;

namespace Ews.ImService.Postgres.Journal;

/// <summary>The columns of an entry that are written. Each is passed to a statement as an array with a value for each entry.</summary>
internal static class JournalColumns
{
    private static readonly Column[] All =
    [
        Create(nameof(JournalEntryRow.Realm), NpgsqlDbType.Text, row => row.Realm),
        Create(nameof(JournalEntryRow.Key), NpgsqlDbType.Uuid, row => row.Key),
        Create(nameof(JournalEntryRow.Size), NpgsqlDbType.Integer, row => row.Size),
        Create(nameof(JournalEntryRow.Time), NpgsqlDbType.TimestampTz, row => row.Time),
        Create(nameof(JournalEntryRow.Instance), NpgsqlDbType.Text, row => row.Instance),
        Create(nameof(JournalEntryRow.State), NpgsqlDbType.Text, row => row.State),
        Create(nameof(JournalEntryRow.Method), NpgsqlDbType.Text, row => row.Method),
        Create(nameof(JournalEntryRow.Scheme), NpgsqlDbType.Text, row => row.Scheme),
        Create(nameof(JournalEntryRow.PathBase), NpgsqlDbType.Text, row => row.PathBase),
        Create(nameof(JournalEntryRow.Path), NpgsqlDbType.Text, row => row.Path),
        Create(nameof(JournalEntryRow.Operation), NpgsqlDbType.Text, row => row.Operation),
        Create(nameof(JournalEntryRow.Mailbox), NpgsqlDbType.Text, row => row.Mailbox),
        Create(nameof(JournalEntryRow.ResponseCode), NpgsqlDbType.Text, row => row.ResponseCode),
        Create(nameof(JournalEntryRow.Status), NpgsqlDbType.Integer, row => row.Status),
        Create(nameof(JournalEntryRow.Milliseconds), NpgsqlDbType.Double, row => row.Milliseconds),
        Create(nameof(JournalEntryRow.Fault), NpgsqlDbType.Text, row => row.Fault),
        Create(nameof(JournalEntryRow.FaultKind), NpgsqlDbType.Text, row => row.FaultKind),
        Create(nameof(JournalEntryRow.EarlyByMilliseconds), NpgsqlDbType.Double, row => row.EarlyByMilliseconds),
        Create(nameof(JournalEntryRow.ReplayOf), NpgsqlDbType.Bigint, row => row.ReplayOf),
        Create(nameof(JournalEntryRow.TraceId), NpgsqlDbType.Text, row => row.TraceId),
        Create(nameof(JournalEntryRow.IsAdmitted), NpgsqlDbType.Boolean, row => row.IsAdmitted),
        Create(nameof(JournalEntryRow.User), NpgsqlDbType.Text, row => row.User),
        Create(nameof(JournalEntryRow.RequestHeaders), NpgsqlDbType.Jsonb, row => row.RequestHeaders),
        Create(nameof(JournalEntryRow.RequestBody), NpgsqlDbType.Bytea, row => row.RequestBody),
        Create(nameof(JournalEntryRow.IsRequestRedacted), NpgsqlDbType.Boolean, row => row.IsRequestRedacted),
        Create(nameof(JournalEntryRow.ResponseHeaders), NpgsqlDbType.Jsonb, row => row.ResponseHeaders),
        Create(nameof(JournalEntryRow.ResponseBody), NpgsqlDbType.Bytea, row => row.ResponseBody),
        Create(nameof(JournalEntryRow.ResponseBodyId), NpgsqlDbType.Uuid, row => row.ResponseBodyId),
        Create(nameof(JournalEntryRow.IsResponseRedacted), NpgsqlDbType.Boolean, row => row.IsResponseRedacted),
    ];

    /// <summary>Returns the names of the columns in a form such as <c>entry."Realm"</c>, with commas.</summary>
    public static string Join(Func<string, string> format) => string.Join(", ", All.Select(column => format($"\"{column.Name}\"")));

    /// <summary>Returns the parameters of a statement that contain the values of all columns, with commas.</summary>
    /// <param name="preceding">The number of parameters before them.</param>
    public static string Parameters(int preceding) => string.Join(", ", All.Select(column => Parameter(preceding, column.Name)));

    /// <summary>Returns the parameter that contains the values of a column.</summary>
    /// <param name="preceding">The number of parameters before those of the columns.</param>
    /// <param name="name">The column.</param>
    public static string Parameter(int preceding, string name) => string.Create(
        CultureInfo.InvariantCulture, $"${preceding + 1 + Array.FindIndex(All, column => column.Name == name)}");

    /// <summary>Returns a parameter for each column, with the values of rows.</summary>
    public static IEnumerable<NpgsqlParameter> ToParameters(IReadOnlyList<JournalEntryRow> rows) =>
        All.Select(column => column.ToParameter(rows));

    private static Column Create<T>(string name, NpgsqlDbType type, Func<JournalEntryRow, T> get) => new(
        name,
        rows => new NpgsqlParameter<T[]> { NpgsqlDbType = NpgsqlDbType.Array | type, TypedValue = [.. rows.Select(get)] });

    private sealed record Column(string Name, Func<IReadOnlyList<JournalEntryRow>, NpgsqlParameter> ToParameter);
}
