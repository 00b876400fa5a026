using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;

namespace Ews.ImService.Testing;

/// <summary>Represents a running Ews.ImService server, in the process of the test or in another process.</summary>
/// <remarks>
/// The server is also its default realm, which receives the requests that name no realm.
/// <see cref="CreateRealm"/> and <see cref="GetRealm"/> return further, isolated realms.
/// </remarks>
public sealed class EwsImServer : EwsImRealm, IAsyncDisposable
{
    private readonly Func<ValueTask> _stop;
    private readonly Lock _lock = new();
    private Task? _stopped;

    private EwsImServer(ControlClient control, X509Certificate2? certificate, Func<ValueTask> stop)
        : base(control, string.Empty) => (Certificate, _stop) = (certificate, stop);

    /// <summary>Gets the certificate that clients must trust, or <see langword="null"/> if the server does not use TLS.</summary>
    /// <remarks>For a server that <see cref="Attach"/> returned, the certificate that was passed to it.</remarks>
    public X509Certificate2? Certificate { get; }

    /// <summary>Starts a server in this process, on the loopback address. The server is ready when the task completes.</summary>
    /// <param name="configure">A delegate that configures the server; <see langword="null"/> (the default) for default options.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The running server. Dispose of it to stop it.</returns>
    /// <exception cref="EwsImServerException">An option or a seeded mailbox is invalid, or the server cannot start.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was canceled.</exception>
    public static async Task<EwsImServer> StartAsync(
        Action<EwsImServerOptions>? configure = null, CancellationToken cancellationToken = default)
    {
        var options = new EwsImServerOptions();
        configure?.Invoke(options);
        var settings = options.AllSettings();
        var (urls, certificate, stop) = await ServiceAssembly
            .StartAsync(settings, options.SeedDocuments(), options.TimeProvider, options.LogLine, options.LoggerFactory, cancellationToken)
            .ConfigureAwait(false);
        var control = new ControlClient(new Uri(urls[0], "/"), settings.GetValueOrDefault("Control:Token"), certificate);
        return new EwsImServer(control, certificate, stop);
    }

    /// <summary>Connects to a server that is already running, such as a container. Disposing of the result does not stop it.</summary>
    /// <param name="url">The root URL or the EWS URL of the server.</param>
    /// <param name="token">The value of its setting <c>Control:Token</c>; <see langword="null"/> (the default) if it has none.</param>
    /// <param name="certificate">
    /// The certificate of the server; <see langword="null"/> (the default) if the system trusts it or the server does not use TLS.
    /// </param>
    /// <returns>The server. No request is sent before one of its members is used.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="url"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="url"/> is the URL of a realm.</exception>
    public static EwsImServer Attach(Uri url, string? token = null, X509Certificate2? certificate = null)
    {
        ArgumentNullException.ThrowIfNull(url);
        if (url.AbsolutePath.StartsWith("/realms/", StringComparison.OrdinalIgnoreCase))
            throw new ArgumentException($"'{url}' is the URL of a realm. Attach to the root URL and call GetRealm.", nameof(url));
        return new EwsImServer(new ControlClient(new Uri(url, "/"), token, certificate), certificate, () => default);
    }

    /// <summary>Waits until the server is ready. A server that <see cref="StartAsync"/> returned is ready.</summary>
    /// <param name="timeout">
    /// The maximum time to wait; <see langword="null"/> (the default) for 30 seconds. <see cref="Timeout.InfiniteTimeSpan"/> is allowed.
    /// </param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>A task that completes when the server is ready.</returns>
    /// <exception cref="EwsImServerException">The timeout expired. The message states the reason.</exception>
    public Task WaitUntilReadyAsync(TimeSpan? timeout = null, CancellationToken cancellationToken = default) =>
        Readiness.WaitAsync(Control, timeout ?? Readiness.DefaultTimeout, cancellationToken);

    /// <summary>Returns an isolated realm of this server: its own mailboxes, fault rules, journal and clock.</summary>
    /// <param name="name">
    /// The case-sensitive name: 1 to 64 letters, digits, dots, hyphens and underscores; the first character is a letter or a digit.
    /// </param>
    /// <returns>The realm. The server creates it when it is first used, also by a member that only reads.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> is not a valid realm name.</exception>
    public EwsImRealm GetRealm(string name) => new(Control, RealmName.Verify(name));

    /// <summary>Returns a new realm of this server, with a unique name. Disposing of it deletes it.</summary>
    /// <param name="name">
    /// The beginning of its name, by default the name of the calling method. Characters that a realm name cannot have are replaced.
    /// </param>
    /// <returns>The realm. The server creates it when it is first used, also by a member that only reads.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is <see langword="null"/>.</exception>
    public EwsImTemporaryRealm CreateRealm([CallerMemberName] string name = "") => new(Control, RealmName.CreateUnique(name));

    /// <summary>Gets the realms of the server.</summary>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The default realm, which is this server, and the other realms in ordinal order of their names.</returns>
    /// <exception cref="EwsImServerException">The server cannot be reached.</exception>
    public async Task<IReadOnlyList<EwsImRealm>> GetRealmsAsync(CancellationToken cancellationToken = default)
    {
        var list = await GetAsync("realms", ContractJson.Default.RealmList, cancellationToken).ConfigureAwait(false);
        return [this, .. list.Realms.Where(name => name.Length > 0).Select(GetRealm)];
    }

    /// <summary>Deletes a realm with its mailboxes, snapshots, fault rules, journal and clock.</summary>
    /// <param name="name">The case-sensitive name of the realm.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>A task that completes when the realm is deleted. The next request that names it creates it again.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> is not a valid realm name.</exception>
    /// <exception cref="EwsImServerException">The realm does not exist, or the server cannot be reached.</exception>
    public Task DeleteRealmAsync(string name, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Delete, "realms/" + RealmName.Verify(name), null, cancellationToken);

    /// <summary>Resets all realms to their initial state.</summary>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>A task that completes when all realms are reset.</returns>
    /// <exception cref="EwsImServerException">The server cannot be reached.</exception>
    public Task ResetAllRealmsAsync(CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Post, "reset?realms=all", null, cancellationToken);

    /// <summary>Stops the server, if <see cref="StartAsync"/> started it, and releases its resources.</summary>
    /// <returns>A task that completes when the server has stopped.</returns>
    public ValueTask DisposeAsync()
    {
        lock (_lock)
            return new ValueTask(_stopped ??= StopAsync());
    }

    private async Task StopAsync()
    {
        Control.Dispose();
        await _stop().ConfigureAwait(false);
    }
}
