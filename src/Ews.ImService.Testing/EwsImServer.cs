using System.Security.Cryptography.X509Certificates;

namespace Ews.ImService.Testing;

/// <summary>A local stand-in for Exchange's instant-messaging contact store, in the test's own process or in another.</summary>
/// <remarks>It is also the realm of those who name none; <see cref="Realm"/> gives further ones, each a world of its own.</remarks>
public sealed class EwsImServer : EwsImRealm, IAsyncDisposable
{
    private readonly Func<ValueTask> _stop;
    private int _isStopped;

    private EwsImServer(ControlClient control, X509Certificate2? certificate, Func<ValueTask> stop)
        : base(control, string.Empty) => (Certificate, _stop) = (certificate, stop);

    /// <summary>The certificate of a stand-in with TLS, for clients to trust; null without TLS.</summary>
    public X509Certificate2? Certificate { get; }

    /// <summary>Starts a stand-in in this process, on a loopback port; it is ready when the call returns.</summary>
    /// <param name="configure">Says what it is to be like; null for the default.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="EwsImServerException">It cannot start, or a mailbox cannot be seeded.</exception>
    public static async Task<EwsImServer> StartAsync(Action<EwsImServerOptions>? configure = null, CancellationToken cancellation = default)
    {
        var options = new EwsImServerOptions();
        configure?.Invoke(options);
        var settings = options.AllSettings();
        var (urls, certificate, stop) = await StartServiceAsync(settings, options).ConfigureAwait(false);
        var server = new EwsImServer(new ControlClient(new Uri(urls[0], "/"), settings.GetValueOrDefault("Control:Token"), certificate), certificate, stop);
        try
        {
            foreach (var mailbox in options.Mailboxes)
                await server.SeedAsync(mailbox, cancellation).ConfigureAwait(false);
            return server;
        }
        catch
        {
            await server.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Speaks to a stand-in that runs already, such as a container; it is left running.</summary>
    /// <param name="url">Any URL of it.</param>
    /// <param name="token">The token of Control:Token; null for none.</param>
    public static EwsImServer Attach(Uri url, string? token = null) => new(new ControlClient(new Uri(url, "/"), token, null), null, () => default);

    /// <summary>A world of its own in this stand-in: its own mailboxes, faults, journal and clock. It comes to be when it is first used.</summary>
    /// <param name="name">Letters, digits, dot, hyphen and underscore, at most 64 of them.</param>
    public EwsImRealm Realm(string name) => new(Control, name);

    /// <summary>Sets all realms back to their beginning.</summary>
    public Task ResetAllAsync(CancellationToken cancellation = default) => Control.SendAsync(string.Empty, HttpMethod.Post, "reset?realms=all", null, cancellation);

    /// <summary>Ends a stand-in that this process has started.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isStopped, 1) != 0)
            return;
        Control.Dispose();
        await _stop().ConfigureAwait(false);
    }

    private static async Task<(IReadOnlyList<Uri> Urls, X509Certificate2? Certificate, Func<ValueTask> Stop)> StartServiceAsync(Dictionary<string, string?> settings, EwsImServerOptions options)
    {
        try
        {
            return await Task.Run(() => ServiceAssembly.Start(settings, options.Clock, options.LogLine)).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not EwsImServerException)
        {
            throw new EwsImServerException($"The stand-in cannot start: {e.Message}", e);
        }
    }
}
