using Ews.ImService.Configuration;
using Ews.ImService.Protocol.SignIn;
using Ews.ImService.Settings;

namespace Ews.ImService.Tests.Settings;

public sealed class SettingSourcesTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void The_command_line_overrides_the_environment()
    {
        const string Name = "EWSIM_Limits__MaxContacts";
        Environment.SetEnvironmentVariable(Name, "7");
        try
        {
            SettingsOf.Arguments("").Limits.MaxContacts.Should().Be(7);
            SettingsOf.Arguments("--Limits:MaxContacts", "8").Limits.MaxContacts.Should().Be(8);
        }
        finally
        {
            Environment.SetEnvironmentVariable(Name, null);
        }
    }

    [Fact]
    public async Task The_environment_overrides_the_file_which_may_have_comments_and_numbers()
    {
        File.WriteAllText(
            _directory.File("appsettings.json"),
            """
            {
              // The database and the address of a test environment.
              "storage": { "path": ":memory:" }, "urls": "http://127.0.0.1:1",
              "Mailboxes": { "AutoCreate": false, "Declared": ["user@contoso.com", "anna@contoso.com",] },
              "Limits": { "MaxGroups": 8, "MaxContacts": null }
            }
            """);

        var (exitCode, _, errors) = await ServiceProcess.RunAsync(_directory, [], new() { ["EWSIM_urls"] = "http://nowhere.example:1" });

        exitCode.Should().Be(2);
        errors.Should().StartWith(
            "urls must be a URL of localhost, of an IP address, or of * for all addresses, but is 'http://nowhere.example:1'.\nRun ");
    }

    [Theory]
    [InlineData(
        """{ "Limits": { "MaxGroups": "few" }, "Elsewhere": { "Key": 1 } }""",
        "Limits:MaxGroups must be a positive integer, but is 'few'.")]
    [InlineData(
        """{ "Limits": { "MaxGroup": 8 } }""",
        "Unknown setting 'Limits:MaxGroup' in appsettings.json. Did you mean 'Limits:MaxGroups'?")]
    [InlineData(
        """{ "Mailboxes": { "Declared": "a@contoso.com" } }""",
        "Unknown setting 'Mailboxes:Declared' in appsettings.json. Did you mean 'Mailboxes:Declared:0'?")]
    [InlineData(
        """{ "Limit": { "MaxGroups": 8 } }""",
        "Unknown setting 'Limit:MaxGroups' in appsettings.json. Did you mean 'Limits:MaxGroups'?")]
    [InlineData(
        """{ "Storge": { "Path": "x.db" } }""",
        "Unknown setting 'Storge:Path' in appsettings.json. Did you mean 'Storage:Path'?")]
    [InlineData("""{ "Limits": 8 }""", "Unknown setting 'Limits' in appsettings.json. Did you mean 'Limits:")]
    [InlineData("""{ "Limits": """, "appsettings.json' cannot be read: ")]
    [InlineData("[]", "appsettings.json' must contain a JSON object.")]
    public async Task An_invalid_file_fails_the_start_with_code_2(string json, string problem)
    {
        File.WriteAllText(_directory.File("appsettings.json"), json);

        var (exitCode, output, errors) = await ServiceProcess.RunAsync(_directory, ["--db", ":memory:"]);

        exitCode.Should().Be(2);
        errors.Should().Contain(problem).And.EndWith("\nRun 'ews-im serve --help' for usage.\n").And.NotContain("   at ");
        output.Should().BeEmpty();
    }

    [Fact]
    public async Task An_unknown_environment_variable_fails_the_start_with_code_2()
    {
        var (exitCode, _, errors) = await ServiceProcess.RunAsync(_directory, [], new() { ["EWSIM_Limits__MaxContact"] = "1" });

        exitCode.Should().Be(2);
        errors.Should().StartWith(
            "Unknown setting 'EWSIM_Limits__MaxContact' in the environment. Did you mean 'EWSIM_Limits__MaxContacts'?\n");
    }

    [Fact]
    public void Settings_of_a_program_that_hosts_the_service_are_read_by_key()
    {
        Read(("Limits:MaxGroups", "8"), ("mailboxes:declared:0", "a@contoso.com"), ("Log:Level", null)).Limits.MaxGroups.Should().Be(8);
        FluentActions.Invoking(() => Read(("Limit:MaxGroups", "8"))).Should().Throw<SettingsException>()
            .Which.Problems.Should().Equal("Unknown setting 'Limit:MaxGroups'. Did you mean 'Limits:MaxGroups'?");

        static ServiceSettings Read(params (string Key, string? Value)[] settings)
        {
            var catalog = new SettingCatalog(ServiceSettings.Groups.SelectMany(group => group.Settings));
            var given = GivenSettings.From(catalog, settings.ToDictionary(setting => setting.Key, setting => setting.Value));
            return ServiceSettings.Read(new SettingValues(given));
        }
    }

    [Fact]
    public void A_photo_is_read_from_a_file()
    {
        byte[] png = [0x89, (byte)'P', (byte)'N', (byte)'G', 1, 2, 3];
        File.WriteAllBytes(_directory.File("anna.png"), png);

        var settings = SettingsOf.Arguments(
            "--Directory:Users:0:SmtpAddress", "anna@contoso.com", "--Directory:Users:0:Photo", _directory.File("anna.png"));

        settings.Directory.Users.Should().ContainSingle().Which.Photo!.Data.ToArray().Should().Equal(png);
    }

    [Fact]
    public void Both_hashes_of_a_password_may_be_given()
    {
        const string Hashes = "--Mailboxes:Accounts:0:PasswordHash pbkdf2-sha256$1$c2FsdA==$47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU= "
            + "--Mailboxes:Accounts:0:NtHash A4F49C406510BDCAB6824EE7C30FD852";
        var passwords = SettingsOf.Arguments("--Mailboxes:Accounts:0:SmtpAddress anna@contoso.com " + Hashes).Passwords;

        passwords.HasAny.Should().BeTrue();
        passwords.HasNt.Should().BeTrue();
    }

    [Fact]
    public void An_empty_optional_setting_is_not_set()
    {
        const string KeyPath = "--https --Https:CertificatePath c.pem --Https:CertificateKeyPath";

        SettingsOf.Arguments(KeyPath + "=").Certificate.KeyPath.Should().BeNull();
        SettingsOf.Arguments(KeyPath + "=k.pem").Certificate.KeyPath.Should().Be(Path.GetFullPath("k.pem"));
        SettingsOf.Arguments("--Control:Token= --Seed:Path= --Realms:IdSeed= --Realms:ClockAt=").Control.Token.Should().BeNull();
    }

    [Fact]
    public void A_short_option_without_a_value_is_combined_with_others() =>
        SettingsOf.Arguments("--db :memory: --https --urls http://127.0.0.1:1").Urls
            .Should().Equal("http://127.0.0.1:1", "https://localhost:5443");

    [Theory]
    [InlineData("--SignIn:Schemes:10 Basic --SignIn:Schemes:9 ntlm")]
    [InlineData("--SignIn:Schemes:02 Basic --SignIn:Schemes:01 ntlm")]
    public void List_items_are_read_in_the_order_of_their_indexes(string arguments) =>
        SettingsOf.Arguments(arguments).SignIn.Schemes.Should().Equal(SignInScheme.Ntlm, SignInScheme.Basic);
}
