using System.Security.Cryptography.X509Certificates;
using System.Text;
using Ews.ImService.Settings;

namespace Ews.ImService;

/// <summary>Runs the service inside another program. It speaks in types of .NET alone: its caller may have loaded it apart from its own libraries.</summary>
public static class InProcessService
{
    /// <summary>Starts a service, which is ready when the call returns.</summary>
    /// <param name="settings">Settings by their keys, as on the command line; neither files nor the environment are read.</param>
    /// <param name="seeds">Seed documents that every realm begins with, and goes back to.</param>
    /// <param name="clock">The clock that realms follow.</param>
    /// <param name="logLine">Gets every line of the log; null for no log.</param>
    /// <returns>The EWS URLs, the certificate of those with TLS, and what ends the service.</returns>
    /// <exception cref="SettingsException">A setting cannot be used.</exception>
    /// <exception cref="StartException">It cannot listen, or its certificate or seed cannot be used.</exception>
    /// <exception cref="Storage.StorageException">Its database cannot be used.</exception>
    public static async Task<(IReadOnlyList<Uri> Urls, X509Certificate2? Certificate, Func<ValueTask> Stop)> StartAsync(
        IReadOnlyDictionary<string, string?> settings, IReadOnlyList<string> seeds, TimeProvider clock, Action<string>? logLine)
    {
        var read = SettingsReader.Read(SettingsSources.Of(settings));
        var host = ImServiceHost.Create(read with
        {
            Control = read.Control with { Clock = clock },
            Seeds = [.. seeds.Select(seed => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(seed))],
            OwnsProcess = false,
            LogLine = logLine ?? (_ => { }),
        });
        try
        {
            await host.StartAsync();
            return (host.EwsUrls, host.Certificate, host.DisposeAsync);
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }
}
