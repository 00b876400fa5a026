namespace Ews.ImService.Testing;

/// <summary>What a stand-in is to be like.</summary>
public sealed class EwsImServerOptions
{
    private readonly List<MailboxSeed> _mailboxes = [];

    /// <summary>Whether it speaks TLS, with a certificate that is made for it and gone with it.</summary>
    public bool UseHttps { get; set; }

    /// <summary>The port, on the loopback address; 0 for any free one.</summary>
    public int Port { get; set; }

    /// <summary>The file of the database; null to keep mailboxes in memory.</summary>
    public string? DatabasePath { get; set; }

    /// <summary>The clock that it follows.</summary>
    public TimeProvider Clock { get; set; } = TimeProvider.System;

    /// <summary>What ids are made of, so that every run makes the same; null for random ones.</summary>
    public int? IdSeed { get; set; }

    /// <summary>Gets every line of its log, from any thread; null for no log.</summary>
    public Action<string>? LogLine { get; set; }

    /// <summary>Any setting of the service by its key, such as <c>Limits:MaxGroups</c>; what is set here wins.</summary>
    public IDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);

    /// <summary>A mailbox that every realm begins with, and that a reset brings back.</summary>
    /// <param name="smtpAddress">Its primary address.</param>
    public MailboxSeed Mailbox(string smtpAddress)
    {
        var seed = new MailboxSeed(smtpAddress, null);
        _mailboxes.Add(seed);
        return seed;
    }

    internal IReadOnlyList<string> Seeds => _mailboxes.Count == 0 ? [] : [MailboxSeed.ToJson(_mailboxes)];

    internal Dictionary<string, string?> AllSettings()
    {
        var all = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["Urls"] = $"{(UseHttps ? "https" : "http")}://127.0.0.1:{Port.ToString(System.Globalization.CultureInfo.InvariantCulture)}",
            ["Https:CertificatePath"] = UseHttps ? ":memory:" : null,
            ["Storage:Path"] = DatabasePath ?? ":memory:",
            ["Realms:IdSeed"] = IdSeed?.ToString(System.Globalization.CultureInfo.InvariantCulture),
        };
        foreach (var (key, value) in Settings)
            all[key] = value;
        return all.Where(setting => setting.Value is not null).ToDictionary(StringComparer.OrdinalIgnoreCase);
    }
}
