using Ews.ImService.Control;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol;
using Ews.ImService.Protocol.SignIn;

namespace Ews.ImService.Settings;

/// <summary>All settings, once: read from here, checked against this, and listed by the help.</summary>
internal static class SettingsTable
{
    /// <summary>Where the service listens.</summary>
    public static readonly Setting Urls = new("urls", "http://localhost:5080", "where to listen, separated by semicolons");

    /// <summary>A further address, with TLS.</summary>
    public static readonly Setting HttpsUrl = new("Https:Url", "", "an address with TLS besides urls; --https is short for https://localhost:5443");

    /// <summary>The certificate.</summary>
    public static readonly Setting CertificatePath = new("Https:CertificatePath", "one made and kept", "a PFX or PEM file, or :memory: for one that is made and not kept");

    /// <summary>The certificate's key, where it is a file of its own.</summary>
    public static readonly Setting CertificateKeyPath = new("Https:CertificateKeyPath", "", "the PEM file of the key, where it is another");

    /// <summary>What the certificate's key is encrypted with.</summary>
    public static readonly Setting CertificatePassword = new("Https:CertificatePassword", "", "the password of the PFX or of the key");

    /// <summary>Further names of a certificate of our own.</summary>
    public static readonly Setting CertificateNames = new("Https:Names:N", "", "a DNS name or IP address that the certificate made is good for too");

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

    /// <summary>How many may be connected.</summary>
    public static readonly Setting MaxConnections = new("Limits:MaxConnections", "1000", "connections at one time; more are closed at once");

    /// <summary>Who is calling.</summary>
    public static readonly Setting DefaultMailbox = new("Mailboxes:Default", new EwsOptions().DefaultMailbox.Value, "the SMTP address of a caller who impersonates nobody");

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

    /// <summary>Passwords.</summary>
    public static readonly IReadOnlyList<Setting> AccountPasswords =
    [
        new("Mailboxes:Accounts:N:Password", "", "its password; only hashes of it are kept"),
        new("Mailboxes:Accounts:N:PasswordHash", "", "its password's hash for Basic, from the command hash-password"),
        new("Mailboxes:Accounts:N:NtHash", "", "its password's hash for NTLM, from the command hash-password"),
    ];

    /// <summary>Who has to sign in.</summary>
    public static readonly Setting SignInMode = new(
        "SignIn:Mode", nameof(Protocol.SignIn.SignInMode.Anonymous), "who has to sign in: Anonymous (nobody), AcceptAny (everybody, as anyone) or Users (with an account's password)");

    /// <summary>What is offered.</summary>
    public static readonly Setting SignInSchemes = new("SignIn:Schemes:N", "Basic", "what is offered, in this order: Basic, Ntlm, Bearer");

    /// <summary>What people sign in to.</summary>
    public static readonly Setting SignInRealm = new("SignIn:Realm", new SignInOptions().Realm, "the realm that is shown to people");

    /// <summary>Fixed tokens.</summary>
    public static readonly Setting TokenText = new("SignIn:Tokens:N:Token", "", "a bearer token");

    /// <summary>Whose they are.</summary>
    public static readonly Setting TokenUser = new("SignIn:Tokens:N:User", "", "whose that token is");

    /// <summary>Signed tokens.</summary>
    public static readonly IReadOnlyList<Setting> Jwt =
    [
        new("SignIn:Jwt:Key", "", "what signs tokens: a secret (HS256) or a public key in PEM (RS256)"),
        new("SignIn:Jwt:Issuer", "any", "the issuer that tokens have to name"),
        new("SignIn:Jwt:Audience", "any", "the audience that tokens have to name"),
    ];

    /// <summary>Who may impersonate.</summary>
    public static readonly Setting GrantCaller = new("Impersonation:Grants:N:Caller", "", "who may impersonate, or * (no grant at all: everybody may, or with SignIn:Mode Users nobody)");

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

    /// <summary>Whether tests may hold the service in their hand.</summary>
    public static readonly Setting ControlEnabled = new("Control:Enabled", "true", "whether there is a control API at /_control/v1, with its journal and faults");

    /// <summary>What callers of the control API show.</summary>
    public static readonly Setting ControlToken = new("Control:Token", "", "a bearer token that callers of the control API have to send");

