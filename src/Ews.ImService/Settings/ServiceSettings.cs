using Ews.ImService.Configuration;
using Ews.ImService.Control;
using Ews.ImService.Hosting;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol;
using Ews.ImService.Protocol.SignIn;
using Ews.ImService.Tls;

namespace Ews.ImService.Settings;

/// <summary>The validated settings of the service.</summary>
internal sealed record ServiceSettings
{
    /// <summary>Gets all groups of settings, in the order of the help and the documentation.</summary>
    /// <remarks>
    /// A group is declared when it is reached, so that a start declares only the groups before the last key that is given.
    /// </remarks>
    public static IEnumerable<SettingGroup> Groups
    {
        get
        {
            yield return ListenSettings.Group;
            yield return HttpsSettings.Group;
            yield return DatabaseSettings.Group;
            yield return SeedSettings.Group;
            yield return LimitSettings.Group;
            yield return MailboxSettings.Group;
            yield return SignInSettings.Group;
            yield return ImpersonationSettings.Group;
            yield return DirectorySettings.Group;
            yield return ControlSettings.Group;
            yield return EwsSettings.Group;
            yield return LogSettings.Group;
            yield return MetricsSettings.Group;
            yield return PostgresSettings.Group;
        }
    }

    private static readonly ServiceSettings Defaults = new() { Urls = [], DatabasePath = string.Empty };

    /// <summary>Gets the URLs to listen on.</summary>
    public required IReadOnlyList<string> Urls { get; init; }

    /// <summary>Gets the location of the certificate for HTTPS.</summary>
    public CertificateSettings Certificate { get; init; } = CertificateSettings.CreateOwn([]);

    /// <summary>Gets a value that indicates whether at least one URL is an HTTPS URL.</summary>
    public bool HasHttps => Urls.Any(url => url.StartsWith("https:", StringComparison.OrdinalIgnoreCase));

    /// <summary>Gets a value that indicates whether the public URL is derived from the headers of a proxy.</summary>
    public bool TrustForwardedHeaders { get; init; }

    /// <summary>Gets the full path of the SQLite database, or <c>:memory:</c>.</summary>
    public required string DatabasePath { get; init; }

    /// <summary>Gets the PostgreSQL database; <c>null</c> if mailboxes are stored in <see cref="DatabasePath"/>.</summary>
    public SharedDatabase? Postgres { get; init; }

    /// <summary>Gets a value that indicates whether the start creates or upgrades the tables of <see cref="Postgres"/>.</summary>
    public bool Migrates { get; init; }

    /// <summary>Gets the name of the database, without a password.</summary>
    public string DatabaseName => Postgres?.Name ?? DatabasePath;

    /// <summary>Gets the maximum number of concurrent connections.</summary>
    public int MaxConnections { get; init; } = LimitSettings.DefaultMaxConnections;

    /// <summary>Gets the limits of a mailbox.</summary>
    public MailboxLimits Limits { get; init; } = new();

    /// <summary>Gets the options of the EWS endpoint.</summary>
    public EwsOptions Ews { get; init; } = new();

    /// <summary>Gets the accounts and the rights to impersonate.</summary>
    public AccountDirectory Accounts { get; init; } = new([], autoCreate: true, new ImpersonationRights([]));

    /// <summary>Gets the options of authentication.</summary>
    public SignInOptions SignIn { get; init; } = new();

    /// <summary>Gets the passwords of accounts.</summary>
    public Passwords Passwords { get; init; } = Passwords.None;

    /// <summary>Gets the organization's directory.</summary>
    public AddressList Directory { get; init; } = AddressList.Empty;

    /// <summary>Gets the options of the control API and of realms.</summary>
    public ControlOptions Control { get; init; } = new();

    /// <summary>Gets a value that indicates whether the endpoint for Prometheus is enabled.</summary>
    public bool HasMetrics { get; init; } = true;

    /// <summary>Gets the signals to export; none by default, because a program that hosts the service exports by itself.</summary>
    public OtlpSettings Export { get; init; } = OtlpSettings.None;

