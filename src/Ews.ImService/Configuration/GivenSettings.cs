using System.Collections;
using System.Globalization;
using System.Text.Json;

namespace Ews.ImService.Configuration;

/// <summary>The settings that are given by files, the environment, and the command line; later sources override earlier ones.</summary>
/// <remarks>
/// Each source is read once, into one dictionary, so that messages can name the source of a key. The configuration providers of .NET do
/// not list the keys of a source, and load five more assemblies at every start.
/// </remarks>
internal sealed class GivenSettings
{
    /// <summary>The text that replaces secrets.</summary>
    public const string Hidden = "(hidden)";

    private const string FileName = "appsettings.json";
    private const string AspNetUrls = "ASPNETCORE_URLS";

    private static readonly JsonDocumentOptions Relaxed = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    private readonly SettingCatalog _catalog;
    private readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _arguments = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _unknown = [];
    private readonly SortedSet<string> _foreignSections = new(StringComparer.OrdinalIgnoreCase);

    private GivenSettings(SettingCatalog catalog) => _catalog = catalog;

    /// <summary>Gets the sections of files that contain no setting of this service, in alphabetical order.</summary>
    public IReadOnlyCollection<string> ForeignSections => _foreignSections;

    /// <summary>Gets the text of a key; <c>null</c> if the key is not given.</summary>
    public string? this[string key] => _values.GetValueOrDefault(key);

    /// <summary>Reads files and the environment, and adds the settings of the command line.</summary>
    /// <param name="catalog">The settings that may be given.</param>
    /// <param name="arguments">The values of the command line by key. The keys are valid.</param>
    /// <exception cref="SettingsException">A file cannot be read, or a key is unknown.</exception>
    public static GivenSettings Load(SettingCatalog catalog, IReadOnlyDictionary<string, string> arguments)
    {
        var given = new GivenSettings(catalog);
        if (Environment.GetEnvironmentVariable(AspNetUrls) is { Length: > 0 } urls)
            given._values["urls"] = urls;
        foreach (var directory in new[] { AppContext.BaseDirectory, Directory.GetCurrentDirectory() })
            given.AddFile(Path.Combine(directory, FileName));
        given.AddEnvironment();
        foreach (var (key, value) in arguments)
        {
            given._values[key] = value;
            given._arguments.Add(key);
        }

        return given.Verified();
    }

    /// <summary>Creates the settings from those of a program that hosts the service. Neither files nor the environment are read.</summary>
    /// <exception cref="SettingsException">A key is unknown.</exception>
    public static GivenSettings From(SettingCatalog catalog, IReadOnlyDictionary<string, string?> settings)
    {
        var given = new GivenSettings(catalog);
        foreach (var (key, value) in settings)
        {
            if (value is not null)
                given.Add(key, value, key, "", name => name);
        }

        return given.Verified();
    }

    /// <summary>Returns the paths of a list's items in the order of their indexes.</summary>
    /// <param name="list">The path of the list, such as <c>Mailboxes:Accounts</c>.</param>
    public IReadOnlyList<string> ItemsOf(string list)
    {
        if (!HasSection(list))
            return [];
        var indexes = KeysOf(list).Select(key => key[(list.Length + 1)..].Split(':')[0]).Distinct(); // As written, such as 01.
        return indexes.OrderBy(index => int.Parse(index, CultureInfo.InvariantCulture)).Select(index => $"{list}:{index}").ToList();
    }

    /// <summary>Determines whether the value of a key is that of the command line.</summary>
    public bool IsArgument(string key) => _arguments.Contains(key);

    /// <summary>Determines whether a key of a section is given.</summary>
    public bool HasSection(string name) => KeysOf(name).Any();

    /// <summary>Returns a section as configuration of .NET; <c>null</c> if no key of it is given.</summary>
    public IConfiguration? Section(string name)
    {
        if (!HasSection(name))
            return null;
        var section = KeysOf(name).Select(key => KeyValuePair.Create(key, (string?)_values[key]));
        return new ConfigurationBuilder().AddInMemoryCollection(section).Build();
    }

    /// <summary>Returns the texts of all keys; that of a secret is <see cref="Hidden"/>. An empty text is that of a setting without
    /// value.</summary>
    public IReadOnlyDictionary<string, string> WithoutSecrets()
    {
        var texts = new Dictionary<string, string>();
        foreach (var (key, text) in _values)
        {
            if (text.Length > 0)
                texts[key] = _catalog.Find(key)?.Hides(text) == false ? text : Hidden;
        }

        return texts;
    }

    private IEnumerable<string> KeysOf(string section) =>
        _values.Keys.Where(key => key.StartsWith(section + ":", StringComparison.OrdinalIgnoreCase));

    private GivenSettings Verified() => _unknown.Count == 0 ? this : throw new SettingsException(_unknown);

    private void AddFile(string path)
    {
        if (!File.Exists(path))
            return;
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(path), Relaxed);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw new SettingsException($"The file '{path}' must contain a JSON object.");
            AddJson(document.RootElement, "");
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"The file '{path}' cannot be read: {e.Message}");
        }
    }

    private void AddJson(JsonElement element, string key)
    {
        var prefix = key.Length == 0 ? "" : key + ":";
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in element.EnumerateObject())
                    AddJson(property.Value, prefix + property.Name);
                break;
            case JsonValueKind.Array:
                foreach (var (index, item) in element.EnumerateArray().Index())
                    AddJson(item, string.Create(CultureInfo.InvariantCulture, $"{prefix}{index}"));
                break;
            case JsonValueKind.Null:
                break;
            default:
                if (_catalog.Find(key) is null && !_catalog.HasSectionOf(key))
                    _foreignSections.Add(SettingCatalog.SectionOf(key));
                else
                    Add(key, element.ToString(), key, $" in {FileName}", name => name);
                break;
        }
    }

    private void AddEnvironment()
    {
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            var name = (string)variable.Key;
            if (!name.StartsWith(Setting.EnvironmentPrefix, StringComparison.OrdinalIgnoreCase))
                continue;
            var key = name[Setting.EnvironmentPrefix.Length..].Replace("__", ":", StringComparison.Ordinal);
            Add(key, (string)variable.Value!, name, " in the environment", Setting.EnvironmentNameOf);
        }
    }

    private void Add(string key, string value, string name, string source, Func<string, string> nameOf)
    {
        if (_catalog.Find(key) is null)
            _unknown.Add($"Unknown setting '{name}'{source}.{Suggestion.Ask(_catalog.Suggest(key) is { } meant ? nameOf(meant) : null)}");
        else
            _values[key] = value;
    }
}
