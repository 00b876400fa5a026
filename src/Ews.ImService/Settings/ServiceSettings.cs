using Ews.ImService.Control;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol;
using Ews.ImService.Protocol.SignIn;
using Ews.ImService.Tls;
using Serilog.Events;

namespace Ews.ImService.Settings;

/// <summary>Everything that is set, read and found good.</summary>
internal sealed record ServiceSettings
{
    /// <summary>Where to listen.</summary>
    public required IReadOnlyList<string> Urls { get; init; }

    /// <summary>The certificate of addresses with TLS.</summary>
    public CertificateSettings Certificate { get; init; } = CertificateSettings.Own([]);

    /// <summary>Whether any address has TLS.</summary>
    public bool HasHttps => Urls.Any(url => url.StartsWith("https:", StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a proxy's headers tell the URL that callers use.</summary>
    public bool TrustForwardedHeaders { get; init; }

    /// <summary>The database's full path, or <c>:memory:</c>.</summary>
    public required string DatabasePath { get; init; }

    /// <summary>How many may be connected at one time.</summary>
    public int MaxConnections { get; init; } = 1000;

    /// <summary>How much a mailbox holds.</summary>
    public MailboxLimits Limits { get; init; } = new();

    /// <summary>How the EWS edge behaves.</summary>
    public EwsOptions Ews { get; init; } = new();

    /// <summary>Who has a mailbox, and who may be whom.</summary>
    public AccountDirectory Accounts { get; init; } = new([], autoCreate: true, new ImpersonationRights([]));

    /// <summary>How callers sign in.</summary>
    public SignInOptions SignIn { get; init; } = new();

    /// <summary>The passwords of declared accounts.</summary>
    public Passwords Passwords { get; init; } = Passwords.None;

    /// <summary>The organisation's directory.</summary>
    public AddressList Directory { get; init; } = AddressList.Empty;

    /// <summary>What log lines look like.</summary>
    public LogFormat LogFormat { get; init; } = LogFormat.Text;

    /// <summary>The least important event that is logged.</summary>
    public LogEventLevel LogLevel { get; init; } = LogEventLevel.Information;

    /// <summary>The configuration with Serilog's own section, or null where there is none.</summary>
    public IConfiguration? Serilog { get; init; }

    /// <summary>Who gets log lines instead of the console; null for the console.</summary>
    public Action<string>? LogLine { get; init; }

    /// <summary>Whether the process is the service's own, so that signals to the process are the service's to answer.</summary>
    public bool OwnsProcess { get; init; } = true;

    /// <summary>What tests may do.</summary>
    public ControlOptions Control { get; init; } = new();

    /// <summary>A seed document, or a folder of them, that is loaded at every start; null for none.</summary>
    public string? SeedPath { get; init; }

    /// <summary>Further seed documents, UTF-8, that every realm begins with.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Seeds { get; init; } = [];

    /// <summary>What may not be meant, a sentence each.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}

/// <summary>What log lines look like.</summary>
internal enum LogFormat
{
    /// <summary>For people.</summary>
    Text,

    /// <summary>One JSON object a line.</summary>
    Json,
}
