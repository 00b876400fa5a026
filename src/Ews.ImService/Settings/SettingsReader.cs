using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Ews.ImService.Control;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol;
using Ews.ImService.Protocol.SignIn;
using Ews.ImService.Storage;
using Ews.ImService.Tls;
using Serilog.Events;

namespace Ews.ImService.Settings;

/// <summary>Turns configuration into settings, noting everything that is wrong with it.</summary>
internal sealed partial class SettingsReader
{
    /// <summary>What is shown of a secret.</summary>
    private const string Hidden = "…";

    private readonly IConfiguration _configuration;
    private readonly List<string> _problems = [];

    private SettingsReader(IConfiguration configuration) => _configuration = configuration;

    /// <summary>Reads all settings.</summary>
    /// <exception cref="SettingsException">Something cannot be used.</exception>
    public static ServiceSettings Read(IConfiguration configuration)
    {
        var reader = new SettingsReader(configuration);
        var settings = reader.Read();
        if (reader._problems.Count > 0)
            throw new SettingsException(reader._problems);
        return settings with { Warnings = reader.Warnings(settings).ToList() };
    }

    private IEnumerable<string> Warnings(ServiceSettings settings)
    {
        var signIn = settings.SignIn;
        var hasToken = signIn.Tokens.Count > 0 || signIn.Jwt is not null;
        if (!settings.Accounts.FindBySmtpAddress(settings.Ews.DefaultMailbox).Succeeded)
            yield return $"{settings.Ews.DefaultMailbox} has no mailbox, so only requests that impersonate somebody or bring credentials will succeed; see Mailboxes:Default, Mailboxes:Declared and Mailboxes:AutoCreate";
        if (signIn.Mode == SignInMode.Anonymous && Items("SignIn:Schemes").Any())
            yield return "SignIn:Schemes offers nothing to anybody while SignIn:Mode is Anonymous";
        if (signIn.Mode == SignInMode.Users && signIn.Schemes.Contains(SignInScheme.Basic) && !settings.Passwords.HasAny)
            yield return "Nobody can sign in with Basic: no account in Mailboxes:Accounts has a Password, PasswordHash or NtHash";
        if (signIn.Mode == SignInMode.Users && signIn.Schemes.Contains(SignInScheme.Ntlm) && !settings.Passwords.HasNt)
            yield return "Nobody can sign in with NTLM: no account in Mailboxes:Accounts has a Password or NtHash";
        if (signIn.Mode == SignInMode.Users && signIn.Schemes.Contains(SignInScheme.Bearer) && !hasToken)
            yield return "Nobody can sign in with Bearer: there is neither a token in SignIn:Tokens nor a key in SignIn:Jwt:Key";
        if (signIn.Mode != SignInMode.Anonymous && hasToken && !signIn.Schemes.Contains(SignInScheme.Bearer))
            yield return "SignIn:Tokens and SignIn:Jwt mean nothing while Bearer is not in SignIn:Schemes";
        if (signIn.Mode == SignInMode.Users && settings.Control is { IsEnabled: true, Token: null })
            yield return "The control API shows and changes all mailboxes without sign-in; set Control:Token, or Control:Enabled to false";
        if (!settings.Certificate.IsOwn && !settings.HasHttps)
            yield return "Https:CertificatePath means nothing without an https address; see --https";
        if (settings.Certificate.IsOwn && _configuration[SettingsTable.CertificateKeyPath.Key] is { Length: > 0 })
            yield return "Https:CertificateKeyPath means nothing without Https:CertificatePath";
    }

