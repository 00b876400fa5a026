namespace Ews.ImService.Tls;

/// <summary>Where the certificate of the HTTPS addresses is.</summary>
internal sealed record CertificateSettings
{
    private static readonly string[] LocalNames = ["localhost", "127.0.0.1", "::1", Environment.MachineName];

    /// <summary>The file: PFX or PEM.</summary>
    public required string Path { get; init; }

    /// <summary>The path of a certificate that is made, and gone with the process.</summary>
    public const string InMemory = ":memory:";

    /// <summary>Whether it is ours to make and to renew.</summary>
    public bool IsOwn { get; init; }

    /// <summary>The file of a PEM certificate's key; null where it is the same.</summary>
    public string? KeyPath { get; init; }

    /// <summary>The password of a PFX, or of an encrypted key; null for none.</summary>
    public string? Password { get; init; }

    /// <summary>The names that a certificate of our own is good for.</summary>
    public IReadOnlyList<string> Names { get; init; } = LocalNames;

    /// <summary>Where ours is kept: in the user's own data, so that it is trusted once for all databases.</summary>
    public static string OwnPath => System.IO.Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify) is { Length: > 0 } data
            ? data
            : System.IO.Path.GetTempPath(),
        "ews-imservice",
        "certificate.pfx");

    /// <summary>Ours, with further names.</summary>
    public static CertificateSettings Own(IEnumerable<string> furtherNames) => new()
    {
        Path = OwnPath,
        IsOwn = true,
        Names = LocalNames.Concat(furtherNames).Distinct(StringComparer.OrdinalIgnoreCase).ToList(),
    };
}
