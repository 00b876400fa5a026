using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Ews.ImService.Tls;

/// <summary>The certificate of the HTTPS addresses: one from a file, or one of our own making that is kept for the next start.</summary>
internal static class ServerCertificate
{
    private const int KeyBits = 2048;
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string SubjectAlternativeName = "2.5.29.17";

    /// <summary>Longest that Apple's systems accept of a certificate that a user trusts.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(820);

    /// <summary>A certificate of our own that ends sooner is made anew.</summary>
    private static readonly TimeSpan LeastRemaining = TimeSpan.FromDays(30);

    /// <summary>Loads the certificate, or makes it where it is ours to make.</summary>
    /// <exception cref="StartException">The file cannot be used, or not be written.</exception>
    public static X509Certificate2 Load(CertificateSettings settings)
    {
        try
        {
            return settings.IsOwn ? LoadOwn(settings) : LoadGiven(settings);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new StartException($"The certificate '{settings.Path}' cannot be used: {e.Message.TrimEnd('.')}. See Https:CertificatePath and Https:CertificatePassword.", e);
        }
    }

    /// <summary>The certificate without its key, as PEM, for clients to trust.</summary>
    public static string ExportPem(X509Certificate2 certificate) => certificate.ExportCertificatePem() + "\n";

    /// <summary>The DNS names and IP addresses that a certificate is good for.</summary>
    public static IReadOnlyList<string> NamesOf(X509Certificate2 certificate)
    {
        var extension = certificate.Extensions.FirstOrDefault(extension => extension.Oid?.Value == SubjectAlternativeName);
        if (extension is null)
            return [];
        var names = new X509SubjectAlternativeNameExtension(extension.RawData);
        return [.. names.EnumerateDnsNames(), .. names.EnumerateIPAddresses().Select(address => address.ToString())];
    }

    private static X509Certificate2 LoadGiven(CertificateSettings settings)
    {
        if (!File.Exists(settings.Path))
            throw new StartException($"The certificate '{settings.Path}' does not exist. Name a PFX or PEM file with Https:CertificatePath, or leave that out to have one made.");

        var isPem = File.ReadAllText(settings.Path).Contains("-----BEGIN ", StringComparison.Ordinal);
        var certificate = isPem ? LoadPem(settings) : X509CertificateLoader.LoadPkcs12FromFile(settings.Path, settings.Password);
        if (!certificate.HasPrivateKey)
            throw new StartException($"The certificate '{settings.Path}' has no private key. For a PEM file name the key's file with Https:CertificateKeyPath.");
        return certificate;
    }

    private static X509Certificate2 LoadPem(CertificateSettings settings) => string.IsNullOrEmpty(settings.Password)
        ? X509Certificate2.CreateFromPemFile(settings.Path, settings.KeyPath)
        : X509Certificate2.CreateFromEncryptedPemFile(settings.Path, settings.Password, settings.KeyPath);

    private static X509Certificate2 LoadOwn(CertificateSettings settings)
    {
        if (File.Exists(settings.Path))
        {
            var kept = X509CertificateLoader.LoadPkcs12FromFile(settings.Path, null);
            var isGood = kept.NotAfter.ToUniversalTime() - LeastRemaining > DateTime.UtcNow && settings.Names.All(name => NamesOf(kept).Contains(name, StringComparer.OrdinalIgnoreCase));
            if (isGood)
                return kept;
            kept.Dispose();
        }

        using var made = Make(settings.Names);
        var pfx = made.Export(X509ContentType.Pkcs12);
        WriteForOwnerOnly(settings.Path, pfx);
        return X509CertificateLoader.LoadPkcs12(pfx, null);
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
    private static void WriteForOwnerOnly(string path, byte[] pfx)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var temporary = path + "." + Guid.NewGuid().ToString("N");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(temporary, options))
            file.Write(pfx);
        File.Move(temporary, path, overwrite: true);
    }
}
