using System.Text;
using Ews.ImService.Tls;

namespace Ews.ImService.Commands;

/// <summary>Hands out the certificate without its key, and tells how to trust it.</summary>
internal static class CertificateCommand
{
    /// <summary>Writes the certificate to a file, where one is named.</summary>
    /// <returns>What to print: the certificate itself where no file is named, else what to do with the file.</returns>
    /// <exception cref="StartException">The certificate cannot be used, or the file not be written.</exception>
    public static string Run(CertificateSettings settings, string? file)
    {
        using var certificate = ServerCertificate.Load(settings);
        var pem = certificate.ExportPem();
        if (file is null)
            return pem.TrimEnd();

        var path = Path.GetFullPath(file);
        Files.Use(path, () =>
        {
            File.WriteAllText(path, pem);
            return path;
        });
        return new StringBuilder()
            .AppendLine($"The certificate is in {path}.")
            .AppendLine($"It is good for {string.Join(", ", certificate.Names)} until {certificate.Certificate.NotAfter.ToUniversalTime():yyyy-MM-dd}; SHA-1 {certificate.Certificate.Thumbprint}.")
            .AppendLine(certificate.Note is null ? "" : certificate.Note + "\n")
            .AppendLine("To trust it:")
            .AppendLine($"  curl              curl --cacert {path} ...")
            .AppendLine($"  Debian, Ubuntu    sudo cp {path} /usr/local/share/ca-certificates/ews-imservice.crt && sudo update-ca-certificates")
            .AppendLine($"  Fedora, RHEL      sudo cp {path} /etc/pki/ca-trust/source/anchors/ews-imservice.crt && sudo update-ca-trust")
            .AppendLine($"  macOS             sudo security add-trusted-cert -d -r trustRoot -k /Library/Keychains/System.keychain {path}")
            .AppendLine($"  Windows           Import-Certificate -FilePath {path} -CertStoreLocation Cert:\\CurrentUser\\Root")
            .AppendLine($"  .NET              as the system does; on Linux also SSL_CERT_FILE={path}; Mono: cert-sync --user {path}, with all others that the user trusts in the same file")
            .AppendLine($"  Node              NODE_EXTRA_CA_CERTS={path}")
            .AppendLine($"  Python            REQUESTS_CA_BUNDLE={path}, or SSL_CERT_FILE={path} without requests")
            .Append($"  PHP               stream_context_create(['ssl' => ['cafile' => '{path}']]), or openssl.cafile={path} and curl.cainfo={path} in php.ini")
            .ToString();
    }
}
