using Npgsql;
using NpgsqlTypes;

namespace Ews.ImService.Postgres.Journal;

/// <summary>The parameters of statements of the journal.</summary>
internal static class JournalParameters
{
    /// <summary>Adds a statement to a batch.</summary>
    public static NpgsqlBatchCommand Add(this NpgsqlBatch batch, string sql, params NpgsqlParameter[] parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters)
            command.Parameters.Add(parameter);
        batch.BatchCommands.Add(command);
        return command;
    }

    /// <summary>Returns a parameter with the names of realms.</summary>
    public static NpgsqlParameter<string[]> Names(IEnumerable<string> realms) => Array(NpgsqlDbType.Text, realms, realm => realm);

    /// <summary>Returns a parameter with a number.</summary>
    public static NpgsqlParameter<long> Value(int number) => new() { TypedValue = number };

    /// <summary>Returns a parameter with a value for each item.</summary>
    public static NpgsqlParameter<TValue[]> Array<T, TValue>(NpgsqlDbType type, IEnumerable<T> items, Func<T, TValue> get) =>
        new() { NpgsqlDbType = NpgsqlDbType.Array | type, TypedValue = [.. items.Select(get)] };
}