    private ServiceSettings Read() => new()
    {
        Urls = ReadUrls(),
        Certificate = ReadCertificate(),
        TrustForwardedHeaders = Boolean(SettingsTable.TrustForwardedHeaders),
        DatabasePath = ReadDatabasePath(),
        MaxConnections = Positive(SettingsTable.MaxConnections),
        Limits = new MailboxLimits(Positive(SettingsTable.MaxGroups), Positive(SettingsTable.MaxContacts)),
        Ews = new EwsOptions
        {
            ServerVersion = ReadServerVersion(),
            AllowMissingVersion = Boolean(SettingsTable.AllowMissingVersion),
            MaxRequestBytes = Positive(SettingsTable.MaxRequestBytes),
            PersonaProfile = Choice<PersonaProfile>(SettingsTable.Personas),
            DefaultMailbox = Address(SettingsTable.DefaultMailbox.Key, Text(SettingsTable.DefaultMailbox)),
        },
        Accounts = new AccountDirectory(ReadAccounts(), Boolean(SettingsTable.AutoCreate), ReadRights()),
        SignIn = ReadSignIn(),
        Passwords = new Passwords(ReadPasswords()),
        Directory = new AddressList(
            Items("Directory:Users").Select(ReadDirectoryUser).ToList(),
            Items("Directory:DistributionGroups").Select(item => Address(item.Path, item.Value)),
            Boolean(SettingsTable.AnyDistributionGroup)),
        Control = new ControlOptions
        {
            IsEnabled = Boolean(SettingsTable.ControlEnabled),
            Token = _configuration[SettingsTable.ControlToken.Key] is { Length: > 0 } token ? token : null,
            JournalEntries = Positive(SettingsTable.JournalEntries),
            JournalBytes = Positive(SettingsTable.JournalBytes),
            IdSeed = Text(SettingsTable.IdSeed).Length > 0 ? Positive(SettingsTable.IdSeed) : null,
            ClockAt = ReadTime(SettingsTable.ClockAt),
        },
        SeedPath = _configuration[SettingsTable.SeedPath.Key] is { Length: > 0 } seed ? Path.GetFullPath(seed) : null,
        LogFormat = Choice<LogFormat>(SettingsTable.LogFormat),
        LogLevel = Choice<LogEventLevel>(SettingsTable.LogLevel),
        Serilog = _configuration.GetSection(SettingsTable.SerilogSection).Exists() ? _configuration : null,
    };

