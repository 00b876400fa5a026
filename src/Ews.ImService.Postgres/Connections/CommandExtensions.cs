using Npgsql;

namespace Ews.ImService.Postgres.Connections;

/// <summary>Adds values to commands.</summary>
internal static class CommandExtensions
{
    /// <summary>Adds the values of the parameters $1, $2 and so on.</summary>
    public static NpgsqlCommand AddValues(this NpgsqlCommand command, params object[] values)
    {
        AddValues(command.Parameters, values);
        return command;
    }

    /// <summary>Adds a statement with the values of its parameters $1, $2 and so on.</summary>
    public static NpgsqlBatch Add(this NpgsqlBatch batch, string sql, params object[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        AddValues(command.Parameters, values);
        batch.BatchCommands.Add(command);
        return batch;
    }

    private static void AddValues(NpgsqlParameterCollection parameters, object[] values)
    {
        foreach (var value in values)
            parameters.Add(new NpgsqlParameter { Value = value });
    }
}
