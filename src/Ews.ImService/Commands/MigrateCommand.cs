using Ews.ImService.Configuration;
using Ews.ImService.Postgres.Connections;
using Ews.ImService.Settings;

namespace Ews.ImService.Commands;

/// <summary>Creates or upgrades the tables of a PostgreSQL database.</summary>
internal sealed class MigrateCommand : Command<MigrateCommand.CommandOptions>
{
    private static readonly Setting<bool> DryRun = Setting.Flag(
        "Client:DryRun", "--dry-run", "Lists the migrations that would be applied, and changes nothing.");

    private static readonly Setting<bool> Script = Setting.Flag(
        "Client:Script", "--script", "Prints the SQL of the migrations that would be applied, and changes nothing.");

    private const string Newer = "those of a newer version, which is compatible with this one";

    private static readonly SettingGroup Group = new("Options", DryRun, Script);

    public MigrateCommand()
        : base("migrate", "Creates or upgrades the tables of a PostgreSQL database.")
    {
        Remarks = "The user must have the right to create tables. Instances of the service may run at the same time, unless the release "
            + "notes state otherwise. The file of a SQLite database is upgraded when the service opens it.";
        Examples =
        [
            new("ews-im migrate --db postgres://ews@localhost/ews", "Creates or upgrades the tables, and lists the migrations."),
            new("ews-im migrate --db postgres://ews@localhost/ews --script > migrate.sql", "Writes the SQL for an administrator."),
        ];
    }

    public override IEnumerable<SettingGroup> Options => [DatabaseSettings.Group, Group];

    protected override CommandOptions Read(SettingValues values, string? argument)
    {
        var options = new CommandOptions(DatabaseSettings.ReadPostgres(values), values.Get(DryRun), values.Get(Script));
        if (options.Database is null && values.AreValid)
            values.Reject("The database must be one of PostgreSQL, such as --db postgres://ews@localhost/ews.");
        return options;
    }

    protected override Task RunAsync(CommandOptions options)
    {
        using var connections = new PostgresConnections(PostgresSettings.CreateOptions(options.Database!));
        var schema = new PostgresSchema(connections);
        if (options.Script)
            Console.Write(schema.Script());
        else if (options.DryRun)
            Print(schema, schema.FindPending(), "would be applied to", options.Database!);
        else
            Print(schema, schema.Migrate(), "was applied to", options.Database!);
        return Task.CompletedTask;
    }

    private static void Print(PostgresSchema schema, IReadOnlyList<string> migrations, string verb, SharedDatabase database)
    {
        foreach (var migration in migrations)
            Console.WriteLine($"{migration} {verb} {database}.");
        if (migrations.Count == 0)
            Console.WriteLine($"The tables of {database} are {(schema.IsNewer() ? Newer : "up to date")}.");
    }

    /// <summary>The options of the command.</summary>
    /// <param name="Database">The database.</param>
    /// <param name="DryRun"><c>true</c> to list the migrations.</param>
    /// <param name="Script"><c>true</c> to print their SQL.</param>
    internal sealed record CommandOptions(SharedDatabase? Database, bool DryRun, bool Script);
}