    /// <summary>Gets the full path of a seed document, or of a folder of seed documents; <c>null</c> if there is none.</summary>
    public string? SeedPath { get; init; }

    /// <summary>Gets further seed documents, encoded as UTF-8.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Seeds { get; init; } = [];

    /// <summary>Gets the format of log lines on the console.</summary>
    public LogFormat LogFormat { get; init; } = LogFormat.Text;

    /// <summary>Gets the minimum level of log events.</summary>
    public LogThreshold LogLevel { get; init; } = LogThreshold.Information;

    /// <summary>Gets Serilog's own configuration; <c>null</c> if there is none.</summary>
    public IConfiguration? Serilog { get; init; }

    /// <summary>Gets the receiver of log lines of a hosted service; <c>null</c> for none.</summary>
    public Action<string>? LogLine { get; init; }

    /// <summary>Gets the factory of the loggers that receive each log event of a hosted service; <c>null</c> for none.</summary>
    public ILoggerFactory? Loggers { get; init; }

    /// <summary>
    /// Gets a value that indicates whether another program hosts the service, and handles Ctrl+C and termination signals.
    /// </summary>
    public bool IsHosted { get; init; }

    /// <summary>Gets the time after a termination signal in which the service is not ready, and responds.</summary>
    public TimeSpan DrainTime { get; init; }

    /// <summary>Gets the texts of the settings that were given, by key, without secrets.</summary>
    public IReadOnlyDictionary<string, string> Given { get; init; } = new Dictionary<string, string>();

    /// <summary>Gets settings that probably do not have the intended effect, one sentence each.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Reads all settings. Those of which no section is given have their defaults, without being declared.</summary>
    /// <exception cref="SettingsException">A setting is not valid.</exception>
    public static ServiceSettings Read(SettingValues values)
    {
        var settings = new ServiceSettings
        {
            Urls = ListenSettings.ReadUrls(values),
            Certificate = values.HasAny("Https") ? HttpsSettings.Read(values) : Defaults.Certificate,
            TrustForwardedHeaders = ListenSettings.ReadTrustForwardedHeaders(values),
            DatabasePath = DatabaseSettings.ReadPath(values),
            Postgres = DatabaseSettings.ReadPostgres(values),
            MaxConnections = values.HasAny("Limits") ? LimitSettings.ReadMaxConnections(values) : Defaults.MaxConnections,
            Limits = values.HasAny("Limits") ? LimitSettings.Read(values) : Defaults.Limits,
            Ews = values.HasAny("ServerVersion", "Ews", "Limits", "Mailboxes", "Log") ? EwsSettings.Read(values) : Defaults.Ews,
            Accounts = values.HasAny("Mailboxes", "Impersonation") ? MailboxSettings.ReadAccounts(values) : Defaults.Accounts,
            SignIn = values.HasAny("SignIn") ? SignInSettings.Read(values) : Defaults.SignIn,
            Passwords = values.HasAny("Mailboxes") ? MailboxSettings.ReadPasswords(values) : Defaults.Passwords,
            Directory = values.HasAny("Directory") ? DirectorySettings.Read(values) : Defaults.Directory,
            Control = values.HasAny("Control", "Inspector", "Realms", "Limits") ? ControlSettings.Read(values) : Defaults.Control,
            HasMetrics = values.HasAny("Metrics") ? MetricsSettings.ReadEnabled(values) : Defaults.HasMetrics,
            SeedPath = SeedSettings.ReadPath(values),
            LogFormat = values.HasAny("Log") ? LogSettings.ReadFormat(values) : Defaults.LogFormat,
            LogLevel = values.HasAny("Log") ? LogSettings.ReadLevel(values) : Defaults.LogLevel,
            Serilog = LogSettings.ReadSerilog(values),
            Given = values.WithoutSecrets(),
        };
        if (settings.Postgres is not null)
            settings = PostgresSettings.Apply(settings, values);
        values.ThrowIfInvalid();
        return settings with { Warnings = SettingsWarnings.Find(settings, values).ToList() };
    }
}
