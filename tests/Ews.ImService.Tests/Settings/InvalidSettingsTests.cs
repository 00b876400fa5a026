using Ews.ImService.Configuration;
using Ews.ImService.Settings;

namespace Ews.ImService.Tests.Settings;

public sealed class InvalidSettingsTests
{
    private const string ClockTime = "a time from 1900-01-01 to 4500-01-01 (UTC), such as 2026-11-21T08:30:00Z";

    private const string Account = "--Mailboxes:Accounts:0:SmtpAddress a@contoso.com ";
    private const string Hash =
        "--Mailboxes:Accounts:0:PasswordHash pbkdf2-sha256$1$c2FsdA==$47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU= ";
    private const string NtHash = "--Mailboxes:Accounts:0:NtHash A4F49C406510BDCAB6824EE7C30FD852 ";
    private const string Password = "--Mailboxes:Accounts:0:Password ";
    private const string BothPasswords = "Mailboxes:Accounts:0 must have either a Password or hashes of it, but has both.";

    [Theory]
    [InlineData("--Limits:MaxGroups abc", "Limits:MaxGroups must be a positive integer, but is 'abc'.")]
    [InlineData("--Limits:MaxContacts=0", "Limits:MaxContacts must be a positive integer, but is '0'.")]
    [InlineData("--Limits:MaxContacts=00", "Limits:MaxContacts must be a positive integer, but is '00'.")]
    [InlineData("--Limits:MaxContacts=", "Limits:MaxContacts must be a positive integer, but is ''.")]
    [InlineData("--Limits:MaxAttachmentBytes 4M", "Limits:MaxAttachmentBytes must be a positive integer, but is '4M'.")]
    [InlineData("--Limits:MaxRequestBytes 2147483648", "Limits:MaxRequestBytes must be at most 2147483647, but is '2147483648'.")]
    [InlineData("--Limits:ResponseCacheBytes -1", "Limits:ResponseCacheBytes must be a positive integer, but is '-1'.")]
    [InlineData("--Limits:MaxRequests 0", "Limits:MaxRequests must be a positive integer, but is '0'.")]
    [InlineData("--Limits:MaxChanges=0", "Limits:MaxChanges must be a positive integer, but is '0'.")]
    [InlineData("--Limits:MaxSubscriptions=0", "Limits:MaxSubscriptions must be a positive integer, but is '0'.")]
    [InlineData("--Limits:MaxStreamingConnections=0", "Limits:MaxStreamingConnections must be a positive integer, but is '0'.")]
    [InlineData("--Limits:MaxRequestsPerMailbox a", "Limits:MaxRequestsPerMailbox must be a positive integer, but is 'a'.")]
    [InlineData("--Limits:MaxBufferedBytes 1G", "Limits:MaxBufferedBytes must be a positive integer, but is '1G'.")]
    [InlineData("--Limits:BodyTimeoutSeconds 0", "Limits:BodyTimeoutSeconds must be a positive integer, but is '0'.")]
    [InlineData("--Limits:BodyTimeoutSeconds 86401", "Limits:BodyTimeoutSeconds must be at most 86400, but is '86401'.")]
    [InlineData("--Log:SlowRequestMilliseconds -1", "Log:SlowRequestMilliseconds must be a positive integer, but is '-1'.")]
    [InlineData("--Metrics:Enabled yes", "Metrics:Enabled must be true or false, but is 'yes'.")]
    [InlineData("--urls ftp://localhost:1", "urls must be a URL that begins with http:// or https://, but is 'ftp://localhost:1'.")]
    [InlineData("--urls nonsense", "urls must be a URL such as http://localhost:5080, but is 'nonsense'.")]
    [InlineData("--urls=", "urls must be a URL such as http://localhost:5080, but is ''.")]
    [InlineData("--urls http://127.0.0.1:99999", "urls must be a URL such as http://localhost:5080, but is 'http://127.0.0.1:99999'.")]
    [InlineData("--urls http://127.0.0.1:80x", "urls must be a URL such as http://localhost:5080, but is 'http://127.0.0.1:80x'.")]
    [InlineData("--urls http://127.0.0.1:1;x", "urls must be a URL such as http://localhost:5080, but is 'x'.")]
    [InlineData(
        "--urls http://a.example:1",
        "urls must be a URL of localhost, of an IP address, or of * for all addresses, but is 'http://a.example:1'.")]
    [InlineData(
        "--urls http://unix:/x.sock",
        "urls must be a URL of localhost, of an IP address, or of * for all addresses, but is 'http://unix:/x.sock'.")]
    [InlineData("--urls http://localhost:5080/ews", "urls must be a URL without a path, but is 'http://localhost:5080/ews'.")]
    [InlineData(
        "--urls http://localhost:0",
        "urls must be http://127.0.0.1:0 for any free port, because localhost has two addresses, but is 'http://localhost:0'.")]
    [InlineData("--Https:Url http://localhost:1", "Https:Url must be a URL that begins with https://, but is 'http://localhost:1'.")]
    [InlineData("--Https:Names:0 a_b!", "Https:Names:0 must be a DNS name or an IP address, but is 'a_b!'.")]
    [InlineData("--Https:Names:0 127.1", "Https:Names:0 must be a DNS name or an IP address, but is '127.1'.")]
    [InlineData(
        "--db=",
        "Storage:Path must be a file name, :memory:, a URL such as postgres://ews@localhost:5432/ews, or a connection string with the "
        + "host such as 'Host=localhost;Database=ews;Username=ews', but is ''.")]
    [InlineData("--SignIn:Mode Some", "SignIn:Mode must be Anonymous, AcceptAny, or Users, but is 'Some'.")]
    [InlineData("--SignIn:Schemes:0 Digest", "SignIn:Schemes:0 must be Basic, Ntlm, or Bearer, but is 'Digest'.")]
    [InlineData("--SignIn:Realm a\"b", "SignIn:Realm must be printable ASCII without quotes and backslashes, but is 'a\"b'.")]
    [InlineData("--SignIn:Jwt:Key short", "SignIn:Jwt:Key must be a secret of at least 16 characters, or an RSA public key in PEM format.")]
    [InlineData("--SignIn:Tokens:0:Token abc", "SignIn:Tokens:0:User is required. It must be the name of an account.")]
    [InlineData("--SignIn:Tokens:0:User abc", "SignIn:Tokens:0:Token is required. It must be a bearer token.")]
    [InlineData(
        "--ServerVersion:Version a<b",
        "ServerVersion:Version must be letters, digits, and underscores such as Exchange2013_SP1, but is 'a<b'.")]
    [InlineData("--ServerVersion:Build 15", "ServerVersion:Build must be four numbers such as 15.0.349.0, but is '15'.")]
    [InlineData(
        "--Ews:PushHosts:0 http://localhost",
        "Ews:PushHosts:0 must be a host name or address such as notifications.contoso.com, or *, but is 'http://localhost'.")]
    [InlineData("--Mailboxes:Default me", "Mailboxes:Default must be an SMTP address such as user@contoso.com, but is 'me'.")]
    [InlineData("--Inspector:Enabled maybe", "Inspector:Enabled must be true or false, but is 'maybe'.")]
    [InlineData("--Mailboxes:Declared:0 me", "Mailboxes:Declared:0 must be an SMTP address such as user@contoso.com, but is 'me'.")]
    [InlineData("--Mailboxes:AutoCreate maybe", "Mailboxes:AutoCreate must be true or false, but is 'maybe'.")]
    [InlineData(
        Account + "--Mailboxes:Accounts:1:SmtpAddress A@contoso.com --Mailboxes:Accounts:1:PrincipalName b@contoso.com",
        "Mailboxes:Accounts must contain each address once, but contains 'a@contoso.com' 2 times.")]
    [InlineData(
        Account + "--Mailboxes:Accounts:0:Sid me",
        "Mailboxes:Accounts:0:Sid must be a SID such as S-1-5-21-1-2-3-1001, but is 'me'.")]
    [InlineData(
        Account + "--Mailboxes:Accounts:0:PrincipalName b@contoso.com --Mailboxes:Default b@contoso.com",
        "'b@contoso.com' is the PrincipalName of an account in Mailboxes:Accounts. "
        + "Mailboxes:Declared and Mailboxes:Default must name the SmtpAddress of that account.")]
    [InlineData(
        Account + "--Mailboxes:Accounts:0:NtHash secret",
        "Mailboxes:Accounts:0:NtHash must be an NtHash of 32 hexadecimal digits, as printed by 'ews-im hash-password'.")]
    [InlineData(
        Account + "--Mailboxes:Accounts:0:PasswordHash x",
        "Mailboxes:Accounts:0:PasswordHash must be a PasswordHash as printed by 'ews-im hash-password'.")]
    [InlineData(
        Account + "--Mailboxes:Accounts:0:Password=",
        "Mailboxes:Accounts:0:Password must be a password of at least one character.")]
    [InlineData(Account + Password + "Password-1 " + NtHash, BothPasswords)]
    [InlineData(Account + Password + "Password-1 " + Hash, BothPasswords)]
    [InlineData(Account + Hash + "--Mailboxes:Accounts:0:Password=", BothPasswords)]
    [InlineData(
        "--Impersonation:Grants:0:Caller me",
        "Impersonation:Grants:0:Caller must be an SMTP address such as user@contoso.com, or *, but is 'me'.")]
    [InlineData(
        "--Impersonation:Grants:0:Mailboxes:0 *",
        "Impersonation:Grants:0:Caller is required. It must be an SMTP address such as user@contoso.com, or *.")]
    [InlineData("--Ews:PersonaProfile Any", "Ews:PersonaProfile must be BySpelling, Schema, or Documentation, but is 'Any'.")]
    [InlineData("--Log:Format xml", "Log:Format must be Text or Json, but is 'xml'.")]
    [InlineData("--Realms:IdSeed -1", "Realms:IdSeed must be a positive integer, but is '-1'.")]
    [InlineData("--Realms:ClockAt noon", $"Realms:ClockAt must be {ClockTime}, but is 'noon'.")]
    [InlineData("--Realms:ClockAt 1899-12-31T23:59:59Z", $"Realms:ClockAt must be {ClockTime}, but is '1899-12-31T23:59:59Z'.")]
    [InlineData(
        "--Directory:Users:0:DisplayName Bob",
        "Directory:Users:0:SmtpAddress is required. It must be an SMTP address such as user@contoso.com.")]
    [InlineData(
        "--Directory:Users:0:SmtpAddress a@contoso.com --Directory:Users:0:Photo Ews.ImService.dll",
        "Directory:Users:0:Photo must be a JPEG, PNG, or GIF file, but is 'Ews.ImService.dll'.")]
    public void An_invalid_value_is_reported_with_setting_value_and_rule(string arguments, string problem)
    {
        var read = () => SettingsOf.Arguments(arguments);

        read.Should().Throw<SettingsException>().Which.Problems.Should().Equal(problem);
    }

