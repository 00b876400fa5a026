using Ews.ImService.Settings;

namespace Ews.ImService.Tests.Settings;

public sealed class SettingsReaderTests
{
    private const string AnnaSmtp = "--Mailboxes:Accounts:0:SmtpAddress anna@contoso.com";
    private const string AnnaPassword = AnnaSmtp + " --Mailboxes:Accounts:0:Password Password-1";
    private const string AnnaNtHash = AnnaSmtp + " --Mailboxes:Accounts:0:NtHash A4F49C406510BDCAB6824EE7C30FD852";
    private const string AnnaHash = AnnaSmtp + " --Mailboxes:Accounts:0:PasswordHash pbkdf2-sha256$1$c2FsdA==$47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
    private const string Users = "--Control:Token t --SignIn:Mode Users --SignIn:Schemes:0";

    private const string NoDefault = "user@contoso.com has no mailbox, so only requests that impersonate somebody or bring credentials will succeed; see Mailboxes:Default, Mailboxes:Declared and Mailboxes:AutoCreate";
    private const string NoBasic = "Nobody can sign in with Basic: no account in Mailboxes:Accounts has a Password, PasswordHash or NtHash";
    private const string NoNtlm = "Nobody can sign in with NTLM: no account in Mailboxes:Accounts has a Password or NtHash";
    private const string NoBearer = "Nobody can sign in with Bearer: there is neither a token in SignIn:Tokens nor a key in SignIn:Jwt:Key";
    private const string IdleTokens = "SignIn:Tokens and SignIn:Jwt mean nothing while Bearer is not in SignIn:Schemes";
    private const string IdleSchemes = "SignIn:Schemes offers nothing to anybody while SignIn:Mode is Anonymous";
    private const string IdleCertificate = "Https:CertificatePath means nothing without an https address; see --https";
    private const string IdleKey = "Https:CertificateKeyPath means nothing without Https:CertificatePath";

    private const string Token = "--SignIn:Tokens:0:Token t --SignIn:Tokens:0:User anna@contoso.com";
    private const string Jwt = "--SignIn:Jwt:Key 0123456789abcdef";

    [Theory]
    [InlineData("")]
    [InlineData("--Mailboxes:AutoCreate false", NoDefault)]
    [InlineData("--Mailboxes:AutoCreate false --Mailboxes:Default user@contoso.com")]
    [InlineData("--Mailboxes:AutoCreate false --Mailboxes:Declared:0 user@contoso.com")]
    [InlineData("--Mailboxes:AutoCreate false --Mailboxes:Accounts:0:SmtpAddress a@contoso.com --Mailboxes:Accounts:0:ProxyAddresses:0 user@contoso.com")]
    [InlineData("--SignIn:Schemes:0 Basic", IdleSchemes)]
    [InlineData("--SignIn:Mode AcceptAny --SignIn:Schemes:0 Basic")]
    [InlineData("--SignIn:Mode AcceptAny --SignIn:Schemes:0 Ntlm --SignIn:Schemes:1 Bearer")]
    [InlineData("--Control:Token t --SignIn:Mode Users", NoBasic)]
    [InlineData(Users + " Basic " + AnnaSmtp, NoBasic)]
    [InlineData(Users + " Basic " + AnnaPassword)]
    [InlineData(Users + " Basic " + AnnaHash)]
    [InlineData(Users + " Basic " + AnnaNtHash)]
    [InlineData(Users + " Ntlm " + AnnaHash, NoNtlm)]
    [InlineData(Users + " Ntlm " + AnnaPassword)]
    [InlineData(Users + " Ntlm " + AnnaNtHash)]
    [InlineData(Users + " Bearer", NoBearer)]
    [InlineData(Users + " Bearer " + Token)]
    [InlineData(Users + " Bearer " + Jwt)]
    [InlineData(Users + " Basic " + AnnaPassword + " " + Token, IdleTokens)]
    [InlineData(Users + " Basic " + AnnaPassword + " " + Jwt, IdleTokens)]
    [InlineData("--SignIn:Mode AcceptAny " + Jwt, IdleTokens)]
    [InlineData(Jwt)]
    [InlineData(Users + " Ntlm --SignIn:Schemes:1 Basic --SignIn:Schemes:2 Bearer", NoBasic, NoNtlm, NoBearer)]
    [InlineData("--Https:CertificatePath c.pem", IdleCertificate)]
    [InlineData("--Https:CertificatePath c.pem --https")]
    [InlineData("--Https:CertificatePath c.pem --urls https://localhost:1")]
    [InlineData("--Https:CertificateKeyPath k.pem --https", IdleKey)]
    [InlineData("--Https:CertificateKeyPath= --https")]
    [InlineData("--SignIn:Mode Users " + AnnaPassword, "The control API shows and changes all mailboxes without sign-in; set Control:Token, or Control:Enabled to false")]
    [InlineData("--Control:Enabled false --SignIn:Mode Users " + AnnaPassword)]
    public void What_may_not_be_meant_is_told_and_nothing_else_is(string arguments, params string[] warnings) => Read(arguments).Warnings.Should().Equal(warnings);

