using Npgsql;

namespace Ews.ImService.Postgres.Connections;

/// <summary>Reads connection strings in the two forms that users know: that of Npgsql, and the URL of PostgreSQL.</summary>
internal static class PostgresConnectionString
{
    private const string Rule = "a connection string such as Host=localhost;Database=ews;Username=ews, or a URL such as "
        + "postgres://ews@localhost:5432/ews";

    /// <summary>Reads a connection string.</summary>
    /// <exception cref="FormatException">
    /// The connection string is not valid. The message is the rule, as it follows "must be", and contains no value.
    /// </exception>
    public static NpgsqlConnectionStringBuilder Read(string text)
    {
        var builder = PostgresUrl.IsUrl(text) ? PostgresUrl.Read(text) : ReadKeywords(text);
        return builder.TryGetValue("Host", out var host) && host is string { Length: > 0 } name && !name.Any(char.IsWhiteSpace)
            ? builder
            : throw new FormatException(Rule);
    }

    /// <summary>Returns the settings of a connection string, with defaults for those that it does not contain.</summary>
    /// <exception cref="FormatException">The connection string is not valid.</exception>
    public static NpgsqlConnectionStringBuilder ReadWithDefaults(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder
        {
            ApplicationName = "ews-im",
            Timeout = 3,
            CommandTimeout = 10,
            MaxPoolSize = 10,
            TcpKeepAlive = true,
            TcpKeepAliveTime = 15,
            TcpKeepAliveInterval = 5,
            MaxAutoPrepare = 100,
            AutoPrepareMinUsages = 2,
            NoResetOnClose = true,
            Enlist = false,
        };
        var specified = Read(connectionString);
        foreach (string keyword in specified.Keys)
            settings[keyword] = specified[keyword];
        return settings;
    }

    /// <summary>Verifies that connections can have the settings, some of which Npgsql does not combine.</summary>
    /// <exception cref="FormatException">They cannot. The message is the rule, as it follows "must be".</exception>
    public static void Verify(NpgsqlConnectionStringBuilder settings)
    {
        try
        {
            new NpgsqlDataSourceBuilder(ReadWithDefaults(settings.ConnectionString).ConnectionString).Build().Dispose();
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw new FormatException($"a connection string that can be used: {e.Message.TrimEnd('.')}", e);
        }
    }

    /// <summary>Creates the exception for a keyword that is unknown, or whose value is not valid.</summary>
    public static FormatException Invalid(string keyword, Exception cause) =>
        new($"{Rule}; '{keyword}' is not a keyword, or its value is not valid", cause);

    private static NpgsqlConnectionStringBuilder ReadKeywords(string text)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(text);
        }
        catch (ArgumentException e)
        {
            throw e.ParamName is { } keyword ? Invalid(keyword, e) : new FormatException(Rule, e);
        }
    }
}
