using System.Security.Cryptography.X509Certificates;
using System.Text;
using Ews.ImService.Configuration;
using Ews.ImService.Settings;

namespace Ews.ImService;

/// <summary>Runs the service in the process of another program.</summary>
/// <remarks>
/// The signature has only types of .NET and ASP.NET Core, because the other program may load the service into an assembly load context.
/// </remarks>
public static class InProcessService
{
    /// <summary>Starts a service, which is ready when the call returns.</summary>
    /// <param name="settings">The settings by key, such as <c>Limits:MaxGroups</c>. Neither files nor the environment are read.</param>
    /// <param name="seeds">The seed documents that define the initial state of every realm.</param>
    /// <param name="clock">The clock of realms.</param>
    /// <param name="logLine">Receives each line of the log; <c>null</c> for no lines.</param>
    /// <param name="loggers">Creates the loggers that receive each event of the log; <c>null</c> for none. They are not disposed of.</param>
    /// <returns>The EWS URLs, the certificate of HTTPS URLs or <c>null</c>, and a function that stops the service.</returns>
    /// <exception cref="SettingsException">A setting is not valid.</exception>
    /// <exception cref="StartException">The service cannot listen on a URL, or its certificate or a seed document is not valid.</exception>
    /// <exception cref="Storage.StorageException">The database cannot be used.</exception>
    public static async Task<(IReadOnlyList<Uri> Urls, X509Certificate2? Certificate, Func<ValueTask> Stop)> StartAsync(
        IReadOnlyDictionary<string, string?> settings,
        IReadOnlyList<string> seeds,
        TimeProvider clock,
        Action<string>? logLine,
        ILoggerFactory? loggers = null)
    {
        var catalog = new SettingCatalog(ServiceSettings.Groups.SelectMany(group => group.Settings));
        var read = ServiceSettings.Read(new SettingValues(GivenSettings.From(catalog, settings)));
        var host = ImServiceHost.Create(read with
        {
            Control = read.Control with { Clock = clock },
            Seeds = [.. seeds.Select(seed => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(seed))],
            IsHosted = true,
            LogLine = logLine,
            Loggers = loggers,
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
