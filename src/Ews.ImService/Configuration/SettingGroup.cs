namespace Ews.ImService.Configuration;

/// <summary>Settings under one heading of the help and the documentation.</summary>
internal sealed class SettingGroup(string title, params Setting[] settings)
{
    private readonly List<Setting> _settings = [.. settings];

    /// <summary>Gets the heading.</summary>
    public string Title { get; } = title;

    /// <summary>Gets the settings in the order of their declaration.</summary>
    public IReadOnlyList<Setting> Settings => _settings;

    /// <summary>Adds a declaration.</summary>
    /// <returns>The declaration.</returns>
    public Setting<T> Add<T>(Setting<T> setting)
    {
        _settings.Add(setting);
        return setting;
    }
}
