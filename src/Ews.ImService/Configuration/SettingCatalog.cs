namespace Ews.ImService.Configuration;

/// <summary>All settings that a source may contain.</summary>
/// <param name="settings">The settings, which are enumerated only until a key is found.</param>
internal sealed class SettingCatalog(IEnumerable<Setting> settings)
{
    /// <summary>Finds the setting of a key.</summary>
    public Setting? Find(string key) => settings.FirstOrDefault(setting => setting.Matches(key));

    /// <summary>Determines whether a key is in a section that contains settings, or whose name is probably a misspelling of such a
    /// section; files may contain sections of other programs.</summary>
    public bool HasSectionOf(string key) =>
        Suggestion.Closest(SectionOf(key), settings.Select(setting => SectionOf(setting.Key)).Distinct()) is not null;

    /// <summary>Returns the section of a key.</summary>
    public static string SectionOf(string key) => key.Split(':')[0];

    /// <summary>Finds the key that a user may have meant.</summary>
    /// <returns>A key with indexes instead of <c>N</c>; <c>null</c> if none is similar.</returns>
    public string? Suggest(string key)
    {
        var given = Setting.WithoutIndexes(key);
        var closest = Suggestion.Closest(given, settings.Select(setting => setting.Key));
        var meant = settings.FirstOrDefault(setting => setting.Key.StartsWith(given + ":", StringComparison.OrdinalIgnoreCase))
            ?? settings.FirstOrDefault(setting => setting.Key == closest)
            ?? settings.FirstOrDefault(setting => setting.Key.EndsWith(":" + given, StringComparison.OrdinalIgnoreCase));
        return meant?.KeyWithIndexesOf(key);
    }
}
