using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Ews.ImService.Tls;

/// <summary>The certificate for HTTPS: from a file, or generated and kept for the next start.</summary>
internal sealed class ServerCertificate : IDisposable
{
    private const int KeyBits = 2048;
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string SubjectAlternativeName = "2.5.29.17";

    /// <summary>The validity period; Apple's systems accept up to 825 days.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(820);

    /// <summary>The remaining validity below which a generated certificate is replaced.</summary>
    private static readonly TimeSpan RenewalPeriod = TimeSpan.FromDays(30);

    private ServerCertificate(X509Certificate2 certificate) => Certificate = certificate;

    /// <summary>Gets the certificate with its private key.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>Gets the issuer certificates of the file, which are sent to clients.</summary>
    public X509Certificate2Collection Issuers { get; private init; } = [];

    /// <summary>Gets a note for the user about a certificate that was generated or replaced, or whose private key is not protected;
    /// otherwise, <c>null</c>.</summary>
    public string? Note { get; private init; }

    /// <summary>Loads the certificate, or generates it if the settings name no file.</summary>
    /// <exception cref="StartException">The file cannot be read or written, or is not valid.</exception>
    public static ServerCertificate Load(CertificateSettings settings)
    {
        try
        {
            return settings.Path == CertificateSettings.InMemory ? GenerateInMemory(settings)
                : settings.IsOwn ? LoadOwn(settings)
                : LoadGiven(settings);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            var advice = settings.IsOwn
                ? "The service generates this file. Delete it to generate a new one."
                : "See Https:CertificatePath, Https:CertificateKeyPath, and Https:CertificatePassword.";
            throw new StartException($"The certificate '{settings.Path}' cannot be used: {e.Message.TrimEnd('.')}. {advice}", e);
        }
    }

    /// <summary>Exports the certificate without its private key, in PEM format.</summary>
    public string ExportPem() => Certificate.ExportCertificatePem() + "\n";

    /// <summary>Gets the DNS names and IP addresses for which the certificate is valid.</summary>
    public IReadOnlyList<string> Names => NamesOf(Certificate);

    /// <inheritdoc/>
    public void Dispose()
    {
        Certificate.Dispose();
        foreach (var issuer in Issuers)
            issuer.Dispose();
    }

    private static IReadOnlyList<string> NamesOf(X509Certificate2 certificate)
    {
        var extension = certificate.Extensions.FirstOrDefault(extension => extension.Oid?.Value == SubjectAlternativeName);
        if (extension is null)
            return [];
        var names = new X509SubjectAlternativeNameExtension(extension.RawData);
        return [.. names.EnumerateDnsNames(), .. names.EnumerateIPAddresses().Select(address => address.ToString())];
    }

    private static ServerCertificate GenerateInMemory(CertificateSettings settings)
    {
        using var generated = Generate(settings.Names);

        // Windows requires PKCS #12.
        return new ServerCertificate(X509CertificateLoader.LoadPkcs12(generated.Export(X509ContentType.Pkcs12), null));
    }

    private static ServerCertificate LoadGiven(CertificateSettings settings)
    {
        if (!File.Exists(settings.Path))
        {
            throw new StartException(
                $"The certificate '{settings.Path}' does not exist. "
                + "Https:CertificatePath must be a PFX or PEM file; without it, a certificate is generated.");
        }

        var isPem = File.ReadAllText(settings.Path).Contains("-----BEGIN ", StringComparison.Ordinal);
        X509Certificate2Collection all = [];
        if (isPem)
            all.ImportFromPemFile(settings.Path);
        else
            all = X509CertificateLoader.LoadPkcs12CollectionFromFile(settings.Path, settings.Password);
        var certificate = isPem ? LoadPem(settings) : all.FirstOrDefault(one => one.HasPrivateKey);
        if (certificate is null)
        {
            throw new StartException(
                $"The certificate '{settings.Path}' has no private key. "
                + "If the key is in another PEM file, name that file with Https:CertificateKeyPath.");
        }

        return new ServerCertificate(certificate)
        {
            Issuers = [.. all.Where(one => one.Thumbprint != certificate.Thumbprint)],
            Note = string.IsNullOrEmpty(settings.Password) ? DescribeAccess(settings.KeyPath ?? settings.Path) : null,
        };
    }

