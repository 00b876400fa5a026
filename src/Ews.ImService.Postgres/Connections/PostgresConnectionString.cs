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
