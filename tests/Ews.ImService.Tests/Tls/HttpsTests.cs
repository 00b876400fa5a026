using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Ews.ImService.Protocol;
using Ews.ImService.Settings;
using Ews.ImService.Tls;

namespace Ews.ImService.Tests.Tls;

public sealed class HttpsTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task HTTP_and_HTTPS_listen_side_by_side_and_whoever_trusts_the_certificate_is_answered(SslProtocols protocol)
    {
        var settings = Settings() with { Urls = ["http://127.0.0.1:0", "https://127.0.0.1:0"] };
        await using var host = ImServiceHost.Create(settings);
        await host.StartAsync();
        using var trusted = ServerCertificate.Load(settings.Certificate);
        using var client = TrustingClient(trusted, protocol);

        foreach (var url in host.EwsUrls)
        {
            using var response = await client.PostAsync(url, new StringContent(EwsRequest.GetImItemList(), Encoding.UTF8, "text/xml"));
            (await response.Content.ReadAsStringAsync()).Should().Contain("NoError");
        }

        host.EwsUrls.Select(url => url.Scheme).Should().Equal("http", "https");
        using var stranger = new HttpClient();
        await stranger.Invoking(other => other.GetAsync(host.EwsUrls[1])).Should().ThrowAsync<HttpRequestException>("nobody told it to trust the certificate");
    }

    [Fact]
    public void A_certificate_of_our_own_is_made_once_for_the_local_names_and_for_its_owner_alone()
    {
        var settings = Settings("exchange.contoso.com", "10.1.2.3").Certificate;

        using var made = ServerCertificate.Load(settings);
        using var again = ServerCertificate.Load(settings);

        again.Thumbprint.Should().Be(made.Thumbprint);
        ServerCertificate.NamesOf(made).Should().BeEquivalentTo("localhost", "127.0.0.1", "::1", Environment.MachineName, "exchange.contoso.com", "10.1.2.3");
        made.Extensions.OfType<X509KeyUsageExtension>().Should().BeEmpty("old clients take a certificate for its own issuer only if nothing says that it must not sign");
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(settings.Path).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public void It_is_made_anew_when_a_name_is_missing()
    {
        using var first = ServerCertificate.Load(Settings().Certificate);

        using var second = ServerCertificate.Load(Settings("exchange.contoso.com").Certificate);
        using var third = ServerCertificate.Load(Settings().Certificate);

        second.Thumbprint.Should().NotBe(first.Thumbprint);
        third.Thumbprint.Should().Be(second.Thumbprint, "more names do no harm");
    }

    [Theory]
    [InlineData("pfx", null)]
    [InlineData("pfx", "password")]
    [InlineData("pem", null)]
    [InlineData("pem", "password")]
    [InlineData("pem and key", null)]
    public async Task A_certificate_is_taken_from_a_file(string kind, string? password)
    {
        using var given = NewCertificate();
        var (path, keyPath) = (_directory.File("given"), kind == "pem and key" ? _directory.File("key") : null);
        var key = password is null
            ? given.GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem()
            : given.GetRSAPrivateKey()!.ExportEncryptedPkcs8PrivateKeyPem(password, new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000));
        if (kind == "pfx")
            await File.WriteAllBytesAsync(path, given.Export(X509ContentType.Pkcs12, password));
        else
            await File.WriteAllTextAsync(path, given.ExportCertificatePem() + (keyPath is null ? "\n" + key : ""));
        if (keyPath is not null)
            await File.WriteAllTextAsync(keyPath, key);
        var certificate = new CertificateSettings { Path = path, KeyPath = keyPath, Password = password };

        await using var service = await TestService.StartAsync(TestService.InMemory with { Urls = ["https://127.0.0.1:0"], Certificate = certificate });
        using var client = TrustingClient(given, SslProtocols.None);

        (await client.GetStringAsync(new Uri(service.Client.BaseAddress!, "/readyz"))).Should().Be("ready\n");
    }

    [Theory]
    [InlineData("missing", "does not exist")]
    [InlineData("damaged", "cannot be used")]
    [InlineData("without key", "has no private key|cannot be used")]
    [InlineData("wrong password", "cannot be used")]
    public void A_file_that_cannot_be_used_is_one_line(string what, string expected)
    {
        using var given = NewCertificate();
        var path = _directory.File("given");
        if (what == "damaged")
            File.WriteAllText(path, "hello");
        else if (what == "without key")
            File.WriteAllBytes(path, given.Export(X509ContentType.Pkcs12)[..100]);
        else if (what == "wrong password")
            File.WriteAllBytes(path, given.Export(X509ContentType.Pkcs12, "other"));

        var load = () => ServerCertificate.Load(new CertificateSettings { Path = path });

        load.Should().Throw<StartException>().Which.Message.Should().MatchRegex(expected).And.Contain(path).And.NotContain("\n");
    }

    [Fact]
    public async Task The_command_line_makes_hands_out_and_uses_it()
    {
        var environment = new Dictionary<string, string> { ["XDG_DATA_HOME"] = _directory.Path };
        var file = _directory.File("trust-me.crt");

        var exported = await ServiceProcess.RunAsync(_directory, ["certificate", file], environment);
        var printed = await ServiceProcess.RunAsync(_directory, ["certificate"], environment);

        exported.ExitCode.Should().Be(0, exported.Errors);
        exported.Output.Should().Contain(file).And.Contain("curl --cacert").And.Contain("localhost");
        (await File.ReadAllTextAsync(file)).Should().Contain("BEGIN CERTIFICATE").And.NotContain("PRIVATE KEY");
        printed.Output.Trim().Should().Be((await File.ReadAllTextAsync(file)).Trim());
    }

    private static X509Certificate2 NewCertificate()
    {
        using var key = RSA.Create(2048);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(System.Net.IPAddress.Loopback);
        var request = new CertificateRequest("CN=given", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    private static HttpClient TrustingClient(X509Certificate2 trusted, SslProtocols protocol)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(trusted);
        return new HttpClient(new SocketsHttpHandler { SslOptions = new SslClientAuthenticationOptions { EnabledSslProtocols = protocol, CertificateChainPolicy = policy } });
    }

    private ServiceSettings Settings(params string[] names) => TestService.InMemory with
    {
        Certificate = CertificateSettings.Own(names) with { Path = _directory.File("own.pfx") },
    };
}
