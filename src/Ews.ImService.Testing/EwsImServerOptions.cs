using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Ews.ImService.Testing;

/// <summary>Provides options for <see cref="EwsImServer.StartAsync"/>.</summary>
public sealed class EwsImServerOptions
{
    /// <summary>Gets or sets a value that indicates whether the server uses TLS; the default is <see langword="false"/>.</summary>
    /// <remarks>The server creates its own certificate; see <see cref="EwsImServer.Certificate"/>.</remarks>
    public bool UseHttps { get; set; }

    /// <summary>Gets or sets the TCP port on the loopback address 127.0.0.1; the default is 0, which selects a free port.</summary>
    public int Port { get; set; }

    /// <summary>
    /// Gets or sets the path of the SQLite database file; the default is <see langword="null"/>, which keeps mailboxes in memory.
    /// </summary>
    public string? DatabasePath { get; set; }

    /// <summary>Gets or sets the time source of all realms; the default is <see cref="TimeProvider.System"/>.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>
    /// Gets or sets the number from which ids are derived, so that each run creates the same ids;
    /// the default is <see langword="null"/>, which creates random ids.
    /// </summary>
    public int? IdSeed { get; set; }

    /// <summary>
    /// Gets or sets a callback that receives each line of the server log; the default is <see langword="null"/>, which discards the log.
    /// </summary>
    /// <remarks>
    /// The callback can be called from several threads at the same time, until the server is disposed of. An exception that it throws
    /// does not affect the server: the first one is written to standard error.
    /// </remarks>
    public Action<string>? LogLine { get; set; }

    /// <summary>
    /// Gets or sets the factory of the loggers that receive each event of the server log; the default is <see langword="null"/>.
    /// </summary>
    /// <remarks>
    /// Events keep their category, level, id, properties and exception. The setting <c>Log:Level</c> is the minimum level, by default
    /// <c>Information</c>; for the categories of ASP.NET Core, it is at least <c>Warning</c>. The filters of the factory apply in
    /// addition. The factory must be usable until the server is disposed of, and is not disposed of by the server. The first exception
    /// of its loggers is written to standard error.
    /// </remarks>
    public ILoggerFactory? LoggerFactory { get; set; }

    /// <summary>Gets the mailboxes that each realm contains in its initial state.</summary>
    public IList<SeedMailbox> Mailboxes { get; } = [];

    /// <summary>Gets settings of the service by key, such as <c>Limits:MaxGroups</c>.</summary>
    /// <remarks>
    /// A setting takes precedence over the other options. Keys are case-insensitive. The server reads neither
    /// <c>appsettings.json</c> nor the environment.
    /// </remarks>
    public IDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);

    internal IReadOnlyList<string> SeedDocuments()
    {
        if (Mailboxes.Count == 0)
            return [];
        return [JsonSerializer.Serialize(new SeedDocument { Mailboxes = [.. Mailboxes] }, ContractJson.Default.SeedDocument)];
    }

    internal Dictionary<string, string?> AllSettings()
    {
        var scheme = UseHttps ? Uri.UriSchemeHttps : Uri.UriSchemeHttp;
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["Urls"] = string.Create(CultureInfo.InvariantCulture, $"{scheme}://127.0.0.1:{Port}"),
            ["Https:CertificatePath"] = UseHttps ? ":memory:" : null,
            ["Storage:Path"] = DatabasePath ?? ":memory:",
            ["Realms:IdSeed"] = IdSeed?.ToString(CultureInfo.InvariantCulture),
        };
        foreach (var (key, value) in Settings)
            settings[key] = value;
        return settings.Where(setting => setting.Value is not null).ToDictionary(StringComparer.OrdinalIgnoreCase);
    }
}
