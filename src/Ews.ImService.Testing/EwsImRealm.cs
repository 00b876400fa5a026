using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Ews.ImService.Testing;

/// <summary>Represents a realm: mailboxes, a journal, fault rules and a clock, isolated from the other realms of the server.</summary>
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

    /// <summary>Gets the name of the realm, or an empty string for the default realm.</summary>
    public string Name { get; }

    /// <summary>Gets the EWS URL of the realm, such as <c>http://127.0.0.1:41234/EWS/Exchange.asmx</c>.</summary>
    public Uri Url { get; }

    /// <summary>Gets the clock of the realm.</summary>
    public EwsImClock Clock { get; }

    /// <summary>Gets the fault rules of the realm.</summary>
    public EwsImFaults Faults { get; }

    /// <summary>Gets the journal of the requests that the realm received.</summary>
    public EwsImJournal Journal { get; }

    internal ControlClient Control { get; }

    /// <summary>Creates an HTTP client that trusts the certificate of the server.</summary>
    /// <returns>A client whose base address is <see cref="Url"/>. The caller disposes of it.</returns>
    public HttpClient CreateClient() => new(Control.CreateHandler()) { BaseAddress = Url };

    /// <summary>Creates a mailbox, or replaces the mailbox with the same address.</summary>
    /// <param name="mailbox">The mailbox to create.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The mailbox that was created, with its ids and times.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="mailbox"/> is <see langword="null"/>.</exception>
    /// <exception cref="EwsImServerException">The mailbox is invalid, or the server cannot be reached.</exception>
    public async Task<SeedMailbox> SeedAsync(SeedMailbox mailbox, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(mailbox);
        var json = JsonSerializer.Serialize(new SeedDocument { Mailboxes = [mailbox] }, ContractJson.Default.SeedDocument);
        await ImportSeedAsync(json, cancellationToken: cancellationToken).ConfigureAwait(false);
        return (await FindMailboxAsync(mailbox.SmtpAddress, cancellationToken).ConfigureAwait(false))!;
    }

    /// <summary>Finds a mailbox by its address.</summary>
    /// <param name="smtpAddress">The primary SMTP address; case-insensitive.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>
    /// The contents of the mailbox, or <see langword="null"/> if it does not exist. A mailbox is created when it is seeded or when
    /// a client first uses it.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="smtpAddress"/> is <see langword="null"/>.</exception>
    /// <exception cref="EwsImServerException">The server cannot be reached.</exception>
    public async Task<SeedMailbox?> FindMailboxAsync(string smtpAddress, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(smtpAddress);
        var path = "mailboxes/" + Uri.EscapeDataString(smtpAddress);
        var response = await TrySendAsync(HttpMethod.Get, path, null, cancellationToken).ConfigureAwait(false);
        if (response.IsMissing)
            return null;
        return response.Succeeded
            ? response.Read(ContractJson.Default.SeedMailbox)
            : throw ControlClient.Failure(HttpMethod.Get, path, response);
    }

    /// <summary>Resets mailboxes, fault rules, journal and clock to the initial state of the realm. Snapshots are kept.</summary>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>A task that completes when the realm is reset.</returns>
    /// <exception cref="EwsImServerException">The server cannot be reached.</exception>
    public Task ResetAsync(CancellationToken cancellationToken = default) => SendAsync(HttpMethod.Post, "reset", null, cancellationToken);

    /// <summary>Resets one mailbox to its initial state: as in <see cref="EwsImServerOptions.Mailboxes"/>, or deleted.</summary>
    /// <param name="smtpAddress">The primary SMTP address; case-insensitive.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>A task that completes when the mailbox is reset.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="smtpAddress"/> is <see langword="null"/>.</exception>
    /// <exception cref="EwsImServerException"><paramref name="smtpAddress"/> is invalid, or the server cannot be reached.</exception>
    public Task ResetMailboxAsync(string smtpAddress, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(smtpAddress);
        return SendAsync(HttpMethod.Post, "reset?mailbox=" + Uri.EscapeDataString(smtpAddress), null, cancellationToken);
    }

    /// <summary>Takes a snapshot of all mailboxes of the realm. It replaces the snapshot with the same name.</summary>
    /// <param name="name">The name of the snapshot; the rules of realm names apply, see <see cref="EwsImServer.GetRealm"/>.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>A task that completes when the snapshot is taken.</returns>
    /// <exception cref="EwsImServerException">
    /// <paramref name="name"/> is invalid, the realm already has 100 snapshots, or the server cannot be reached.
    /// </exception>
    public Task TakeSnapshotAsync(string name, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Put, SnapshotPath(name), null, cancellationToken);

    /// <summary>Replaces all mailboxes of the realm with those of a snapshot.</summary>
    /// <param name="name">The name of the snapshot.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>A task that completes when the mailboxes are replaced.</returns>
    /// <exception cref="EwsImServerException">The snapshot does not exist, or the server cannot be reached.</exception>
    public Task RestoreSnapshotAsync(string name, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Post, SnapshotPath(name) + "/restore", null, cancellationToken);

    /// <summary>Gets the snapshots of the realm.</summary>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The snapshots, in ordinal order of their names.</returns>
    /// <exception cref="EwsImServerException">The server cannot be reached.</exception>
    public async Task<IReadOnlyList<SnapshotSummary>> GetSnapshotsAsync(CancellationToken cancellationToken = default) =>
        (await GetAsync("snapshots", ContractJson.Default.SnapshotList, cancellationToken).ConfigureAwait(false)).Details;

    /// <summary>Deletes a snapshot.</summary>
    /// <param name="name">The name of the snapshot.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>A task that completes when the snapshot is deleted.</returns>
    /// <exception cref="EwsImServerException">The snapshot does not exist, or the server cannot be reached.</exception>
    public Task DeleteSnapshotAsync(string name, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Delete, SnapshotPath(name), null, cancellationToken);

    /// <summary>Exports all mailboxes of the realm as a seed document.</summary>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The seed document, as JSON. It contains ids, order and times, so that importing it restores identical mailboxes.</returns>
    /// <exception cref="EwsImServerException">The server cannot be reached.</exception>
    public async Task<string> ExportSeedAsync(CancellationToken cancellationToken = default) =>
        (await SendAsync(HttpMethod.Get, "seed", null, cancellationToken).ConfigureAwait(false)).Text;

    /// <summary>Imports a seed document. Its mailboxes replace those with the same addresses.</summary>
    /// <param name="json">The seed document, as JSON.</param>
    /// <param name="replaceAll">
    /// <see langword="true"/> to delete all other mailboxes of the realm; <see langword="false"/> (the default) to keep them.
    /// </param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>A task that completes when the mailboxes are imported.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="json"/> is <see langword="null"/>.</exception>
    /// <exception cref="EwsImServerException">
    /// The document is invalid, and no mailbox was changed; or the server cannot be reached.
    /// </exception>
    public Task ImportSeedAsync(string json, bool replaceAll = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(json);
        return SendAsync(replaceAll ? HttpMethod.Put : HttpMethod.Post, "seed", json, cancellationToken);
    }

    /// <summary>Returns the EWS URL of the realm.</summary>
    /// <returns>The value of <see cref="Url"/>.</returns>
    public override string ToString() => Url.ToString();

    /// <summary>Sends a request to the control API and returns the response if it succeeded.</summary>
    /// <exception cref="EwsImServerException">The service cannot be reached or rejects the request.</exception>
    internal async Task<ControlResponse> SendAsync(
        HttpMethod method, string path, string? json, CancellationToken cancellationToken)
    {
        var response = await TrySendAsync(method, path, json, cancellationToken).ConfigureAwait(false);
        return response.Succeeded ? response : throw ControlClient.Failure(method, path, response);
    }

    /// <summary>
    /// Sends a request to the control API and returns the response, regardless of its status. A realm that does not exist is created.
    /// </summary>
    /// <exception cref="EwsImServerException">The service cannot be reached.</exception>
    internal virtual async Task<ControlResponse> TrySendAsync(
        HttpMethod method, string path, string? json, CancellationToken cancellationToken, TimeSpan wait = default)
    {
        var response = await Control.SendAsync(Name, method, path, json, cancellationToken, wait).ConfigureAwait(false);
        if (Name.Length == 0 || !response.IsMissing)
            return response;
        VerifyUsable();
        var creation = await Control
            .SendAsync(string.Empty, HttpMethod.Put, "realms/" + Name, null, cancellationToken).ConfigureAwait(false);
        return creation.Succeeded
            ? await Control.SendAsync(Name, method, path, json, cancellationToken, wait).ConfigureAwait(false)
            : creation;
    }

    /// <summary>Reads from the realm if it exists, and returns the response, regardless of its status.</summary>
    /// <exception cref="EwsImServerException">The service cannot be reached.</exception>
    internal Task<ControlResponse> TryGetFromExistingAsync(string path, CancellationToken cancellationToken, TimeSpan wait = default)
    {
        VerifyUsable();
        return Control.SendAsync(Name, HttpMethod.Get, path, null, cancellationToken, wait);
    }

    /// <summary>Verifies that the realm was not disposed of.</summary>
    /// <exception cref="ObjectDisposedException">The realm was disposed of.</exception>
    private protected virtual void VerifyUsable()
    {
    }

    /// <summary>Opens a stream of events of the realm, which must exist.</summary>
    /// <exception cref="EwsImServerException">The service cannot be reached or rejects the request.</exception>
    internal Task<ControlEventStream> OpenEventsAsync(string path, CancellationToken cancellationToken) =>
        Control.OpenEventsAsync(Name, path, cancellationToken);

    internal async Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        (await SendAsync(HttpMethod.Get, path, null, cancellationToken).ConfigureAwait(false)).Read(type);

    private static string SnapshotPath(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return "snapshots/" + Uri.EscapeDataString(name);
    }
}
