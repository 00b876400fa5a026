using Ews.ImService.Mailbox;
using Ews.ImService.Protocol;

namespace Ews.ImService.Settings;

/// <summary>All settings, once: read from here, checked against this, and listed by the help.</summary>
internal static class SettingsTable
{
    /// <summary>Where the service listens.</summary>
    public static readonly Setting Urls = new("urls", "http://localhost:5080", "where to listen, separated by semicolons");

    /// <summary>Whether a proxy stands before the service.</summary>
    public static readonly Setting TrustForwardedHeaders = new(
        "Proxy:TrustForwardedHeaders", "false", "whether X-Forwarded-Host and -Proto tell the URL that callers use");

    /// <summary>The database.</summary>
    public static readonly Setting StoragePath = new("Storage:Path", "ews-imservice.db", "the SQLite file, or :memory:");

    /// <summary>How many groups a mailbox holds.</summary>
    public static readonly Setting MaxGroups = new("Limits:MaxGroups", Text(new MailboxLimits().MaxGroups), "IM groups in a mailbox, besides the three system groups");

    /// <summary>How many contacts a mailbox holds.</summary>
    public static readonly Setting MaxContacts = new("Limits:MaxContacts", Text(new MailboxLimits().MaxContacts), "IM contacts in a mailbox");

    /// <summary>How large a request may be.</summary>
    public static readonly Setting MaxRequestBytes = new("Limits:MaxRequestBytes", Text(new EwsOptions().MaxRequestBytes), "bytes in a request; more gets HTTP 413");

    /// <summary>Who is calling.</summary>
    public static readonly Setting DefaultMailbox = new("Mailboxes:Default", new EwsOptions().DefaultMailbox, "the SMTP address of a caller who impersonates nobody");

    /// <summary>Whether mailboxes come to be by being used.</summary>
    public static readonly Setting AutoCreate = new("Mailboxes:AutoCreate", "true", "whether an unknown address gets a mailbox on first use");

    /// <summary>Who has a mailbox.</summary>
    public static readonly Setting Declared = new("Mailboxes:Declared:N", "", "the SMTP address of a mailbox");

    /// <summary>Who has a mailbox, with further names: the primary address.</summary>
    public static readonly Setting AccountSmtpAddress = new("Mailboxes:Accounts:N:SmtpAddress", "", "the primary address of a mailbox that has other names too");

    /// <summary>An account's UPN.</summary>
    public static readonly Setting AccountPrincipalName = new("Mailboxes:Accounts:N:PrincipalName", "its SmtpAddress", "its user principal name");

    /// <summary>An account's SID.</summary>
    public static readonly Setting AccountSid = new("Mailboxes:Accounts:N:Sid", "", "its SID, S-1-...");

    /// <summary>An account's further addresses.</summary>
    public static readonly Setting AccountProxyAddresses = new("Mailboxes:Accounts:N:ProxyAddresses:N", "", "a secondary address");

    /// <summary>Who may impersonate.</summary>
    public static readonly Setting GrantCaller = new("Impersonation:Grants:N:Caller", "", "who may impersonate, or * (no grant at all: everybody may)");

    /// <summary>Who may be impersonated.</summary>
    public static readonly Setting GrantMailboxes = new("Impersonation:Grants:N:Mailboxes:N", "", "whom that caller may impersonate, or *");

    /// <summary>Which of two codes a caller without any grant gets.</summary>
    public static readonly Setting DistinguishCallers = new(
        "Impersonation:DistinguishCallers", "false", "ErrorImpersonationDenied for callers without any grant");

    /// <summary>People of the directory.</summary>
    public static readonly IReadOnlyList<Setting> DirectoryUser =
    [
        new("Directory:Users:N:SmtpAddress", "", "the address of somebody whom the directory knows"),
        new("Directory:Users:N:DisplayName", "its SmtpAddress", "that person's name"),
        new("Directory:Users:N:ImAddress", "its SmtpAddress", "that person's IM address"),
        new("Directory:Users:N:CompanyName", "", "that person's company"),
        new("Directory:Users:N:Title", "", "that person's job title"),
        new("Directory:Users:N:Department", "", "that person's department"),
        new("Directory:Users:N:Photo", "", "a JPEG, PNG or GIF file with that person's photo"),
    ];

    /// <summary>Distribution groups of the directory.</summary>
    public static readonly Setting DistributionGroups = new("Directory:DistributionGroups:N", "", "the SMTP address of a distribution group");

    /// <summary>Whether the directory knows every distribution group.</summary>
    public static readonly Setting AnyDistributionGroup = new(
        "Directory:AnyDistributionGroup", "false", "whether every SMTP address counts as a distribution group's");

    /// <summary>What ServerVersionInfo says.</summary>
    public static readonly Setting ServerBuild = new("ServerVersion:Build", "15.0.349.0", "the build that ServerVersionInfo tells");

    /// <summary>What ServerVersionInfo says of the schema.</summary>
    public static readonly Setting ServerSchema = new("ServerVersion:Version", new ServerVersion().Version, "the schema version that ServerVersionInfo tells");

    /// <summary>What a missing RequestServerVersion means.</summary>
    public static readonly Setting AllowMissingVersion = new("Ews:AllowMissingVersion", "false", "whether requests without RequestServerVersion are answered");

    /// <summary>How personas spell addresses.</summary>
    public static readonly Setting Personas = new(
        "Ews:PersonaProfile", nameof(PersonaProfile.BySpelling), "e-mail addresses in personas: Schema, Documentation or BySpelling");

    /// <summary>What log lines look like.</summary>
    public static readonly Setting LogFormat = new("Log:Format", nameof(Settings.LogFormat.Text), "log lines on the console: Text or Json");

    /// <summary>How much is logged.</summary>
    public static readonly Setting LogLevel = new("Log:Level", nameof(Serilog.Events.LogEventLevel.Information), "Verbose, Debug, Information, Warning, Error or Fatal");

    /// <summary>All of them, in the order of the help.</summary>
    public static readonly IReadOnlyList<Setting> All =
    [
        Urls, TrustForwardedHeaders, StoragePath, MaxGroups, MaxContacts, MaxRequestBytes,
        DefaultMailbox, AutoCreate, Declared, AccountSmtpAddress, AccountPrincipalName, AccountSid, AccountProxyAddresses,
        GrantCaller, GrantMailboxes, DistinguishCallers, .. DirectoryUser, DistributionGroups, AnyDistributionGroup,
        ServerBuild, ServerSchema, AllowMissingVersion, Personas, LogFormat, LogLevel,
        new(SerilogSection + ":...", "", "Serilog's own configuration: sinks, levels, enrichers"),
    ];

    /// <summary>The section that is Serilog's own affair.</summary>
    public const string SerilogSection = "Serilog";

    private static string Text(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
