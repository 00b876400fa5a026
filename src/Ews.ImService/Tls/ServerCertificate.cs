using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Ews.ImService.Tls;

/// <summary>The certificate of the HTTPS addresses: one from a file, or one of our own making that is kept for the next start.</summary>
internal sealed class ServerCertificate : IDisposable
{
    private const int KeyBits = 2048;
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string SubjectAlternativeName = "2.5.29.17";

    /// <summary>Longest that Apple's systems accept of a certificate that a user trusts.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(820);

    /// <summary>A certificate of our own that ends sooner is made anew.</summary>
    private static readonly TimeSpan LeastRemaining = TimeSpan.FromDays(30);

    private ServerCertificate(X509Certificate2 certificate) => Certificate = certificate;

    /// <summary>The certificate with its key.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>The certificates of its issuers that the file holds, to be sent with it.</summary>
    public X509Certificate2Collection Issuers { get; private init; } = [];

    /// <summary>What its user should know of it: that it is new, and that those who trusted another have to trust this one. Null for nothing.</summary>
    public string? Note { get; private init; }

    /// <summary>Loads the certificate, or makes it where it is ours to make.</summary>
    /// <exception cref="StartException">The file cannot be used, or not be written.</exception>
    public static ServerCertificate Load(CertificateSettings settings)
    {
        try
        {
            return settings.Path == CertificateSettings.InMemory ? MakeInMemory(settings) : settings.IsOwn ? LoadOwn(settings) : LoadGiven(settings);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            var see = settings.IsOwn ? "It is this service's own: whoever can write there can delete it, and the next start makes another." : "See Https:CertificatePath, Https:CertificateKeyPath and Https:CertificatePassword.";
            throw new StartException($"The certificate '{settings.Path}' cannot be used: {e.Message.TrimEnd('.')}. {see}", e);
        }
    }

    /// <summary>The certificate without its key, as PEM, for clients to trust.</summary>
    public string ExportPem() => Certificate.ExportCertificatePem() + "\n";

    /// <summary>The DNS names and IP addresses that it is good for.</summary>
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

    private static ServerCertificate MakeInMemory(CertificateSettings settings)
    {
        using var made = Make(settings.Names);
        return new ServerCertificate(X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null)); // Windows takes no other key.
    }

    private static ServerCertificate LoadGiven(CertificateSettings settings)
    {
        if (!File.Exists(settings.Path))
            throw new StartException($"The certificate '{settings.Path}' does not exist. Name a PFX or PEM file with Https:CertificatePath, or leave that out to have one made.");

        var isPem = File.ReadAllText(settings.Path).Contains("-----BEGIN ", StringComparison.Ordinal);
        X509Certificate2Collection all = [];
        if (isPem)
            all.ImportFromPemFile(settings.Path);
        else
            all = X509CertificateLoader.LoadPkcs12CollectionFromFile(settings.Path, settings.Password);
        var certificate = isPem ? LoadPem(settings) : all.FirstOrDefault(one => one.HasPrivateKey);
        if (certificate is null)
            throw new StartException($"The certificate '{settings.Path}' has no private key. For a PEM file name the key's file with Https:CertificateKeyPath.");
        return new ServerCertificate(certificate) { Issuers = [.. all.Where(one => one.Thumbprint != certificate.Thumbprint)] };
    }

    /// <summary>The first certificate of the file, with its key; through PKCS #12, because Windows takes no other key.</summary>
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
        var kept = ReadKept(settings.Path, out var damage);
        var missing = kept is null ? settings.Names : settings.Names.Except(NamesOf(kept), StringComparer.OrdinalIgnoreCase).ToList();
        if (kept is not null && missing.Count == 0 && kept.NotAfter.ToUniversalTime() - LeastRemaining > DateTime.UtcNow)
            return new ServerCertificate(kept);

        // The names of before stay: another service on this machine may go by them.
        var names = kept is null ? settings.Names : NamesOf(kept).Union(settings.Names, StringComparer.OrdinalIgnoreCase).ToList();
        var why = damage ?? (kept is null ? null : missing.Count > 0 ? $"it is not good for {string.Join(", ", missing)}" : $"it ends on {kept.NotAfter.ToUniversalTime():yyyy-MM-dd}");
        kept?.Dispose();
        using var made = Make(names);
        var pfx = made.Export(X509ContentType.Pkcs12);
        WriteForOwnerOnly(settings.Path, pfx, replace: why is not null);

        // Whoever was first counts, where two start at once.
        var certificate = X509CertificateLoader.LoadPkcs12FromFile(settings.Path, null);
        var replaced = why is null ? "" : $" It takes the place of another, because {why}; clients that trusted that one have to trust this one.";
        return new ServerCertificate(certificate)
        {
            Note = certificate.Thumbprint == made.Thumbprint ? $"A certificate was made and is kept in {settings.Path}, SHA-1 {certificate.Thumbprint}.{replaced}" : null,
        };
    }

    private static X509Certificate2? ReadKept(string path, out string? damage)
    {
        damage = null;
        if (!File.Exists(path))
            return null;
        try
        {
            return X509CertificateLoader.LoadPkcs12FromFile(path, null);
        }
        catch (CryptographicException e)
        {
            damage = $"it cannot be read ({e.Message.TrimEnd('.')})";
            return null;
        }
    }

    private static X509Certificate2 Make(IReadOnlyList<string> names)
    {
        using var key = RSA.Create(KeyBits);
        var request = new CertificateRequest("CN=Ews.ImService on " + Environment.MachineName, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            if (IPAddress.TryParse(name, out var address))
                alternatives.AddIpAddress(address);
            else
                alternatives.AddDnsName(name);
        }

        request.CertificateExtensions.Add(alternatives.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        // No key usage: with one that is not a CA's, Node 14 and older look for this certificate's issuer for ever.
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication)], critical: false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        var now = DateTimeOffset.UtcNow;
        return request.CreateSelfSigned(now.AddDays(-1), now + Lifetime);
    }

    /// <summary>Whole or not at all, for a service that starts at the same time may be reading.</summary>
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
            File.Delete(temporary); // Another service was first, and its certificate is as good.
        }
    }
}