    /// <summary>How many requests are remembered.</summary>
    public static readonly Setting JournalEntries = new("Control:JournalEntries", Text(new ControlOptions().JournalEntries), "requests that each realm's journal remembers");

    /// <summary>How much of them is remembered.</summary>
    public static readonly Setting JournalBytes = new("Control:JournalBytes", Text(new ControlOptions().JournalBytes), "bytes of bodies that each realm's journal remembers");

    /// <summary>What GUIDs are made of.</summary>
    public static readonly Setting IdSeed = new("Realms:IdSeed", "", "a number that ids are made of, so that every run makes the same");

    /// <summary>Where clocks stand.</summary>
    public static readonly Setting ClockAt = new("Realms:ClockAt", "", "a time at which the clock of every realm stands still at first, such as 2026-11-21T08:30:00Z");

    /// <summary>What is there from the start.</summary>
    public static readonly Setting SeedPath = new("Seed:Path", "", "a seed document to load at every start, or a folder of them; --seed is short for it");

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

    /// <summary>Which running service a command calls.</summary>
    public static readonly Setting ClientUrl = new("Client:Url", "the first of urls", "the running service that a command calls; --url is short for it");

    /// <summary>What a command shows to it.</summary>
    public static readonly Setting ClientToken = new("Client:Token", "Control:Token", "the token that a command shows; --token is short for it");

    /// <summary>Which realm a command is about.</summary>
    public static readonly Setting ClientRealm = new("Client:Realm", "", "the realm that a command is about; --realm is short for it");

    /// <summary>Which mailbox a command is about.</summary>
    public static readonly Setting ClientMailbox = new("Client:Mailbox", "", "the only mailbox that seed --export, reset and journal are about; --mailbox is short for it");

    /// <summary>Which operation a command is about.</summary>
    public static readonly Setting ClientOperation = new("Client:Operation", "", "the only operation that journal shows; --operation is short for it");

    /// <summary>Whether a seed takes the place of all.</summary>
    public static readonly Setting ClientReplace = new("Client:Replace", "false", "whether seed removes all other mailboxes; --replace is short for true");

    /// <summary>Whether a seed is read instead of loaded.</summary>
    public static readonly Setting ClientExport = new("Client:Export", "false", "whether seed writes the mailboxes that there are; --export is short for true");

    /// <summary>Whether all realms are meant.</summary>
    public static readonly Setting ClientAllRealms = new("Client:AllRealms", "false", "whether reset is for all realms; --all-realms is short for true");

    /// <summary>Whether the journal goes on.</summary>
    public static readonly Setting ClientFollow = new("Client:Follow", "false", "whether journal waits for further requests; --follow is short for true");

    /// <summary>Whether the journal is written as JSON.</summary>
    public static readonly Setting ClientJson = new("Client:Json", "false", "whether journal writes JSON, with headers and bodies; --json is short for true");

    /// <summary>All of them, in the order of the help.</summary>
    public static readonly IReadOnlyList<Setting> All =
    [
        Urls, HttpsUrl, CertificatePath, CertificateKeyPath, CertificatePassword, CertificateNames, TrustForwardedHeaders, StoragePath, MaxGroups, MaxContacts, MaxRequestBytes, MaxConnections,
        DefaultMailbox, AutoCreate, Declared, AccountSmtpAddress, AccountPrincipalName, AccountSid, AccountProxyAddresses, .. AccountPasswords,
        SignInMode, SignInSchemes, SignInRealm, TokenText, TokenUser, .. Jwt,
        GrantCaller, GrantMailboxes, DistinguishCallers, .. DirectoryUser, DistributionGroups, AnyDistributionGroup,
        SeedPath, ControlEnabled, ControlToken, JournalEntries, JournalBytes, IdSeed, ClockAt,
        ServerBuild, ServerSchema, AllowMissingVersion, Personas, LogFormat, LogLevel,
        ClientUrl, ClientToken, ClientRealm, ClientMailbox, ClientOperation, ClientReplace, ClientExport, ClientAllRealms, ClientFollow, ClientJson,
        new(SerilogSection + ":...", "", "Serilog's own configuration: sinks, levels, enrichers"),
    ];

    /// <summary>The section of commands that call a running service.</summary>
    public const string ClientSection = "Client";

    /// <summary>The section that is Serilog's own affair.</summary>
    public const string SerilogSection = "Serilog";

    private static string Text(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
