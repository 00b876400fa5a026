using Npgsql;

namespace Ews.ImService.Postgres.Connections;

/// <summary>The parameters $1, $2 and so on of statements.</summary>
internal static class PostgresParameters
{
    /// <summary>Returns a parameter. The type of the value determines that of the parameter.</summary>
    /// <remarks>A parameter belongs to one statement; a repetition needs a clone.</remarks>
    public static NpgsqlParameter Value<T>(T value) => new NpgsqlParameter<T> { TypedValue = value };

    /// <summary>Adds the parameters of a statement.</summary>
    public static NpgsqlCommand With(this NpgsqlCommand command, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        AddTo(command.Parameters, parameters);
        return command;
    }

    /// <inheritdoc cref="With(NpgsqlCommand, ReadOnlySpan{NpgsqlParameter})"/>
    public static NpgsqlBatchCommand With(this NpgsqlBatchCommand command, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        AddTo(command.Parameters, parameters);
        return command;
    }

    /// <summary>Adds a statement with its parameters.</summary>
    public static NpgsqlBatch Add(this NpgsqlBatch batch, string sql, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        batch.BatchCommands.Add(new NpgsqlBatchCommand(sql).With(parameters));
        return batch;
    }

    private static void AddTo(NpgsqlParameterCollection all, ReadOnlySpan<NpgsqlParameter> parameters)
    {
        foreach (var parameter in parameters)
            all.Add(parameter);
    }
}
