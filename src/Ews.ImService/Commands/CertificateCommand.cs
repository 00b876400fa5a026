using Ews.ImService.Configuration;
using Ews.ImService.Settings;
using Ews.ImService.Tls;

namespace Ews.ImService.Commands;

/// <summary>Exports the certificate without its private key.</summary>
internal sealed class CertificateCommand : Command<CertificateCommand.CommandOptions>
{
    public CertificateCommand()
        : base("certificate", "Exports the HTTPS certificate for clients to trust.")
    {
        Argument = new CommandArgument("FILE", "The PEM file to write. Without it, the certificate is written to standard output.")
        {
            IsPath = true,
        };
        Examples = [new("ews-im certificate ews-im.crt", "Writes the certificate and prints how to trust it.")];
    }

    public override IEnumerable<SettingGroup> Options => [HttpsSettings.Group];

    protected override CommandOptions Read(SettingValues values, string? argument) => new(HttpsSettings.Read(values), argument);

    protected override Task RunAsync(CommandOptions options)
    {
        using var certificate = ServerCertificate.Load(options.Certificate);
        var pem = certificate.ExportPem();
        if (options.File is not { } file)
        {
            Console.Write(pem);
            return Task.CompletedTask;
        }

        var path = Path.GetFullPath(file);
        UserFile.Write(path, pem);
        Console.WriteLine($"The certificate was written to {path}.");
        var expiry = certificate.Certificate.NotAfter.ToUniversalTime();
        Console.WriteLine($"It is valid for {string.Join(", ", certificate.Names)} until {expiry:yyyy-MM-dd}.");
        Console.WriteLine($"SHA-1: {certificate.Certificate.Thumbprint}");
        if (certificate.Note is { } note)
            Console.WriteLine(note);
        Console.WriteLine();
        Console.WriteLine("To trust the certificate:");
        Console.WriteLine(Instructions(path));
        return Task.CompletedTask;
    }

    private static string Instructions(string path) => $"""
          curl              curl --cacert {path} ...
          Debian, Ubuntu    sudo cp {path} /usr/local/share/ca-certificates/ews-imservice.crt && sudo update-ca-certificates
          Fedora, RHEL      sudo cp {path} /etc/pki/ca-trust/source/anchors/ews-imservice.crt && sudo update-ca-trust
          macOS             sudo security add-trusted-cert -d -r trustRoot -k /Library/Keychains/System.keychain {path}
          Windows           Import-Certificate -FilePath {path} -CertStoreLocation Cert:\CurrentUser\Root
          .NET              uses the system's certificates; on Linux also SSL_CERT_FILE={path}
          Mono              cert-sync --user {path}; the file must contain all other certificates that the user trusts
          Node.js           NODE_EXTRA_CA_CERTS={path}
          Python            REQUESTS_CA_BUNDLE={path}, or SSL_CERT_FILE={path} without requests
          PHP               stream_context_create(['ssl' => ['cafile' => '{path}']])
                            or openssl.cafile={path} and curl.cainfo={path} in php.ini
        """;

    /// <summary>The options of the command.</summary>
    /// <param name="Certificate">The location of the certificate.</param>
    /// <param name="File">The file to write; <c>null</c> for standard output.</param>
    internal sealed record CommandOptions(CertificateSettings Certificate, string? File);
}
