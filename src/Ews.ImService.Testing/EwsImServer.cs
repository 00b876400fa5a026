using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;

namespace Ews.ImService.Testing;

/// <summary>A local stand-in for Exchange's instant-messaging contact store, in the test's own process or in another.</summary>
/// <remarks>It is also the realm of those who name none; <see cref="Realm"/> gives further ones, each a world of its own.</remarks>
public sealed partial class EwsImServer : EwsImRealm, IAsyncDisposable
{
    private readonly Func<ValueTask> _stop;
    private readonly Lock _lock = new();
    private Task? _stopped;

    private EwsImServer(ControlClient control, X509Certificate2? certificate, Func<ValueTask> stop)
        : base(control, string.Empty) => (Certificate, _stop) = (certificate, stop);

    /// <summary>The certificate of a stand-in with TLS, for clients to trust; null without TLS.</summary>
    public X509Certificate2? Certificate { get; }

    /// <summary>Starts a stand-in in this process, on a loopback port; it is ready when the call returns.</summary>
    /// <param name="configure">Says what it is to be like; null for the default.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="EwsImServerException">It cannot start, or a mailbox of the options cannot be.</exception>
    public static async Task<EwsImServer> StartAsync(Action<EwsImServerOptions>? configure = null, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        var options = new EwsImServerOptions();
        configure?.Invoke(options);
        var settings = options.AllSettings();
        var (urls, certificate, stop) = await StartServiceAsync(settings, options).ConfigureAwait(false);
        return new EwsImServer(new ControlClient(new Uri(urls[0], "/"), settings.GetValueOrDefault("Control:Token"), certificate), certificate, stop);
    }

    /// <summary>Speaks to a stand-in that runs already, such as a container; it is left running.</summary>
    /// <param name="url">Its root, or its EWS URL; for a realm, see <see cref="Realm"/>.</param>
    /// <param name="token">The token of Control:Token; null for none.</param>
    /// <param name="certificate">Its certificate, where the system does not trust it; null where it does.</param>
    /// <exception cref="ArgumentException">It is a realm's URL.</exception>
    public static EwsImServer Attach(Uri url, string? token = null, X509Certificate2? certificate = null)
    {
        ArgumentNullException.ThrowIfNull(url);
        if (url.AbsolutePath.StartsWith("/realms/", StringComparison.OrdinalIgnoreCase))
            throw new ArgumentException($"'{url}' is a realm's URL; attach to the root, and take the realm from there.", nameof(url));
        return new EwsImServer(new ControlClient(new Uri(url, "/"), token, certificate), certificate, () => default);
    }

    /// <summary>A world of its own in this stand-in: its own mailboxes, faults, journal and clock. It comes to be when it is first used.</summary>
    /// <param name="name">Letters, digits, dot, hyphen and underscore, at most 64 of them, the first a letter or a digit.</param>
    /// <exception cref="ArgumentException">It is no such name.</exception>
    public EwsImRealm Realm(string name) => RealmName().IsMatch(name)
        ? new EwsImRealm(Control, name)
        : throw new ArgumentException($"'{name}' is no name of a realm: letters, digits, '.', '-' and '_', at most 64 of them, the first a letter or a digit.", nameof(name));

    /// <summary>Sets all realms back to their beginning.</summary>
    public Task ResetAllAsync(CancellationToken cancellation = default) => Control.SendAsync(string.Empty, HttpMethod.Post, "reset?realms=all", null, cancellation);

    /// <summary>Ends a stand-in that this process has started.</summary>
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

    private static async Task<(IReadOnlyList<Uri> Urls, X509Certificate2? Certificate, Func<ValueTask> Stop)> StartServiceAsync(Dictionary<string, string?> settings, EwsImServerOptions options)
    {
        try
        {
            return await Task.Run(() => ServiceAssembly.Start(settings, options.Seeds, options.Clock, options.LogLine)).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not EwsImServerException)
        {
            throw new EwsImServerException($"The stand-in cannot start: {e.Message}", e);
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}\z")]
    private static partial Regex RealmName();
}
