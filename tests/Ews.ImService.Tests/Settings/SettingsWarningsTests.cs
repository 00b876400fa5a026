namespace Ews.ImService.Tests.Settings;

public sealed class SettingsWarningsTests
{
    private const string Account = "--Mailboxes:Accounts:0:SmtpAddress anna@contoso.com";
    private const string Password = Account + " --Mailboxes:Accounts:0:Password Password-1";
    private const string NtHash = Account + " --Mailboxes:Accounts:0:NtHash A4F49C406510BDCAB6824EE7C30FD852";
    private const string Hash = Account
        + " --Mailboxes:Accounts:0:PasswordHash pbkdf2-sha256$1$c2FsdA==$47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
    private const string Users = "--Control:Token t --SignIn:Mode Users --SignIn:Schemes:0";
    private const string Token = "--SignIn:Tokens:0:Token t --SignIn:Tokens:0:User anna@contoso.com";
    private const string Jwt = "--SignIn:Jwt:Key 0123456789abcdef";

    private const string NoDefault = "Anonymous requests without impersonation fail, because user@contoso.com has no mailbox; "
        + "see Mailboxes:Default, Mailboxes:Declared, and Mailboxes:AutoCreate";
    private const string NoBasic = "No user can authenticate with Basic, because no account has a Password, PasswordHash, or NtHash";
    private const string NoNtlm = "No user can authenticate with NTLM, because no account has a Password or NtHash";
    private const string NoBearer = "No user can authenticate with Bearer, because neither SignIn:Tokens nor SignIn:Jwt:Key is set";
    private const string IdleTokens = "SignIn:Tokens and SignIn:Jwt have no effect, because SignIn:Schemes does not contain Bearer";
    private const string IdleSchemes = "SignIn:Schemes has no effect while SignIn:Mode is Anonymous";
    private const string IdleCertificate = "Https:CertificatePath has no effect without an HTTPS URL; see --https";
    private const string IdleKey = "Https:CertificateKeyPath has no effect without Https:CertificatePath";
    private const string OpenControl = "The control API is open to every client; set Control:Token, or set Control:Enabled to false";

    private const string IdleBodyLimit = "Limits:MaxRequestBytes or Control:MaxBodyBytes has no effect above Limits:MaxBufferedBytes";

    [Theory]
    [InlineData("")]
    [InlineData(
        "--Storage:InstanceName a --migrate",
        "Storage:InstanceName, Storage:Migrate: no effect, because the database is not one of PostgreSQL")]
    [InlineData("--Storage:InstanceName a --migrate --db postgres://localhost/ews")]
    [InlineData("--Limits:MaxBufferedBytes 67108863", IdleBodyLimit)]
    [InlineData("--Limits:MaxBufferedBytes 67108864")]
    [InlineData("--Limits:MaxRequestBytes 200000000", IdleBodyLimit)]
    [InlineData("--Mailboxes:AutoCreate false", NoDefault)]
    [InlineData("--Mailboxes:AutoCreate false --Mailboxes:Default user@contoso.com")]
    [InlineData("--Mailboxes:AutoCreate false --Mailboxes:Declared:0 user@contoso.com")]
    [InlineData("--Mailboxes:AutoCreate false --Mailboxes:Accounts:0:ProxyAddresses:0 user@contoso.com " + Account)]
    [InlineData("--SignIn:Schemes:0 Basic", IdleSchemes)]
    [InlineData("--SignIn:Mode AcceptAny --SignIn:Schemes:0 Basic")]
    [InlineData("--SignIn:Mode AcceptAny --SignIn:Schemes:0 Ntlm --SignIn:Schemes:1 Bearer")]
    [InlineData("--Control:Token t --SignIn:Mode Users", NoBasic)]
    [InlineData(Users + " Basic " + Account, NoBasic)]
    [InlineData(Users + " Basic " + Password)]
    [InlineData(Users + " Basic " + Hash)]
    [InlineData(Users + " Basic " + NtHash)]
    [InlineData(Users + " Ntlm " + Hash, NoNtlm)]
    [InlineData(Users + " Ntlm " + Password)]
    [InlineData(Users + " Ntlm " + NtHash)]
    [InlineData(Users + " Bearer", NoBearer)]
    [InlineData(Users + " Bearer " + Token)]
    [InlineData(Users + " Bearer " + Jwt)]
    [InlineData(Users + " Basic " + Password + " " + Token, IdleTokens)]
    [InlineData(Users + " Basic " + Password + " " + Jwt, IdleTokens)]
    [InlineData("--SignIn:Mode AcceptAny " + Jwt, IdleTokens)]
    [InlineData(Jwt)]
    [InlineData(Users + " Ntlm --SignIn:Schemes:1 Basic --SignIn:Schemes:2 Bearer", NoBasic, NoNtlm, NoBearer)]
    [InlineData("--Https:CertificatePath c.pem", IdleCertificate)]
    [InlineData("--Https:CertificatePath c.pem --https")]
    [InlineData("--Https:CertificatePath c.pem --urls https://localhost:1")]
    [InlineData("--Https:CertificateKeyPath k.pem --https", IdleKey)]
    [InlineData("--Https:CertificateKeyPath= --https")]
    [InlineData("--SignIn:Mode Users " + Password, OpenControl)]
    [InlineData("--Control:Enabled false --SignIn:Mode Users " + Password)]
    [InlineData("--urls http://*:5080", OpenControl)]
    [InlineData("--urls http://+:5080", OpenControl)]
    [InlineData("--urls http://localhost:5080;http://192.168.1.1:5080", OpenControl)]
    [InlineData("--urls http://[::]:5080", OpenControl)]
    [InlineData("--Https:Url https://*:5443", OpenControl)]
    [InlineData("--urls http://127.0.0.1:5080;http://[::1]:5080;https://localhost:5443")]
    [InlineData("--urls http://*:5080 --Control:Token t")]
    [InlineData("--urls http://*:5080 --Control:Enabled false")]
    public void Settings_without_the_intended_effect_are_reported(string arguments, params string[] warnings) =>
        SettingsOf.Arguments(arguments).Warnings.Should().Equal(warnings);

    [Fact]
    public async Task A_warning_is_logged_in_one_line()
    {
        using var directory = new TemporaryDirectory();
        string[] users = ["--Control:Token", "t", "--SignIn:Mode", "Users", "--SignIn:Schemes:0", "Ntlm"];
        var (service, _) = await ServiceProcess.StartAsync(directory, ["--db", ":memory:", .. users]);
        await using (service)
            await service.TerminateAsync();

        service.OutputLines.Should().ContainSingle(line => line.Contains(" WRN ")).Which.Should().EndWith(" WRN " + NoNtlm);
    }

    [Fact]
    public async Task An_unknown_section_of_the_file_is_a_warning()
    {
        using var directory = new TemporaryDirectory();
        File.WriteAllText(
            directory.File("appsettings.json"),
            """{ "Logging": { "LogLevel": { "Default": "Debug" } }, "Limits": { "MaxGroups": 8 }, "AllowedHosts": "*" }""");

        var (service, _) = await ServiceProcess.StartAsync(directory, "--db", ":memory:");
        await using (service)
            await service.TerminateAsync();

        service.Output.Should().Contain("WRN appsettings.json has unknown sections: AllowedHosts, Logging")
            .And.Contain("INF The service has stopped");
    }
}
