using System.Globalization;
using Npgsql;

namespace Ews.ImService.Postgres.Connections;

/// <summary>Converts URLs of PostgreSQL from and to connection strings.</summary>
/// <remarks>PostgreSQL: "Connection URIs" in the chapter on libpq.</remarks>
internal static class PostgresUrl
{
    private static readonly string[] Schemes = ["postgres://", "postgresql://"];

    /// <summary>The parameters of libpq whose names differ from those of Npgsql in more than the underscore.</summary>
    private static readonly Dictionary<string, string> Keywords = new(StringComparer.OrdinalIgnoreCase)
    {
        ["dbname"] = "Database",
        ["user"] = "Username",
        ["connect_timeout"] = "Timeout",
        ["sslrootcert"] = "Root Certificate",
        ["sslcert"] = "SSL Certificate",
        ["sslkey"] = "SSL Key",
        ["sslpassword"] = "SSL Password",
        ["target_session_attrs"] = "Target Session Attributes",
    };

    /// <summary>Determines whether a text is a URL of PostgreSQL.</summary>
    public static bool IsUrl(string text) => Schemes.Any(scheme => text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase));

    /// <summary>Reads a URL.</summary>
    /// <exception cref="FormatException">The URL is not valid. The message is the rule, as it follows "must be".</exception>
    public static NpgsqlConnectionStringBuilder Read(string url)
    {
        var rest = url[(url.IndexOf("://", StringComparison.Ordinal) + 3)..];
        var (location, query) = Split(rest, '?');
        var (authority, database) = Split(location, '/');
        var at = authority.LastIndexOf('@');
        var (user, password) = at < 0 ? (null, null) : Split(authority[..at], ':');

        var builder = new NpgsqlConnectionStringBuilder();
        SetHosts(builder, authority[(at + 1)..]);
        Set(builder, "Database", Decode(database));
        Set(builder, "Username", Decode(user));
        Set(builder, "Password", Decode(password));
        foreach (var parameter in (query ?? "").Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = Split(parameter, '=');
            Set(builder, Keywords.GetValueOrDefault(name) ?? Decode(name)!.Replace('_', ' '), Decode(value));
        }

        return builder;
    }

    /// <summary>Describes a database by a URL without a password.</summary>
    public static string Describe(NpgsqlConnectionStringBuilder builder)
    {
        var user = builder.Username is { Length: > 0 } name ? Uri.EscapeDataString(name) + "@" : "";
        var database = builder.Database is { Length: > 0 } given ? "/" + Uri.EscapeDataString(given) : "/";
        var host = builder.Host!;
        return host.StartsWith('/') || host.StartsWith('@')
            ? $"postgres://{user}{database}?host={host}"
            : $"postgres://{user}{string.Join(',', host.Split(',').Select(each => WithPort(each, builder.Port)))}{database}";
    }

    private static string WithPort(string host, int port)
    {
        var isIPv6 = !host.StartsWith('[') && host.Count(c => c == ':') > 1;
        if (isIPv6)
            host = $"[{host}]";
        return host.LastIndexOf(':') > host.LastIndexOf(']') ? host : string.Create(CultureInfo.InvariantCulture, $"{host}:{port}");
    }

    /// <summary>Sets one host with its port, or several as Npgsql lists them.</summary>
    private static void SetHosts(NpgsqlConnectionStringBuilder builder, string hosts)
    {
        var colon = hosts.LastIndexOf(':');
        var hasPort = !hosts.Contains(',', StringComparison.Ordinal) && colon > hosts.LastIndexOf(']');
        Set(builder, "Host", Decode(hasPort ? hosts[..colon] : hosts)?.Trim('[', ']'));
        if (hasPort)
            Set(builder, "Port", hosts[(colon + 1)..]);
    }

    private static void Set(NpgsqlConnectionStringBuilder builder, string keyword, string? value)
    {
        if (string.IsNullOrEmpty(value))
            return;
        try
        {
            builder[keyword] = keyword.Equals("sslmode", StringComparison.OrdinalIgnoreCase)
                ? value.Replace("-", "", StringComparison.Ordinal)
                : value;
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            throw PostgresConnectionString.Invalid(keyword, e);
        }
    }

    private static (string Before, string? After) Split(string text, char separator) =>
        text.IndexOf(separator, StringComparison.Ordinal) is >= 0 and var index ? (text[..index], text[(index + 1)..]) : (text, null);

    private static string? Decode(string? text) => text is null ? null : Uri.UnescapeDataString(text);
}
