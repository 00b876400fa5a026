namespace Ews.ImService.Testing;

/// <summary>A world of its own in a stand-in: mailboxes, journal, faults and clock that no other realm sees.</summary>
public class EwsImRealm
{
    internal EwsImRealm(ControlClient control, string name)
    {
        (Control, Name) = (control, name);
        Url = new Uri(control.Root, name.Length == 0 ? "EWS/Exchange.asmx" : $"realms/{name}/EWS/Exchange.asmx");
        Clock = new EwsImClock(this);
        Faults = new EwsImFaults(this);
        Journal = new EwsImJournal(this);
    }

    /// <summary>Its name; empty for the realm of those who name none.</summary>
    public string Name { get; }

    /// <summary>What to give to an EWS client.</summary>
    public Uri Url { get; }

    /// <summary>Its time.</summary>
    public EwsImClock Clock { get; }

    /// <summary>What is to go wrong in it.</summary>
    public EwsImFaults Faults { get; }

    /// <summary>What it was asked, and answered.</summary>
    public EwsImJournal Journal { get; }

    internal ControlClient Control { get; }

    /// <summary>An HTTP client for it that trusts its certificate; it is the caller's to dispose of.</summary>
    public HttpClient CreateHttpClient() => new(Control.NewHandler()) { BaseAddress = Url };

    /// <summary>Describes a mailbox to seed; <see cref="MailboxSeed.SeedAsync"/> puts it there.</summary>
    /// <param name="smtpAddress">Its primary address.</param>
    public MailboxSeed Mailbox(string smtpAddress) => new(smtpAddress, this);

    /// <summary>Reads what a mailbox holds.</summary>
    /// <param name="smtpAddress">Its primary address.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>The mailbox, or null where there is none yet: mailboxes come to be when a client first uses them.</returns>
    public async Task<ImMailbox?> ReadMailboxAsync(string smtpAddress, CancellationToken cancellation = default)
    {
        var path = "seed?mailbox=" + Uri.EscapeDataString(smtpAddress);
        var (status, text) = await Control.TrySendAsync(Name, HttpMethod.Get, path, null, cancellation).ConfigureAwait(false);
        if (status == 404 && text.Contains("\"problems\"", StringComparison.Ordinal))
            return null;
        return status == 200 ? ImMailbox.Read(text) : throw new EwsImServerException(Control.Detail(status, text));
    }

    /// <summary>Sets the realm back to its beginning: mailboxes, faults, journal and clock, so that ids begin again too. Snapshots stay.</summary>
    public Task ResetAsync(CancellationToken cancellation = default) => SendAsync(HttpMethod.Post, "reset", null, cancellation);

    /// <summary>Sets one mailbox back to its beginning.</summary>
    public Task ResetAsync(string smtpAddress, CancellationToken cancellation = default) =>
        SendAsync(HttpMethod.Post, "reset?mailbox=" + Uri.EscapeDataString(smtpAddress), null, cancellation);

    /// <summary>Remembers all mailboxes of the realm.</summary>
    /// <param name="name">The snapshot's name.</param>
    /// <param name="cancellation">Gives up.</param>
    public Task TakeSnapshotAsync(string name, CancellationToken cancellation = default) =>
        SendAsync(HttpMethod.Put, "snapshots/" + Uri.EscapeDataString(name), null, cancellation);

    /// <summary>Puts all mailboxes of the realm back to a snapshot.</summary>
    /// <param name="name">The snapshot's name.</param>
    /// <param name="cancellation">Gives up.</param>
    public Task RestoreSnapshotAsync(string name, CancellationToken cancellation = default) =>
        SendAsync(HttpMethod.Post, $"snapshots/{Uri.EscapeDataString(name)}/restore", null, cancellation);

    /// <summary>All mailboxes of the realm as a seed document, in JSON, that makes the very same mailboxes.</summary>
    public Task<string> ExportSeedAsync(CancellationToken cancellation = default) => SendAsync(HttpMethod.Get, "seed", null, cancellation);

    /// <summary>Puts a seed document's mailboxes in the place of those of the same addresses.</summary>
    /// <param name="json">The document.</param>
    /// <param name="replaceAll">Whether all other mailboxes of the realm go.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="EwsImServerException">It cannot be used; the message says everything that is wrong with it.</exception>
    public Task LoadSeedAsync(string json, bool replaceAll = false, CancellationToken cancellation = default) =>
        SendAsync(replaceAll ? HttpMethod.Put : HttpMethod.Post, "seed", json, cancellation);

    /// <summary>Its URL, for messages.</summary>
    public override string ToString() => Url.ToString();

    internal Task<string> SendAsync(HttpMethod method, string path, string? body, CancellationToken cancellation) => Control.SendAsync(Name, method, path, body, cancellation);

    internal Task<T> SendAsync<T>(HttpMethod method, string path, string? body, CancellationToken cancellation) => Control.SendAsync<T>(Name, method, path, body, cancellation);

    internal Task SeedAsync(MailboxSeed mailbox, CancellationToken cancellation) => LoadSeedAsync(mailbox.ToJson(), cancellation: cancellation);
}
