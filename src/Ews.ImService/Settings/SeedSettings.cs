using Ews.ImService.Configuration;

namespace Ews.ImService.Settings;

/// <summary>Settings of the initial mailboxes.</summary>
internal static class SeedSettings
{
    /// <summary>The settings.</summary>
    public static readonly SettingGroup Group = new("Initial state");

    private static readonly Setting<string?> SeedPath = Group.Add(
        Setting.OptionalPath(
            "Seed:Path", "A seed document, or a folder of seed documents, that defines the initial state of every realm.") with
        {
            ShortName = "--seed",
        });

    /// <summary>Reads the full path of the seed documents; <c>null</c> if there are none.</summary>
    public static string? ReadPath(SettingValues values) => values.Get(SeedPath);
}
