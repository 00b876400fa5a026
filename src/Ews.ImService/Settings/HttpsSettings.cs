using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Ews.ImService.Configuration;
using Ews.ImService.Tls;

namespace Ews.ImService.Settings;

/// <summary>Settings of the certificate for HTTPS.</summary>
internal static class HttpsSettings
{
    /// <summary>The settings.</summary>
    public static readonly SettingGroup Group = new("HTTPS certificate");

    private static readonly Setting<string?> CertificatePath = Group.Add(
        Setting.OptionalText(
            "Https:CertificatePath",
            "The PFX or PEM file of the certificate, or :memory: to generate a certificate at every start.",
            "path") with
        {
            DefaultText = "a generated certificate",
        });

    /// <summary>The private key.</summary>
    public static readonly Setting<string?> KeyPath = Group.Add(
        Setting.OptionalPath("Https:CertificateKeyPath", "The PEM file of the private key, if the certificate file does not contain it."));

    private static readonly Setting<string?> Password = Group.Add(
        Setting.OptionalText("Https:CertificatePassword", "The password of the PFX file or of the private key.") with { IsSecret = true });

    private static readonly Setting<string> Names = Group.Add(
        Setting.Text("Https:Names:N", "", "An additional DNS name or IP address for the generated certificate.", ParseHostName, "name"));

    /// <summary>Reads the settings.</summary>
    public static CertificateSettings Read(SettingValues values)
    {
        var own = CertificateSettings.CreateOwn(values.GetList(Names));
        return values.Get(CertificatePath) switch
        {
            null => own,
            CertificateSettings.InMemory => own with { Path = CertificateSettings.InMemory },
            var path => new CertificateSettings
            {
                Path = Path.GetFullPath(path),
                KeyPath = values.Get(KeyPath),
                Password = values.Get(Password),
            },
        };
    }

    /// <summary>Parses a DNS name or an IP address, and converts it to its form in certificates.</summary>
    /// <remarks>Short forms of IPv4 addresses, such as 127.1, are rejected.</remarks>
    private static Parsed<string> ParseHostName(string name)
    {
        var isAddress = IPAddress.TryParse(name, out var address);
        if (isAddress && (address!.AddressFamily == AddressFamily.InterNetworkV6 || address.ToString() == name))
            return address.ToString();
        return !isAddress && Uri.CheckHostName(name) == UriHostNameType.Dns
            ? new IdnMapping().GetAscii(name)
            : new Violation("a DNS name or an IP address");
    }
}