    /// <summary>Loads the first certificate of the file with its private key; converted through PKCS #12, which Windows requires.</summary>
    private static X509Certificate2? LoadPem(CertificateSettings settings)
    {
        var keyFile = settings.KeyPath ?? settings.Path;
        if (!File.ReadAllText(keyFile).Contains("PRIVATE KEY-----", StringComparison.Ordinal))
            return null;
        using var certificate = string.IsNullOrEmpty(settings.Password)
            ? X509Certificate2.CreateFromPemFile(settings.Path, settings.KeyPath)
            : X509Certificate2.CreateFromEncryptedPemFile(settings.Path, settings.Password, settings.KeyPath);
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }

    private static ServerCertificate LoadOwn(CertificateSettings settings)
    {
        var (kept, damage) = ReadKept(settings.Path);
        var missing = kept is null ? settings.Names : settings.Names.Except(NamesOf(kept), StringComparer.OrdinalIgnoreCase).ToList();
        if (kept is not null && missing.Count == 0 && kept.NotAfter.ToUniversalTime() - RenewalPeriod > DateTime.UtcNow)
            return new ServerCertificate(kept) { Note = DescribeAccess(settings.Path) };

        // The previous names are kept: another service on this machine may use them.
        var names = kept is null ? settings.Names : NamesOf(kept).Union(settings.Names, StringComparer.OrdinalIgnoreCase).ToList();
        var reason = damage ?? (kept is null ? null
            : missing.Count > 0 ? $"was not valid for {string.Join(", ", missing)}"
            : $"expires on {kept.NotAfter.ToUniversalTime():yyyy-MM-dd}");
        kept?.Dispose();
        using var generated = Generate(names);
        WriteForOwnerOnly(settings.Path, generated.Export(X509ContentType.Pkcs12), replace: reason is not null);

        // If two services start at the same time, the first file is used.
        var certificate = X509CertificateLoader.LoadPkcs12FromFile(settings.Path, null);
        var replaced = reason is null
            ? ""
            : $" It replaces a certificate that {reason}; clients that trusted the previous certificate must trust this one.";
        return new ServerCertificate(certificate)
        {
            Note = certificate.Thumbprint == generated.Thumbprint
                ? $"A certificate was generated and saved to {settings.Path}, SHA-1 {certificate.Thumbprint}.{replaced}"
                : null,
        };
    }

    private static (X509Certificate2? Certificate, string? Damage) ReadKept(string path)
    {
        if (!File.Exists(path))
            return (null, null);
        try
        {
            return (X509CertificateLoader.LoadPkcs12FromFile(path, null), null);
        }
        catch (CryptographicException e)
        {
            return (null, $"could not be read ({e.Message.TrimEnd('.')})");
        }
    }

    /// <summary>Returns a warning if every user of the machine can read a private key; otherwise, <c>null</c>.</summary>
    private static string? DescribeAccess(string path) =>
        !OperatingSystem.IsWindows() && File.GetUnixFileMode(path).HasFlag(UnixFileMode.OtherRead)
            ? $"Every user of this machine can read the private key in {path}; restrict the access to the file, for example with chmod 600"
            : null;

    private static X509Certificate2 Generate(IReadOnlyList<string> names)
    {
        using var key = RSA.Create(KeyBits);
        var subject = "CN=Ews.ImService on " + Environment.MachineName;
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            if (IPAddress.TryParse(name, out var address))
                alternatives.AddIpAddress(address);
            else
                alternatives.AddDnsName(name);
        }

        request.CertificateExtensions.Add(alternatives.Build());
        request.CertificateExtensions.Add(X509BasicConstraintsExtension.CreateForEndEntity(critical: true));

        // No key usage: if it lacks the usage of a CA, Node.js 14 and earlier search endlessly for the issuer of this certificate.
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication)], critical: false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        var now = DateTimeOffset.UtcNow;
        return request.CreateSelfSigned(now.AddDays(-1), now + Lifetime);
    }

    /// <summary>Writes the file in one step, because a service that starts at the same time may read it.</summary>
    private static void WriteForOwnerOnly(string path, byte[] pfx, bool replace)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var temporary = path + "." + Guid.NewGuid().ToString("N");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(temporary, options))
            file.Write(pfx);
        try
        {
            File.Move(temporary, path, overwrite: replace);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(temporary); // Another service wrote the file first; its certificate is used.
        }
    }
}
