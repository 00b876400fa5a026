using Ews.ImService.Configuration;
using Ews.ImService.Storage;

namespace Ews.ImService.Settings;

/// <summary>Settings of the database and of the initial mailboxes.</summary>
internal static class StorageSettings
{
    /// <summary>The settings.</summary>
    public static readonly SettingGroup Group = new("Storage");

    private static readonly Setting<string> StoragePath = Group.Add(
        Setting.Text(
            "Storage:Path",
            "ews-imservice.db",
            "The SQLite database file, or :memory: to keep mailboxes in memory.",
            ParsePath,
            "path") with
        {
            ShortName = "--db",
        });

    private static readonly Setting<string?> SeedPath = Group.Add(
        Setting.OptionalPath(
            "Seed:Path", "A seed document, or a folder of seed documents, that defines the initial state of every realm.") with
        {
            ShortName = "--seed",
        });

    /// <summary>Reads the full path of the database, or <c>:memory:</c>.</summary>
    public static string ReadDatabasePath(SettingValues values)
    {
        var path = values.Get(StoragePath);
        return path == MailboxStoreOptions.InMemory ? path : Path.GetFullPath(path);
    }

    /// <summary>Reads the full path of the seed documents; <c>null</c> if there are none.</summary>
    public static string? ReadSeedPath(SettingValues values) => values.Get(SeedPath);

    private static Parsed<string> ParsePath(string path) =>
        path.Length == 0 || path.Contains('\0', StringComparison.Ordinal) ? new Violation("a file name or :memory:") : path;
}