    [Fact]
    public async Task A_warning_is_a_line_of_the_log()
    {
        using var directory = new TemporaryDirectory();
        var (service, _) = await ServiceProcess.StartAsync(directory, "--db", ":memory:", "--Control:Token", "t", "--SignIn:Mode", "Users", "--SignIn:Schemes:0", "Ntlm");
        await using (service)
            await service.TerminateAsync();

        service.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Should().ContainSingle(line => line.Contains(" WRN "))
            .Which.Should().EndWith(" WRN " + NoNtlm);
    }

    [Theory]
    [InlineData(AnnaSmtp + " --Mailboxes:Accounts:0:Password=", "Mailboxes:Accounts:0:Password is ''; it has to be a password of at least one character.")]
    [InlineData(AnnaPassword + " --Mailboxes:Accounts:0:NtHash A4F49C406510BDCAB6824EE7C30FD852", "Mailboxes:Accounts:0 has a Password and a hash of one; it has to have either.")]
    [InlineData(AnnaHash + " --Mailboxes:Accounts:0:Password Password-1", "Mailboxes:Accounts:0 has a Password and a hash of one; it has to have either.")]
    [InlineData(AnnaHash + " --Mailboxes:Accounts:0:Password=", "Mailboxes:Accounts:0 has a Password and a hash of one; it has to have either.")]
    [InlineData("--https https://localhost:6443", "--https takes no value; --Https:Url https://localhost:6443 may be meant.")]
    [InlineData("--db x.db --https 6443", "--https takes no value; --Https:Url 6443 may be meant.")]
    [InlineData("--https=https://localhost:6443", "--https in the command line is not a setting; Https:Url is.")]
    public void What_cannot_be_meant_names_the_key_and_the_fix(string arguments, string problem)
    {
        var read = () => Read(arguments);

        read.Should().Throw<SettingsException>().Which.Problems.Should().Equal(problem);
    }

    [Fact]
    public void Both_hashes_of_one_password_may_be_given()
    {
        var passwords = Read(AnnaHash + " --Mailboxes:Accounts:0:NtHash A4F49C406510BDCAB6824EE7C30FD852").Passwords;

        passwords.HasAny.Should().BeTrue();
        passwords.HasNt.Should().BeTrue();
    }

    [Fact]
    public void An_empty_key_path_is_none()
    {
        Read("--https --Https:CertificatePath c.pem --Https:CertificateKeyPath=").Certificate.KeyPath.Should().BeNull();
        Read("--https --Https:CertificatePath c.pem --Https:CertificateKeyPath k.pem").Certificate.KeyPath.Should().Be(Path.GetFullPath("k.pem"));
    }

    [Fact]
    public void The_short_form_of_https_goes_with_settings_before_and_after_it() =>
        Read("--db :memory: --https --urls http://127.0.0.1:1").Urls.Should().Equal("http://127.0.0.1:1", "https://localhost:5443");

    private static ServiceSettings Read(string arguments) => SettingsReader.Read(SettingsSources.Load(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
}
