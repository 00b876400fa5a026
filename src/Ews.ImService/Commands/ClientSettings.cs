using Ews.ImService.Protocol.Http;
using Ews.ImService.Settings;

namespace Ews.ImService.Commands;

/// <summary>What a command says to a running service, from the same sources as all settings.</summary>
internal sealed record ClientSettings
{
    /// <summary>The root of the service.</summary>
    public required Uri Url { get; init; }

    /// <summary>What it wants to be shown; null for nothing.</summary>
    public string? Token { get; init; }

    /// <summary>The realm; null for the default one.</summary>
    public string? Realm { get; init; }

    /// <summary>The only mailbox; null for all.</summary>
    public string? Mailbox { get; init; }

    /// <summary>The only operation; null for all.</summary>
    public string? Operation { get; init; }

    /// <summary>Whether a seed removes all other mailboxes.</summary>
    public bool Replace { get; init; }

    /// <summary>Whether a seed is written instead of loaded.</summary>
    public bool Export { get; init; }

    /// <summary>Whether all realms are meant.</summary>
    public bool AllRealms { get; init; }

    /// <summary>Whether the journal goes on.</summary>
    public bool Follow { get; init; }

    /// <summary>Whether the journal is written as JSON.</summary>
    public bool Json { get; init; }

    /// <summary>Reads them.</summary>
    /// <exception cref="SettingsException">Something cannot be used.</exception>
    public static ClientSettings Read(IConfiguration configuration)
    {
        var problems = new List<string>();
        var settings = new ClientSettings
        {
            Url = ReadUrl(configuration, problems),
            Token = Text(SettingsTable.ClientToken) ?? Text(SettingsTable.ControlToken),
            Realm = Text(SettingsTable.ClientRealm),
            Mailbox = Text(SettingsTable.ClientMailbox),
            Operation = Text(SettingsTable.ClientOperation),
            Replace = Flag(SettingsTable.ClientReplace),
            Export = Flag(SettingsTable.ClientExport),
            AllRealms = Flag(SettingsTable.ClientAllRealms),
            Follow = Flag(SettingsTable.ClientFollow),
            Json = Flag(SettingsTable.ClientJson),
        };
        if (settings.Realm is { } realm && !RequestRealm.IsValidName(realm))
            problems.Add($"{SettingsTable.ClientRealm.Key} is '{realm}'; it has to be {RequestRealm.NameRule}.");
        if (settings.Token?.Any(c => c is < ' ' or > '~') == true)
            problems.Add($"{SettingsTable.ClientToken.Key} is '…'; it has to be of ASCII characters.");
        return problems.Count == 0 ? settings : throw new SettingsException(problems);

        string? Text(Setting setting) => configuration[setting.Key] is { Length: > 0 } text ? text : null;

        bool Flag(Setting setting)
        {
            var text = configuration[setting.Key] ?? setting.Default;
            if (!bool.TryParse(text, out var value))
                problems.Add($"{setting.Key} is '{text}'; it has to be true or false.");
            return value;
        }
    }

    private static Uri ReadUrl(IConfiguration configuration, List<string> problems)
    {
        var key = configuration[SettingsTable.ClientUrl.Key] is { Length: > 0 } ? SettingsTable.ClientUrl.Key : SettingsTable.Urls.Key;
        var text = (configuration[key] ?? SettingsTable.Urls.Default).Split(';')[0].Trim();
        if (key == SettingsTable.Urls.Key)
            text = ReachableUrl.Of(text);
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.Port != 0)
            return new Uri(url!, "/");
        problems.Add($"{key} is '{text}'; a command needs the URL of a running service, such as --url http://localhost:5080.");
        return new Uri("http://localhost");
    }
}
