using System.Runtime.CompilerServices;
using Ews.ImService.Configuration;
using Ews.ImService.Storage;

namespace Ews.ImService.Settings;

/// <summary>Settings of the database: a file of SQLite, or PostgreSQL.</summary>
internal static class DatabaseSettings
{
    /// <summary>The settings.</summary>
    public static readonly SettingGroup Group = new("Database");

    private const string Sqlite = "sqlite";
    private const string Postgres = "postgres";

    /// <summary>Keywords of connection strings, of Npgsql and of libpq. A text with one before an equals sign is not a file name.</summary>
    private static readonly string[] Keywords =
    [
        "Host", "Server", "HostAddr", "Database", "DB", "DbName", "User", "Username", "User Name", "User Id", "UserId", "UID", "Password",
        "PSW", "PWD",
    ];

    /// <summary>The setting that chooses the database by the form of its text.</summary>
    private static readonly Setting<string> StoragePath = Group.Add(
        Setting.Text(
            "Storage:Path",
            "ews-imservice.db",
            "The SQLite database file, :memory: to keep mailboxes in memory, or a PostgreSQL database as a URL such as "
            + "postgres://ews@localhost/ews or a connection string such as 'Host=localhost;Database=ews'.",
            ParsePath,
            "path") with
        {
            ShortName = "--db",
            MayBeSecret = path => IsConnectionString(path) || ResemblesConnectionString(path),
        });

    private static readonly Setting<string?> Provider = Group.Add(
        Setting.OptionalChoice(
            "Storage:Provider",
            "The kind of the database. Storage:Path names a file for sqlite, and Storage:ConnectionString the database for postgres.",
            [Sqlite, Postgres]) with
        {
            DefaultText = "by the form of the value",
        });

    private static readonly Setting<string?> ConnectionString = Group.Add(
        Setting.OptionalText(
            "Storage:ConnectionString",
            "The URL or the connection string of a PostgreSQL database. It precedes Storage:Path, unless --db is given.",
            "url") with
        {
            IsSecret = true,
        });

    private static readonly Setting<string?> PasswordFile = Group.Add(
        Setting.OptionalPath(
            "Storage:PasswordFile", "A file with the password of the PostgreSQL user, if the connection string contains none."));

    /// <summary>Reads the full path of the SQLite database, or <c>:memory:</c>; empty for a connection string.</summary>
    public static string ReadPath(SettingValues values)
    {
        var path = values.Get(StoragePath);
        return IsConnectionString(path) ? "" : path == MailboxStoreOptions.InMemory ? path : Path.GetFullPath(path);
    }

    /// <summary>Reads the PostgreSQL database; <c>null</c> if the database is one of SQLite. Otherwise, Npgsql is not loaded.</summary>
    public static SharedDatabase? ReadPostgres(SettingValues values)
    {
        var path = values.Get(StoragePath);
        var isPathEnough = values.IsArgument(StoragePath) && !values.IsArgument(Provider) && !values.IsArgument(ConnectionString);
        var provider = isPathEnough ? null : values.Get(Provider);
        var setting = isPathEnough || values.Get(ConnectionString) is null ? StoragePath : (Setting)ConnectionString;
        var text = setting == ConnectionString ? values.Get(ConnectionString) : IsConnectionString(path) ? path : null;
        switch (provider)
        {
            case Sqlite when IsConnectionString(path):
                values.Reject(StoragePath, new Violation($"a file name or :memory:, because Storage:Provider is {Sqlite}"));
                return null;
            case Sqlite:
                return null;
            case Postgres when text is null:
                values.Reject($"Storage:ConnectionString is required, because Storage:Provider is {Postgres}.");
                return null;
            default:
                return text is null ? null : ReadPostgres(values, setting, text);
        }
    }

    /// <summary>Returns the settings that are given, and have no effect unless the database is one of PostgreSQL.</summary>
    public static IEnumerable<string> FindUnused(SettingValues values) => values.HasAny("Storage")
        ? PostgresSettings.Group.Settings.Append(PasswordFile).Where(values.Has).Select(setting => setting.Key)
        : [];

    // The caller must not refer to the types, whose assemblies it would load.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static SharedDatabase? ReadPostgres(SettingValues values, Setting setting, string text) =>
        PostgresSettings.Read(values, setting, text, ReadPassword(values));

    private static string? ReadPassword(SettingValues values)
    {
        if (values.Get(PasswordFile) is not { } file)
            return null;
        try
        {
            return File.ReadAllText(file).TrimEnd('\r', '\n');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            values.Reject(PasswordFile, new Violation($"a file that can be read ({e.Message})"));
            return null;
        }
    }

    private static Parsed<string> ParsePath(string path) =>
        path.Length == 0 || path.Contains('\0', StringComparison.Ordinal) || (!IsConnectionString(path) && ResemblesConnectionString(path))
            ? new Violation("a file name, :memory:, a URL such as postgres://ews@localhost:5432/ews, or a connection string with the host "
                + "such as 'Host=localhost;Database=ews;Username=ews'")
            : path;

    private static bool IsConnectionString(string path) =>
        path.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase)
        || path.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase)
        || path.Split(';').Any(IsHost);

    private static bool IsHost(string part)
    {
        var name = part.Split('=') is [var keyword, _, ..] ? keyword.Trim() : "";
        return name.Equals("Host", StringComparison.OrdinalIgnoreCase) || name.Equals("Server", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Determines whether a text can be meant as a connection string, so that it can contain a password.</summary>
    private static bool ResemblesConnectionString(string path) =>
        path.Contains("://", StringComparison.Ordinal) || path.Split('=')[..^1].Any(EndsWithKeyword);

    private static bool EndsWithKeyword(string part)
    {
        var text = part.AsSpan().TrimEnd();
        foreach (var keyword in Keywords)
        {
            if (text.EndsWith(keyword, StringComparison.OrdinalIgnoreCase) && !IsPartOfName(text[..^keyword.Length]))
                return true;
        }

        return false;
    }

    /// <summary>Determines whether the end of a text, and what follows, is one name of a file or folder.</summary>
    private static bool IsPartOfName(ReadOnlySpan<char> text) =>
        !text.IsEmpty && (char.IsLetterOrDigit(text[^1]) || text[^1] is '_' or '-' or '.' or '/' or '\\');
}
