namespace Ews.ImService.Configuration;

/// <summary>All settings that a source may contain.</summary>
internal sealed class SettingCatalog(IEnumerable<Setting> settings)
{
    private readonly List<Setting> _settings = settings.ToList();

    /// <summary>Finds the setting of a key.</summary>
    public Setting? Find(string key) => _settings.Find(setting => setting.Matches(key));

    /// <summary>Determines whether a key is in a section that contains settings; files may contain sections of other programs.</summary>
    public bool HasSectionOf(string key) => _settings.Exists(setting => setting.Key.StartsWith(SectionOf(key) + ":", StringComparison.OrdinalIgnoreCase));

    /// <summary>Returns the section of a key.</summary>
    public static string SectionOf(string key) => key.Split(':')[0];

    /// <summary>Finds the key that a user may have meant.</summary>
    /// <returns>A key with indexes instead of <c>N</c>; null if none is similar.</returns>
    public string? Suggest(string key)
    {
        var given = Setting.WithoutIndexes(key);
        var meant = _settings.Find(setting => setting.Key.StartsWith(given + ":", StringComparison.OrdinalIgnoreCase))
            ?? (Suggestion.Closest(given, _settings.Select(setting => setting.Key)) is { } closest ? _settings.Find(setting => setting.Key == closest) : null)
            ?? _settings.Find(setting => setting.Key.EndsWith(":" + given, StringComparison.OrdinalIgnoreCase));
        return meant?.KeyWithIndexesOf(key);
    }
}
