using System.Globalization;
using System.Security.Cryptography;
using Ews.ImService.Configuration;
using Ews.ImService.Postgres.Connections;
using Npgsql;

namespace Ews.ImService.Settings;

/// <summary>Settings of a service on PostgreSQL, and of its instances.</summary>
internal static class PostgresSettings
{
    /// <summary>The settings.</summary>
    public static readonly SettingGroup Group = new("PostgreSQL");

    private const int MaxNameLength = 63;

    private static readonly Setting<string?> InstanceName = Group.Add(
        Setting.Optional<string>(
            "Storage:InstanceName",
            "The name of this instance, in the journal and in the affinity cookie of subscriptions. Each instance needs a name of its own.",
            ParseInstanceName,
            "name") with
        {
            DefaultText = "the name of the machine and a random number",
        });

    private static readonly Setting<string?> ListenConnectionString = Group.Add(
        Setting.OptionalText(
            "Storage:ListenConnectionString",
            "The URL or the connection string for notifications of changes, if that of the database leads to a connection pooler such as "
            + "PgBouncer.",
            "url") with
        {
            IsSecret = true,
        });

    private static readonly Setting<bool> Migrate = Group.Add(
        Setting.Flag("Storage:Migrate", "--migrate", "Creates or upgrades the tables of a PostgreSQL database at the start."));

    /// <summary>Returns the settings of a service with those of its PostgreSQL database.</summary>
    public static ServiceSettings Apply(ServiceSettings settings, SettingValues values) => settings with
    {
        Migrates = values.Get(Migrate),
        Ews = settings.Ews with { ServerName = settings.Postgres!.InstanceName },
    };

    /// <summary>Creates the options of a database.</summary>
    /// <param name="database">The database.</param>
    /// <param name="loggers">Creates the loggers of Npgsql; <c>null</c> for none.</param>
    public static PostgresOptions CreateOptions(SharedDatabase database, ILoggerFactory? loggers = null) =>
        new(database.ConnectionString, database.InstanceName)
        {
            ListenConnectionString = database.ListenConnectionString,
            LoggerFactory = loggers,
        };

    /// <summary>Reads the settings of a database.</summary>
    /// <param name="values">The settings.</param>
    /// <param name="source">The setting that contains the connection string.</param>
    /// <param name="text">The connection string.</param>
    /// <param name="password">The password, if the connection string contains none; <c>null</c> if it is found as Npgsql does.</param>
    public static SharedDatabase? Read(SettingValues values, Setting source, string text, string? password)
    {
        var database = Parse(values, source, text, password);
        var listen = values.Get(ListenConnectionString) is { } other ? Parse(values, ListenConnectionString, other, password) : null;
        return database is null
            ? null
            : new SharedDatabase(
                database.ConnectionString,
                PostgresUrl.Describe(database),
                values.Get(InstanceName) ?? CreateInstanceName(),
                listen?.ConnectionString);
    }

    private static NpgsqlConnectionStringBuilder? Parse(SettingValues values, Setting setting, string text, string? password)
    {
        try
        {
            var builder = PostgresConnectionString.Read(text);
            PostgresConnectionString.Verify(builder);
            if (password is not null && builder.Password is { Length: > 0 })
                values.Reject($"Storage:PasswordFile must not be given, because {setting.Key} contains a password.");
            builder.Password ??= password;
            return builder;
        }
        catch (FormatException e)
        {
            values.Reject(setting, new Violation(e.Message));
            return null;
        }
    }

    private static string CreateInstanceName()
    {
        var machine = string.Concat(Environment.MachineName.Select(c => IsValid(c) ? c : '-'));
        var number = RandomNumberGenerator.GetInt32(0x10000).ToString("x4", CultureInfo.InvariantCulture);
        return $"{machine[..Math.Min(machine.Length, MaxNameLength - 5)]}-{number}";
    }

    private static Parsed<string?> ParseInstanceName(string text) => text.Length <= MaxNameLength && text.All(IsValid)
        ? text
        : new Violation($"at most {MaxNameLength} letters, digits, hyphens, underscores, and periods");

    private static bool IsValid(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.';
}