    private List<string> ReadUrls()
    {
        var urls = Text(SettingsTable.Urls).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToList();
        if (urls.Count == 0)
            Problem(SettingsTable.Urls.Key, "", "a URL such as http://localhost:5080");
        foreach (var url in urls)
            CheckUrl(SettingsTable.Urls, url);
        if (Text(SettingsTable.HttpsUrl) is { Length: > 0 } https)
        {
            CheckUrl(SettingsTable.HttpsUrl, https);
            if (!https.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
                Problem(SettingsTable.HttpsUrl.Key, https, "a URL that begins with https://");
            urls.Add(https);
        }

        return urls;
    }

    private CertificateSettings ReadCertificate()
    {
        var names = Items("Https:Names").Select(item => (item.Path, Value: item.Value ?? "")).ToList();
        foreach (var (key, name) in names.Where(name => !IsHostName(name.Value)))
            Problem(key, name, "a DNS name or an IP address");
        if (_configuration[SettingsTable.CertificatePath.Key] is not { Length: > 0 } path)
            return CertificateSettings.Own(_problems.Count == 0 ? names.Select(name => Canonical(name.Value)) : []);
        if (path == CertificateSettings.InMemory)
            return CertificateSettings.Own(_problems.Count == 0 ? names.Select(name => Canonical(name.Value)) : []) with { Path = path };
        return new CertificateSettings
        {
            Path = Path.GetFullPath(path),
            KeyPath = _configuration[SettingsTable.CertificateKeyPath.Key] is { Length: > 0 } keyPath ? Path.GetFullPath(keyPath) : null,
            Password = _configuration[SettingsTable.CertificatePassword.Key],
        };
    }

    /// <summary>A DNS name, or an IP address as it is usually written: 127.1 is another address than it looks.</summary>
    private static bool IsHostName(string name) => IPAddress.TryParse(name, out var address)
        ? address.AddressFamily == AddressFamily.InterNetworkV6 || address.ToString() == name
        : Uri.CheckHostName(name) == UriHostNameType.Dns;

    /// <summary>The form that certificates hold.</summary>
    private static string Canonical(string name) => IPAddress.TryParse(name, out var address) ? address.ToString() : new IdnMapping().GetAscii(name);

    /// <summary>The web server would take more, and for a name that it does not know listen to the whole network.</summary>
    private void CheckUrl(Setting setting, string url)
    {
        var concrete = url.Replace("//*", "//0.0.0.0", StringComparison.Ordinal).Replace("//+", "//0.0.0.0", StringComparison.Ordinal);
        if (!Uri.TryCreate(concrete, UriKind.Absolute, out var uri) || !concrete.Contains(uri.Authority, StringComparison.OrdinalIgnoreCase))
            Problem(setting.Key, url, "a URL such as http://localhost:5080");
        else if (uri.Scheme is not ("http" or "https"))
            Problem(setting.Key, url, "a URL that begins with http:// or https://");
        else if (uri is { HostNameType: UriHostNameType.Dns, Host: not "localhost" } or { HostNameType: not (UriHostNameType.Dns or UriHostNameType.IPv4 or UriHostNameType.IPv6) })
            Problem(setting.Key, url, "a URL of localhost, of an IP address, or of * for all of them");
        else if (uri is { Port: 0, Host: "localhost" })
            Problem(setting.Key, url, "http://127.0.0.1:0 for any free port, because localhost is two addresses");
        else if (uri.PathAndQuery != "/" || uri.UserInfo.Length > 0)
            Problem(setting.Key, url, "a URL without a path");
    }

    private string ReadDatabasePath()
    {
        var path = Text(SettingsTable.StoragePath);
        if (path.Length == 0 || path.Contains('\0'))
        {
            Problem(SettingsTable.StoragePath.Key, path, "a file name or :memory:");
            return path;
        }

        return path == MailboxStoreOptions.InMemory ? path : Path.GetFullPath(path);
    }

    private ServerVersion ReadServerVersion()
    {
        var build = Text(SettingsTable.ServerBuild);
        var schema = Text(SettingsTable.ServerSchema);
        if (schema.Length == 0 || !schema.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
            Problem(SettingsTable.ServerSchema.Key, schema, "letters, digits and underscores such as Exchange2013_SP1");
        if (Version.TryParse(build, out var version) && version.Revision >= 0)
            return new ServerVersion(version.Major, version.Minor, version.Build, version.Revision, schema);
        Problem(SettingsTable.ServerBuild.Key, build, "four numbers such as 15.0.349.0");
        return new ServerVersion();
    }

    private DateTimeOffset? ReadTime(Setting setting)
    {
        if (Text(setting) is not { Length: > 0 } text)
            return null;
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            return time;
        Problem(setting.Key, text, "a time such as 2026-11-21T08:30:00Z");
        return null;
    }

    private IEnumerable<IConfigurationSection> Items(string key) => _configuration.GetSection(key).GetChildren();

    private string Text(Setting setting) => _configuration[setting.Key] ?? setting.Default;

    private int Positive(Setting setting)
    {
        var text = Text(setting);
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0)
            return number;
        Problem(setting.Key, text, $"a whole number from 1 to {int.MaxValue}");
        return 1;
    }

    private bool Boolean(Setting setting)
    {
        var text = Text(setting);
        if (!bool.TryParse(text, out var value))
            Problem(setting.Key, text, "true or false");
        return value;
    }

    private TChoice Choice<TChoice>(Setting setting)
        where TChoice : struct, Enum => Choice<TChoice>(setting.Key, Text(setting));

    private TChoice Choice<TChoice>(string key, string text)
        where TChoice : struct, Enum
    {
        var names = Enum.GetNames<TChoice>();
        if (names.Contains(text, StringComparer.OrdinalIgnoreCase))
            return Enum.Parse<TChoice>(text, ignoreCase: true);
        Problem(key, text, $"{string.Join(", ", names[..^1])} or {names[^1]}");
        return default;
    }

    private SmtpAddress Address(string key, string? text)
    {
        if (!SmtpAddress.TryParse(text, out var address))
            Problem(key, text, "an SMTP address such as user@contoso.com");
        return address;
    }

    private void Problem(string key, string? value, string expected) =>
        _problems.Add($"{key} is {(value is null ? "missing" : $"'{value}'")}; it has to be {expected}.");
}
