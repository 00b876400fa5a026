using Ews.ImService.Configuration;
using Ews.ImService.Control;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol;
using Ews.ImService.Protocol.SignIn;
using Ews.ImService.Tls;
using Serilog.Events;

namespace Ews.ImService.Settings;

/// <summary>The validated settings of the service.</summary>
internal sealed record ServiceSettings
{
    /// <summary>All groups of settings, in the order of the help and the documentation.</summary>
    public static readonly IReadOnlyList<SettingGroup> Groups =
    [
        ListenSettings.Group,
        HttpsSettings.Group,
        StorageSettings.Group,
        LimitSettings.Group,
        MailboxSettings.Group,
        SignInSettings.Group,
        ImpersonationSettings.Group,
        DirectorySettings.Group,
        ControlSettings.Group,
        EwsSettings.Group,
        LogSettings.Group,
    ];

    /// <summary>Gets the URLs to listen on.</summary>
    public required IReadOnlyList<string> Urls { get; init; }

    /// <summary>Gets the location of the certificate for HTTPS.</summary>
    public CertificateSettings Certificate { get; init; } = CertificateSettings.CreateOwn([]);

    /// <summary>Gets a value that indicates whether at least one URL is an HTTPS URL.</summary>
    public bool HasHttps => Urls.Any(url => url.StartsWith("https:", StringComparison.OrdinalIgnoreCase));

    /// <summary>Gets a value that indicates whether the public URL is derived from the headers of a proxy.</summary>
    public bool TrustForwardedHeaders { get; init; }

    /// <summary>Gets the full path of the database, or <c>:memory:</c>.</summary>
    public required string DatabasePath { get; init; }

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

    /// <summary>Gets the full path of a seed document, or of a folder of seed documents; <c>null</c> if there is none.</summary>
    public string? SeedPath { get; init; }

    /// <summary>Gets further seed documents, encoded as UTF-8.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Seeds { get; init; } = [];

    /// <summary>Gets the format of log lines on the console.</summary>
    public LogFormat LogFormat { get; init; } = LogFormat.Text;

    /// <summary>Gets the minimum level of log events.</summary>
    public LogEventLevel LogLevel { get; init; } = LogEventLevel.Information;

    /// <summary>Gets Serilog's own configuration; <c>null</c> if there is none.</summary>
    public IConfiguration? Serilog { get; init; }

    /// <summary>Gets the receiver of log lines; <c>null</c> for the console.</summary>
    public Action<string>? LogLine { get; init; }

    /// <summary>
    /// Gets a value that indicates whether another program hosts the service, and handles Ctrl+C and termination signals.
    /// </summary>
    public bool IsHosted { get; init; }

    /// <summary>Gets settings that probably do not have the intended effect, one sentence each.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Reads all settings.</summary>
    /// <exception cref="SettingsException">A setting is not valid.</exception>
    public static ServiceSettings Read(SettingValues values)
    {
        var settings = new ServiceSettings
        {
            Urls = ListenSettings.ReadUrls(values),
            Certificate = HttpsSettings.Read(values),
            TrustForwardedHeaders = ListenSettings.ReadTrustForwardedHeaders(values),
            DatabasePath = StorageSettings.ReadDatabasePath(values),
            MaxConnections = LimitSettings.ReadMaxConnections(values),
            Limits = LimitSettings.Read(values),
            Ews = EwsSettings.Read(values),
            Accounts = MailboxSettings.ReadAccounts(values),
            SignIn = SignInSettings.Read(values),
            Passwords = MailboxSettings.ReadPasswords(values),
            Directory = DirectorySettings.Read(values),
            Control = ControlSettings.Read(values),
            SeedPath = StorageSettings.ReadSeedPath(values),
            LogFormat = LogSettings.ReadFormat(values),
            LogLevel = LogSettings.ReadLevel(values),
            Serilog = LogSettings.ReadSerilog(values),
        };
        values.ThrowIfInvalid();
        return settings with { Warnings = SettingsWarnings.Find(settings, values).ToList() };
    }
}
