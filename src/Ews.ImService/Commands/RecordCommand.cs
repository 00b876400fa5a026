using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ews.ImService.Commands.Journal;
using Ews.ImService.Configuration;
using Ews.ImService.Protocol;
using Ews.ImService.Recording;
using Ews.ImService.Settings;
using Ews.ImService.Tls;

namespace Ews.ImService.Commands;

/// <summary>Forwards the requests of clients to an Exchange server, and records them.</summary>
internal sealed class RecordCommand : Command<RecordCommand.CommandOptions>
{
    private const string ServerRule = "the URL of an Exchange server, such as https://mail.contoso.com/EWS/Exchange.asmx";

    private static readonly Setting<Uri?> To = Setting.Optional(
        "Client:Record:To", "The server to which requests are forwarded. The path of the URL is ignored.", ParseServer, "url") with
    {
        ShortName = "--to",
    };

    private static readonly Setting<string?> Out = Setting.OptionalPath("Client:Record:Out", "The file to create.") with
    {
        ShortName = "--out",
        DefaultText = "recording.jsonl",
    };

    private static readonly Setting<bool> Pseudonyms = Setting.Flag(
        "Client:Record:Pseudonyms",
        "--pseudonyms",
        "Replaces email addresses and domains in the file. Names and other texts are not replaced.");

    private static readonly Setting<string?> DefaultMailbox = Setting.OptionalText(
        "Client:Record:DefaultMailbox", "The mailbox of requests that do not name one, such as those with an NTLM sign-in.", "address") with
    {
        ShortName = "--default-mailbox",
    };

    private static readonly Setting<bool> KeepUrls = Setting.Flag(
        "Client:Record:KeepUrls", "--keep-urls", "Does not replace the URLs of the server in Autodiscover and WSDL responses.");

    private static readonly Setting<bool> Insecure = Setting.Flag(
        "Client:Record:Insecure", "--insecure", "Accepts every certificate of the server.");

    private static readonly Setting<string?> Ca = Setting.OptionalPath(
        "Client:Record:Ca", "A PEM file with the certificates that are trusted as issuers of that of the server.") with
    {
        ShortName = "--ca",
    };

    public RecordCommand()
        : base("record", "Forwards requests to an Exchange server, and records them in a file.")
    {
        Remarks =
            "Clients use the URL of the recorder instead of that of the server, and sign in as they do to the server. Passwords, tokens "
            + "and cookies are not in the file, which only its owner can read. Ctrl+C ends the recording.";
        Examples =
        [
            new("ews-im record --to https://mail.contoso.com", "Records in the file recording.jsonl until Ctrl+C."),
            new("ews-im record --to https://mail.contoso.com --pseudonyms --out shared.jsonl", "Replaces addresses in the file."),
        ];
    }

    public override IEnumerable<SettingGroup> Options =>
    [
        new("Options", To, Out, DefaultMailbox, Pseudonyms, KeepUrls, Insecure, Ca),
        CredentialOptions.Group,
        new("Addresses", ListenSettings.Urls, ListenSettings.HttpsUrl),
        HttpsSettings.Group,
    ];

    protected override CommandOptions Read(SettingValues values, string? argument)
    {
        var (server, urls, credentials) = (values.Get(To), ListenSettings.ReadUrls(values), CredentialOptions.Read(values));
        if (server is null)
            values.Reject($"--to is required. It must be {ServerRule}.");
        else if (server.UserInfo.Length > 0)
            values.Reject("--to must not contain a user or password. Use --user and --password-file.");
        if (credentials is not null && !urls.All(ListenSettings.IsLoopback))
            values.Reject("--user requires URLs of localhost, because every client of the recorder signs in as this user.");
        var options = new RecorderOptions
        {
            Server = server ?? new Uri("https://localhost/"),
            Urls = urls,
            Credentials = credentials,
            TrustedIssuers = values.Get(Ca) is { } file ? ReadCertificates(file) : null,
            IsInsecure = values.Get(Insecure),
            KeepsUrls = values.Get(KeepUrls),
            HasPseudonyms = values.Get(Pseudonyms),
            Mailbox = values.Get(DefaultMailbox) ?? (credentials?.UserName is { } user && user.Contains('@') ? user : null),
        };
        return new CommandOptions(options, HttpsSettings.Read(values), values.Get(Out) ?? Path.GetFullPath(Out.DefaultText));
    }

    protected override async Task RunAsync(CommandOptions options)
    {
        var recorder = options.Recorder;
        var pseudonyms = recorder.HasPseudonyms ? new Pseudonyms(recorder.Server.Host) : null;
        var hasHttps = recorder.Urls.Any(url => url.StartsWith("https:", StringComparison.OrdinalIgnoreCase));
        using var certificate = hasHttps ? ServerCertificate.Load(options.Certificate) : null;
        using var file = new RecordingWriter(options.File, new RecordingHeader
        {
            RecordingVersion = RecordingHeader.CurrentVersion,
            Program = "Ews.ImService " + HelpText.Version,
            Server = pseudonyms?.Replace(recorder.Server.ToString()) ?? recorder.Server.ToString(),
            Started = TimeProvider.System.GetUtcNow(),
            HasPseudonyms = recorder.HasPseudonyms,
        });
        var lostCount = 0;
        await using var server = Recorder.Create(recorder, certificate, entry =>
        {
            Console.WriteLine(JournalLine.Text(entry));
            try
            {
                file.Add(pseudonyms is null ? entry : PseudonymousEntry.Create(entry, pseudonyms));
            }
            catch (IOException e)
            {
                Interlocked.Increment(ref lostCount);
                Console.Error.WriteLine($"Request {entry.Id} is not recorded: {e.Message}");
            }
        });
        if (recorder is { Credentials: not null, Server: { Scheme: "http", IsLoopback: false } })
            Console.Error.WriteLine($"The password may be sent to {recorder.Server} without encryption. Use an https URL.");
        await StartAsync(server, file);
        var urls = string.Join(" or ", server.Urls.Select(url => new Uri(new Uri(url), EwsOptions.Path)));
        Console.WriteLine($"Clients use {urls}; requests are forwarded to {recorder.Server} and recorded in {options.File}.");
        await server.WaitForShutdownAsync();
        if (lostCount > 0)
            throw new StartException($"Requests that are not recorded in {options.File}: {lostCount}.");
    }

    /// <summary>Starts the recorder. The file is deleted if it does not start.</summary>
    private static async Task StartAsync(Recorder server, RecordingWriter file)
    {
        try
        {
            await server.StartAsync();
        }
        catch (StartException)
        {
            file.Delete();
            throw;
        }
    }

    private static Parsed<Uri?> ParseServer(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.Port > 0
            ? new Uri(url, "/")
            : new Violation(ServerRule);

    private static X509Certificate2Collection ReadCertificates(string file)
    {
        try
        {
            var certificates = new X509Certificate2Collection();
            certificates.ImportFromPem(UserFile.Read(file));
            return certificates.Count > 0
                ? certificates
                : throw new StartException($"The file '{file}' contains no certificate in PEM format.");
        }
        catch (CryptographicException e)
        {
            throw new StartException($"The file '{file}' contains a certificate that is not valid: {e.Message}", e);
        }
    }

    /// <summary>The options of the command.</summary>
    internal sealed record CommandOptions(RecorderOptions Recorder, CertificateSettings Certificate, string File);
}
