namespace Ews.ImService.Tls;

/// <summary>The location of the certificate for HTTPS.</summary>
internal sealed record CertificateSettings
{
    /// <summary>The path that generates a certificate at every start, without a file.</summary>
    public const string InMemory = ":memory:";

    private static readonly string[] LocalNames = ["localhost", "127.0.0.1", "::1", Environment.MachineName];

    /// <summary>Gets the path of the PFX or PEM file, or <see cref="InMemory"/>.</summary>
    public required string Path { get; init; }

    /// <summary>Gets a value that indicates whether the service generates and renews the certificate.</summary>
    public bool IsOwn { get; init; }

    /// <summary>Gets the path of the PEM file with the private key; <c>null</c> if the certificate file contains it.</summary>
    public string? KeyPath { get; init; }

    /// <summary>Gets the password of a PFX file or of an encrypted private key; <c>null</c> if there is none.</summary>
    public string? Password { get; init; }

    /// <summary>Gets the DNS names and IP addresses of a generated certificate.</summary>
    public IReadOnlyList<string> Names { get; init; } = LocalNames;

    /// <summary>Gets the path of the generated certificate, which is in the user's data because all databases share it.</summary>
    public static string OwnPath
    {
        get
        {
            var data = Environment.GetFolderPath(
                Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
            return System.IO.Path.Combine(data.Length > 0 ? data : System.IO.Path.GetTempPath(), "ews-imservice", "certificate.pfx");
        }
    }

    /// <summary>Creates the settings of a generated certificate.</summary>
    /// <param name="additionalNames">DNS names and IP addresses in addition to those of this machine.</param>
    public static CertificateSettings CreateOwn(IEnumerable<string> additionalNames) => new()
    {
        Path = OwnPath,
        IsOwn = true,
        Names = LocalNames.Concat(additionalNames).Distinct(StringComparer.OrdinalIgnoreCase).ToList(),
    };
}