    [Fact]
    public void All_invalid_values_are_reported_together()
    {
        const string Arguments = "--Limits:MaxGroups few --Log:Format xml --Mailboxes:Declared:2 me --Mailboxes:Declared:10 you";
        var read = () => SettingsOf.Arguments(Arguments);

        read.Should().Throw<SettingsException>().Which.Problems.Select(problem => problem.Split(' ')[0])
            .Should().Equal("Limits:MaxGroups", "Mailboxes:Declared:2", "Mailboxes:Declared:10", "Log:Format");
    }

    [Fact]
    public void Every_setting_with_a_rule_is_read_even_if_no_other_setting_is_given()
    {
        const string Invalid = "\u007F";
        var accepted = ServiceSettings.Groups.SelectMany(group => group.Settings)
            .Where(setting => IsAccepted(setting.Key.Replace(":N", ":0"), Invalid))
            .Select(setting => setting.Key);

        accepted.Should().Equal(
            "Https:CertificatePath",
            "Https:CertificateKeyPath",
            "Https:CertificatePassword",
            "Storage:Path",
            "Storage:PasswordFile",
            "Seed:Path",
            "SignIn:Jwt:Issuer",
            "SignIn:Jwt:Audience",
            "Control:Token",
            "Serilog:...",
            "Storage:InstanceName", // This one and the following are read if the database is one of PostgreSQL.
            "Storage:ListenConnectionString",
            "Storage:Migrate");

        static bool IsAccepted(string key, string value)
        {
            try
            {
                SettingsOf.Arguments($"--{key}={value}");
                return true;
            }
            catch (SettingsException)
            {
                return false;
            }
        }
    }
}
