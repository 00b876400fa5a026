using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Ews.ImService.Settings;
using Ews.ImService.Tests.Settings;

namespace Ews.ImService.Tests.Control.Server;

/// <summary>The state and the settings of the service that the control API returns.</summary>
public sealed class ServerStateTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task The_service_describes_itself()
    {
        var before = DateTimeOffset.UtcNow;
        await using var service = await StartAsync("--Control:JournalBytes 100000000 --Limits:MaxBufferedBytes 1000");

        var server = await service.GetJsonAsync(ControlCalls.Api + "/server");

        server.GetProperty("version").GetString().Should().MatchRegex(@"^\d+\.\d+\.\d+");
        server.GetProperty("startedAt").GetDateTimeOffset().Should().BeOnOrAfter(before).And.BeOnOrBefore(DateTimeOffset.UtcNow);
        server.GetProperty("ewsUrl").GetString().Should().Be(service.Client.BaseAddress!.AbsoluteUri);
        server.GetProperty("database").GetString().Should().Be(":memory:");
        server.GetProperty("warnings").Strings().Should().ContainSingle().Which.Should().Contain("Limits:MaxBufferedBytes");
    }

    [Fact]
    public async Task Every_setting_is_listed_as_given_or_with_its_default_and_lists_by_their_items()
    {
        await using var service = await StartAsync(
            "--limits:maxgroups 8 --Mailboxes:Declared:0 a@contoso.com --Mailboxes:Declared:1 b@contoso.com --Seed:Path= "
            + "--Mailboxes:Accounts:0:SmtpAddress c@contoso.com --Serilog:Using:0 Serilog.Sinks.Console");

        var settings = await SettingsAsync(service);

        settings.Should().ContainInOrder("urls = http://127.0.0.1:0", "Storage:Path = :memory:", "Limits:MaxGroups = 8");
        settings.Should().Contain([
            "Limits:MaxContacts = 1000 (default)",
            "Mailboxes:Declared:0 = a@contoso.com",
            "Mailboxes:Declared:1 = b@contoso.com",
            "Mailboxes:Accounts:0:SmtpAddress = c@contoso.com",
            "SignIn:Schemes:0 = Basic (default)",
            "Seed:Path =  (default)",
            "Control:Token =  (default, secret)",
            "Realms:IdSeed = random (default)",
            "Serilog:Using:0 = (hidden) (secret)",
        ]);
        settings.Should().NotContain(setting => setting.StartsWith("Directory:Users") || setting.StartsWith("Mailboxes:Accounts:0:P"));
        var single = ServiceSettings.Groups.SelectMany(group => group.Settings).Where(setting => !setting.IsRepeated);
        settings.Select(setting => setting.Split(" = ")[0]).Should().OnlyHaveUniqueItems()
            .And.Contain(single.Select(setting => setting.Key));
    }

    [Fact]
    public async Task Neither_the_settings_nor_the_log_contain_secrets()
    {
        const string Token = "hush-control-token";
        const string PasswordHash = "pbkdf2-sha256$1$c2FsdA==$47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
        const string NtHash = "A4F49C406510BDCAB6824EE7C30FD852";
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(1));
        await File.WriteAllBytesAsync(_directory.File("given.pfx"), certificate.Export(X509ContentType.Pkcs12, "hush-pfx"));
        var (process, client) = await ServiceProcess.StartAsync(
            _directory,
            "--db", ":memory:", "--Log:Level", "Verbose", "--Control:Token", Token, "--Serilog:Properties:ApiKey", "hush-serilog",
            "--Https:Url", "https://127.0.0.1:0", "--Https:CertificatePath", "given.pfx", "--Https:CertificatePassword", "hush-pfx",
            "--SignIn:Mode", "Users", "--SignIn:Schemes:0", "Basic", "--SignIn:Schemes:1", "Bearer",
            "--SignIn:Tokens:0:Token", "hush-bearer", "--SignIn:Tokens:0:User", "a@contoso.com",
            "--SignIn:Jwt:Key", "hush-jwt-key-0123456789",
            "--Mailboxes:Accounts:0:SmtpAddress", "a@contoso.com", "--Mailboxes:Accounts:0:Password", "hush-password",
            "--Mailboxes:Accounts:1:SmtpAddress", "b@contoso.com", "--Mailboxes:Accounts:1:PasswordHash", PasswordHash,
            "--Mailboxes:Accounts:1:NtHash", NtHash);
        await using var _ = process;

        foreach (var credentials in new[] { "a@contoso.com:hush-password", "a@contoso.com:hush-wrong" })
            await SignInAsync(client, new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials))));
        foreach (var bearer in new[] { "hush-bearer", "hush-wrong" })
            await SignInAsync(client, new AuthenticationHeaderValue("Bearer", bearer));
        (await client.GetAsync(ControlCalls.Api + "/server")).IsSuccessStatusCode.Should().BeFalse("the token is required");
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        var server = await client.GetStringAsync(ControlCalls.Api + "/server");
        var log = await client.GetStringAsync(ControlCalls.Api + "/log");

        foreach (var secret in new[] { "hush", PasswordHash, "47DEQpj8HBSa", NtHash })
        {
            server.Should().NotContain(secret);
            log.Should().NotContain(secret);
        }

        log.Should().Contain("AddImGroup for a@contoso.com: NoError").And.Contain("status 401");
        using var state = JsonDocument.Parse(server);
        Describe(state.RootElement).Where(setting => setting.EndsWith(" = (hidden) (secret)")).Select(setting => setting.Split(' ')[0])
            .Should().BeEquivalentTo(
                "Control:Token",
                "Serilog:Properties:ApiKey",
                "Https:CertificatePassword",
                "SignIn:Tokens:0:Token",
                "SignIn:Jwt:Key",
                "Mailboxes:Accounts:0:Password",
                "Mailboxes:Accounts:1:PasswordHash",
                "Mailboxes:Accounts:1:NtHash");
    }

    private static Task<TestService> StartAsync(string arguments) => TestService.StartAsync(
        SettingsOf.Arguments("--urls http://127.0.0.1:0 --db :memory: --Log:Level Fatal " + arguments) with { IsHosted = true });

    private static async Task<List<string>> SettingsAsync(TestService service) =>
        Describe(await service.GetJsonAsync(ControlCalls.Api + "/server"));

    /// <summary>Returns one text for each setting, such as <c>Limits:MaxContacts = 1000 (default)</c>.</summary>
    private static List<string> Describe(JsonElement server) =>
    [
        .. server.GetProperty("settings").EnumerateArray().Select(setting =>
            $"{setting.GetProperty("key")} = {setting.GetProperty("value")}"
            + (setting.GetProperty("isDefault").GetBoolean(), setting.GetProperty("isSecret").GetBoolean()) switch
            {
                (true, true) => " (default, secret)",
                (true, false) => " (default)",
                (false, true) => " (secret)",
                (false, false) => "",
            }),
    ];

    private static async Task SignInAsync(HttpClient client, AuthenticationHeaderValue credentials)
    {
        using var content = new StringContent(EwsRequest.AddImGroup(Guid.NewGuid().ToString()), Encoding.UTF8, "text/xml");
        using var request = new HttpRequestMessage(HttpMethod.Post, (Uri?)null) { Content = content };
        request.Headers.Authorization = credentials;
        (await client.SendAsync(request)).Dispose();
    }
}
