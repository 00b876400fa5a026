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
    public async Task HTTP_and_HTTPS_serve_clients_that_trust_the_certificate(SslProtocols protocol)
    {
        var settings = Settings() with { Urls = ["http://127.0.0.1:0", "https://127.0.0.1:0"] };
        await using var host = ImServiceHost.Create(settings);
        await host.StartAsync();
        using var trusted = ServerCertificate.Load(settings.Certificate);
        using var client = TrustingClient(trusted.Certificate, protocol);

        foreach (var url in host.EwsUrls)
        {
            using var response = await client.PostAsync(url, new StringContent(EwsRequest.GetImItemList(), Encoding.UTF8, "text/xml"));
            (await response.Content.ReadAsStringAsync()).Should().Contain("NoError");
        }

        host.EwsUrls.Select(url => url.Scheme).Should().Equal("http", "https");
        using var stranger = new HttpClient();
        await stranger.Invoking(other => other.GetAsync(host.EwsUrls[1]))
            .Should().ThrowAsync<HttpRequestException>("it does not trust the certificate");
    }

    [Fact]
    public void A_certificate_is_generated_once_for_the_local_names_and_is_readable_by_its_owner_only()
    {
        var settings = Settings("exchange.contoso.com", "10.1.2.3").Certificate;

        using var generated = ServerCertificate.Load(settings);
        using var again = ServerCertificate.Load(settings);

        again.Certificate.Thumbprint.Should().Be(generated.Certificate.Thumbprint);
        generated.Names
            .Should().BeEquivalentTo("localhost", "127.0.0.1", "::1", Environment.MachineName, "exchange.contoso.com", "10.1.2.3");
        generated.Certificate.Extensions.OfType<X509KeyUsageExtension>()
            .Should().BeEmpty("old clients accept a self-signed certificate only without key usage");
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(settings.Path).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public void A_generated_certificate_is_replaced_when_a_name_is_missing_and_keeps_its_previous_names()
    {
        using var first = ServerCertificate.Load(Settings("one.contoso.com").Certificate);

        using var second = ServerCertificate.Load(Settings("two.contoso.com").Certificate);
        using var third = ServerCertificate.Load(Settings("one.contoso.com").Certificate);

        second.Certificate.Thumbprint.Should().NotBe(first.Certificate.Thumbprint);
        second.Names.Should().Contain("one.contoso.com").And.Contain("two.contoso.com");
        third.Certificate.Thumbprint.Should().Be(second.Certificate.Thumbprint, "it is valid for both names");
        first.Note.Should().Contain(Settings().Certificate.Path).And.NotContain("replaces");
        second.Note.Should().Contain(
            "It replaces a certificate that was not valid for two.contoso.com; "
            + "clients that trusted the previous certificate must trust this one.");
        third.Note.Should().BeNull();
    }

    [Theory]
    [InlineData(29)]
    [InlineData(0)]
    public void A_generated_certificate_is_replaced_when_it_expires_soon_or_is_damaged(int days)
    {
        var settings = Settings().Certificate;
        using var ending = NewCertificate(days);
        File.WriteAllBytes(settings.Path, days == 0 ? [] : ending.Export(X509ContentType.Pkcs12));

        using var generated = ServerCertificate.Load(settings);
        using var again = ServerCertificate.Load(settings);

        generated.Certificate.Thumbprint.Should().NotBe(ending.Thumbprint);
        generated.Note.Should().Contain("It replaces a certificate");
        again.Certificate.Thumbprint.Should().Be(generated.Certificate.Thumbprint);
    }

    [Fact]
    public void Services_that_start_at_the_same_time_share_one_certificate()
    {
        var settings = Settings().Certificate;

        var loaded = Enumerable.Range(0, 4).AsParallel().WithDegreeOfParallelism(4).Select(_ => ServerCertificate.Load(settings)).ToList();

        loaded.Select(certificate => certificate.Certificate.Thumbprint).Distinct().Should().ContainSingle();
        Directory.GetFiles(_directory.Path).Should().Equal(settings.Path);
    }

    [Theory]
    [InlineData(UnixFileMode.OtherRead, null, true)]
    [InlineData(UnixFileMode.GroupRead, null, false)]
    [InlineData(UnixFileMode.OtherRead, "password", false)]
    public void A_private_key_that_every_user_can_read_is_reported(UnixFileMode access, string? password, bool isReported)
    {
        if (OperatingSystem.IsWindows())
            return; // Windows has no such modes.
        using var given = NewCertificate();
        var path = _directory.File("given.pfx");
        File.WriteAllBytes(path, given.Export(X509ContentType.Pkcs12, password));
        File.SetUnixFileMode(path, UnixFileMode.UserRead | access);
        using var kept = ServerCertificate.Load(Settings().Certificate);
        File.SetUnixFileMode(Settings().Certificate.Path, UnixFileMode.UserRead | access);

        using var certificate = ServerCertificate.Load(new CertificateSettings { Path = path, Password = password });
        using var keptAgain = ServerCertificate.Load(Settings().Certificate);

        var note = $"Every user of this machine can read the private key in {path}; "
            + "restrict the access to the file, for example with chmod 600";
        certificate.Note.Should().Be(isReported ? note : null);
        (keptAgain.Note is not null).Should().Be(access == UnixFileMode.OtherRead);
    }

    [Fact]
    public async Task Issuer_certificates_of_the_file_are_sent_to_clients()
    {
        var (root, issuer, leaf) = NewChain();
        string[] pem = [leaf.ExportCertificatePem(), issuer.ExportCertificatePem(), leaf.GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem()];
        var pfx = new X509Certificate2Collection { leaf, issuer }.Export(X509ContentType.Pkcs12)!;
        await File.WriteAllTextAsync(_directory.File("chain.pem"), string.Join('\n', pem));
        await File.WriteAllBytesAsync(_directory.File("chain.pfx"), pfx);
        foreach (var file in new[] { "chain.pem", "chain.pfx" })
        {
            var settings = new CertificateSettings { Path = _directory.File(file) };
            await using var service = await StartAsync(settings);
            using var client = TrustingClient(root, SslProtocols.None);

            (await client.GetStringAsync(new Uri(service.Client.BaseAddress!, "/readyz"))).Should().Be("ready\n", file);
        }
    }

    [Theory]
    [InlineData("pfx", null)]
    [InlineData("pfx", "password")]
    [InlineData("pem", null)]
    [InlineData("pem", "password")]
    [InlineData("pem and key", null)]
    public async Task A_certificate_is_loaded_from_a_file(string kind, string? password)
    {
        using var given = NewCertificate();
        var (path, keyPath) = (_directory.File("given"), kind == "pem and key" ? _directory.File("key") : null);
        var key = password is null
            ? given.GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem()
            : given.GetRSAPrivateKey()!.ExportEncryptedPkcs8PrivateKeyPem(
                password, new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000));
        if (kind == "pfx")
            await File.WriteAllBytesAsync(path, given.Export(X509ContentType.Pkcs12, password));
        else
            await File.WriteAllTextAsync(path, given.ExportCertificatePem() + (keyPath is null ? "\n" + key : ""));
        if (keyPath is not null)
            await File.WriteAllTextAsync(keyPath, key);
        var certificate = new CertificateSettings { Path = path, KeyPath = keyPath, Password = password };

        await using var service = await StartAsync(certificate);
        using var client = TrustingClient(given, SslProtocols.None);

        (await client.GetStringAsync(new Uri(service.Client.BaseAddress!, "/readyz"))).Should().Be("ready\n");
    }

    [Theory]
    [InlineData("missing", "does not exist")]
    [InlineData("damaged", "cannot be used")]
    [InlineData("PFX without key", "has no private key")]
    [InlineData("PEM without key", "has no private key")]
    [InlineData("wrong password", "cannot be used")]
    public void A_certificate_file_that_is_not_valid_is_reported_in_one_line(string problem, string expected)
    {
        using var given = NewCertificate();
        var path = _directory.File("given");
        if (problem == "damaged")
            File.WriteAllText(path, "hello");
        else if (problem == "PFX without key")
        {
            using var withoutKey = X509CertificateLoader.LoadCertificate(given.RawData);
            File.WriteAllBytes(path, withoutKey.Export(X509ContentType.Pkcs12));
        }
        else if (problem == "PEM without key")
            File.WriteAllText(path, given.ExportCertificatePem());
        else if (problem == "wrong password")
            File.WriteAllBytes(path, given.Export(X509ContentType.Pkcs12, "other"));

        var load = () => ServerCertificate.Load(new CertificateSettings { Path = path });

        load.Should().Throw<StartException>().Which.Message.Should().MatchRegex(expected).And.Contain(path).And.NotContain("\n");
    }

    [Fact]
    public async Task The_certificate_command_writes_the_certificate_to_a_file_or_to_the_standard_output()
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

    private static Task<TestService> StartAsync(CertificateSettings certificate) =>
        TestService.StartAsync(TestService.InMemory with { Urls = ["https://127.0.0.1:0"], Certificate = certificate });

    private static (X509Certificate2 Root, X509Certificate2 Issuer, X509Certificate2 Leaf) NewChain()
    {
        var (rootKey, issuerKey, leafKey) = (RSA.Create(2048), RSA.Create(2048), RSA.Create(2048));
        var (from, to) = (DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var root = Authority("CN=root", rootKey).CreateSelfSigned(from, to);
        var issuer = Authority("CN=issuer", issuerKey).Create(root, from, to, [1]).CopyWithPrivateKey(issuerKey);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(System.Net.IPAddress.Loopback);
        var request = new CertificateRequest("CN=leaf", leafKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(names.Build());
        return (root, issuer, request.Create(issuer, from, to, [2]).CopyWithPrivateKey(leafKey));

        static CertificateRequest Authority(string name, RSA key)
        {
            var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
            return request;
        }
    }

    private static X509Certificate2 NewCertificate(int days = 1)
    {
        using var key = RSA.Create(2048);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(System.Net.IPAddress.Loopback);
        var request = new CertificateRequest("CN=given", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(Math.Max(1, days)));
    }

    private static HttpClient TrustingClient(X509Certificate2 trusted, SslProtocols protocol)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(trusted);
        var ssl = new SslClientAuthenticationOptions { EnabledSslProtocols = protocol, CertificateChainPolicy = policy };
        return new HttpClient(new SocketsHttpHandler { SslOptions = ssl });
    }

    private ServiceSettings Settings(params string[] names) => TestService.InMemory with
    {
        Certificate = CertificateSettings.CreateOwn(names) with { Path = _directory.File("own.pfx") },
    };
}
