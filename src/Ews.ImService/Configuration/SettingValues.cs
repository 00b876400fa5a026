namespace Ews.ImService.Configuration;

/// <summary>Reads settings by their declarations and collects all violations.</summary>
internal sealed class SettingValues
{
    private readonly GivenSettings _given;
    private readonly List<string> _problems;
    private readonly string _list;
    private readonly string _item;

    /// <summary>Creates a reader.</summary>
    /// <param name="given">The settings to read.</param>
    public SettingValues(GivenSettings given)
        : this(given, [], "", "")
    {
    }

    private SettingValues(GivenSettings given, List<string> problems, string list, string item) =>
        (_given, _problems, _list, _item) = (given, problems, list, item);

    /// <summary>Gets a value that indicates whether no violation was found.</summary>
    public bool AreValid => _problems.Count == 0;

    /// <summary>Gets the path of the item that is read, such as <c>Mailboxes:Accounts:0</c>; empty outside of lists.</summary>
    public string Path => _item;

    /// <summary>Determines whether a setting is given.</summary>
    public bool Has(Setting setting) => _given[KeyOf(setting)] is not null;

    /// <summary>Determines whether the value of a setting is that of the command line.</summary>
    public bool IsArgument(Setting setting) => _given.IsArgument(KeyOf(setting));

    /// <summary>Determines whether a setting of one of several sections is given.</summary>
    /// <param name="sections">The sections, such as <c>Limits</c>.</param>
    public bool HasAny(params ReadOnlySpan<string> sections)
    {
        foreach (var section in sections)
        {
            if (_given.HasSection(section))
                return true;
        }

        return false;
    }

    /// <summary>Reads a setting.</summary>
    /// <returns>The value; the default if the setting is not given or not valid.</returns>
    public T Get<T>(Setting<T> setting)
    {
        var text = _given[KeyOf(setting)];
        if (text is null || (setting.IsOptional && text.Length == 0))
        {
            if (setting.Requirement is { } rule)
                Reject($"{KeyOf(setting)} is required. It must be {rule}.");
            return setting.Default;
        }

        var parsed = setting.Parse(text);
        if (parsed.Violation is null)
            return parsed.Value!;
        Reject(setting, parsed.Violation);
        return setting.Default;
    }

    /// <summary>Reads all values of a list whose items are values.</summary>
    /// <param name="setting">A setting whose key ends with <c>:N</c>.</param>
    public IReadOnlyList<T> GetList<T>(Setting<T> setting) => Items(setting.Key).Select(item => item.Get(setting)).ToList();

    /// <summary>Returns a reader for each item of a list whose items are objects.</summary>
    /// <param name="list">The key of an item, such as <c>Mailboxes:Accounts:N</c>.</param>
    public IEnumerable<SettingValues> Items(string list) =>
        _given.ItemsOf(KeyOf(list)[..^2]).Select(path => new SettingValues(_given, _problems, list, path));

    /// <summary>Adds a violation of a setting that is given.</summary>
    public void Reject(Setting setting, Violation violation)
    {
        var key = KeyOf(setting);
        var name = _given.IsArgument(key) && setting is { IsOfCommand: true, ShortName: { } option, ShortValue: null } ? option : key;
        var text = _given[key] ?? "";
        Reject($"{name} must be {violation.Rule}{(setting.Hides(text) ? "" : $", but is '{violation.Part ?? text}'")}.");
    }

    /// <summary>Adds a violation, unless it was already added.</summary>
    public void Reject(string problem)
    {
        if (!_problems.Contains(problem))
            _problems.Add(problem);
    }

    /// <summary>Gets the sections of files that contain no setting of this service.</summary>
    public IReadOnlyCollection<string> ForeignSections => _given.ForeignSections;

    /// <summary>Returns a section as configuration of .NET; <c>null</c> if no key of it is given.</summary>
    public IConfiguration? Section(string name) => _given.Section(name);

    /// <summary>Returns the texts of all settings that are given, by key; that of a secret is <see cref="GivenSettings.Hidden"/>.</summary>
    public IReadOnlyDictionary<string, string> WithoutSecrets() => _given.WithoutSecrets();

    /// <summary>Verifies that all settings that were read are valid.</summary>
    /// <exception cref="SettingsException">There are violations.</exception>
    public void ThrowIfInvalid()
    {
        if (!AreValid)
            throw new SettingsException(_problems);
    }

    private string KeyOf(Setting setting) => KeyOf(setting.Key);

    private string KeyOf(string key) => _item + key[_list.Length..];
}
