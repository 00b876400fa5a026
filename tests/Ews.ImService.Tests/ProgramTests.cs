using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Ews.ImService.Settings;

namespace Ews.ImService.Tests;

public sealed class ProgramTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Help_lists_every_setting_and_version_is_a_number()
    {
        var help = await ServiceProcess.RunAsync(_directory, ["--help"]);
        var version = await ServiceProcess.RunAsync(_directory, ["--version"]);

        help.ExitCode.Should().Be(0);
        SettingsTable.All.Should().OnlyContain(setting => help.Output.Contains(setting.Key) && help.Output.Contains(setting.Meaning));
        version.ExitCode.Should().Be(0);
        version.Output.Trim().Should().MatchRegex(@"^\d+\.\d+\.\d+$");
        Directory.EnumerateFileSystemEntries(_directory.Path).Should().BeEmpty();
    }

    [Theory]
    [InlineData("--dbb x", "--dbb in the command line is not a setting.")]
    [InlineData("it", "The argument 'it' is not understood; settings are written --KEY VALUE.")]
    [InlineData("--db", "--db has no value; settings are written --KEY VALUE.")]
    [InlineData("--db --urls", "--db has no value; settings are written --KEY VALUE.")]
    [InlineData("--Limits:MaxGroups many", "Limits:MaxGroups is 'many'; it has to be a whole number from 1 to 2147483647.")]
    [InlineData("--Limits:MaxContacts=0", "Limits:MaxContacts is '0'; it has to be a whole number from 1 to 2147483647.")]
    [InlineData("--urls ftp://localhost:1", "urls is 'ftp://localhost:1'; it has to be a URL that begins with http:// or https://.")]
    [InlineData("--Https:Url http://localhost:1", "Https:Url is 'http://localhost:1'; it has to be a URL that begins with https://.")]
    [InlineData("--Https:Names:0 a_b!", "Https:Names:0 is 'a_b!'; it has to be a DNS name or an IP address.")]
    [InlineData("--SignIn:Mode Some", "SignIn:Mode is 'Some'; it has to be Anonymous, AcceptAny or Users.")]
    [InlineData("--SignIn:Schemes:0 Digest", "SignIn:Schemes:0 is 'Digest'; it has to be Basic, Ntlm or Bearer.")]
    [InlineData("--SignIn:Jwt:Key short", "SignIn:Jwt:Key is '…'; it has to be a secret of at least 16 characters, or an RSA public key in PEM.")]
    [InlineData("--Mailboxes:Accounts:0:SmtpAddress a@contoso.com --Mailboxes:Accounts:0:NtHash secret", "Mailboxes:Accounts:0:NtHash is '…'; it has to be 32 hexadecimal digits, from the command hash-password.")]
    [InlineData("--urls nonsense", "urls is 'nonsense'; it has to be a URL such as http://localhost:5080.")]
    [InlineData("--urls=", "urls is ''; it has to be a URL such as http://localhost:5080.")]
    [InlineData("--urls http://127.0.0.1:99999", "urls is 'http://127.0.0.1:99999'; it has to be a URL such as http://localhost:5080.")]
    [InlineData("--urls http://127.0.0.1:80x", "urls is 'http://127.0.0.1:80x'; it has to be a URL such as http://localhost:5080.")]
    [InlineData("--urls http://mybox.example:5083", "urls is 'http://mybox.example:5083'; it has to be a URL of localhost, of an IP address, or of * for all of them.")]
    [InlineData("--urls http://unix:/tmp/s.sock", "urls is 'http://unix:/tmp/s.sock'; it has to be a URL of localhost, of an IP address, or of * for all of them.")]
    [InlineData("--urls http://localhost:5080/ews", "urls is 'http://localhost:5080/ews'; it has to be a URL without a path.")]
    [InlineData("--db=", "Storage:Path is ''; it has to be a file name or :memory:.")]
    [InlineData("--ServerVersion:Version a<b", "ServerVersion:Version is 'a<b'; it has to be letters, digits and underscores such as Exchange2013_SP1.")]
    [InlineData("--Mailboxes:Declared a@b.c", "--Mailboxes:Declared in the command line is not a setting; Mailboxes:Declared:0 is.")]
    [InlineData("--urls http://localhost:0", "urls is 'http://localhost:0'; it has to be http://127.0.0.1:0 for any free port, because localhost is two addresses.")]
    [InlineData("--Mailboxes:Default me", "Mailboxes:Default is 'me'; it has to be an SMTP address such as user@contoso.com.")]
    [InlineData("--Mailboxes:Declared:0 me", "Mailboxes:Declared:0 is 'me'; it has to be an SMTP address such as user@contoso.com.")]
    [InlineData("--Mailboxes:AutoCreate maybe", "Mailboxes:AutoCreate is 'maybe'; it has to be true or false.")]
    [InlineData("--Mailboxes:Accounts:0:SmtpAddress a@b.c --Mailboxes:Accounts:1:SmtpAddress A@b.c", "Mailboxes:Accounts has the address 'a@b.c' twice; it has to belong to one account, once.")]
    [InlineData("--Mailboxes:Accounts:0:SmtpAddress a@b.c --Mailboxes:Accounts:0:Sid me", "Mailboxes:Accounts:0:Sid is 'me'; it has to be a SID such as S-1-5-21-1-2-3-1001.")]
    [InlineData("--Impersonation:Grants:0:Caller me", "Impersonation:Grants:0:Caller is 'me'; it has to be an SMTP address such as user@contoso.com.")]
    [InlineData("--ServerVersion:Build 15", "ServerVersion:Build is '15'; it has to be four numbers such as 15.0.349.0.")]
    [InlineData("--Ews:PersonaProfile Any", "Ews:PersonaProfile is 'Any'; it has to be BySpelling, Schema or Documentation.")]
    [InlineData("--Log:Format xml", "Log:Format is 'xml'; it has to be Text or Json.")]
    [InlineData("--Mailboxes:Accounts:0:SmtpAddress john.doe@contoso.com --Mailboxes:Accounts:0:PrincipalName jdoe@contoso.com --Mailboxes:Default jdoe@contoso.com", "'jdoe@contoso.com' is the user principal name of an account in Mailboxes:Accounts; in Mailboxes:Declared and Mailboxes:Default name that account's SmtpAddress.")]
    [InlineData("--verbose", "--verbose in the command line is not a setting.")]
    [InlineData("--Limits", "--Limits in the command line is not a setting; Limits:MaxGroups is.")]
    [InlineData("--Directory:Users:0:DisplayName Bob", "Directory:Users:0:SmtpAddress is missing; it has to be an SMTP address such as user@contoso.com.")]
    [InlineData("--SignIn:Tokens:0:Token abc", "SignIn:Tokens:0:User is missing; it has to be the name of an account.")]
    [InlineData("--Directory:Users:0:SmtpAddress a@contoso.com --Directory:Users:0:Photo Ews.ImService.dll", "Directory:Users:0:Photo is 'Ews.ImService.dll'; it has to be a JPEG, PNG or GIF file.")]
    public void Bad_configuration_names_the_key_and_the_fix(string arguments, string problem)
    {
        var read = () => SettingsReader.Read(SettingsSources.Load(arguments.Split(' ')));

        read.Should().Throw<SettingsException>().Which.Problems.Should().Equal(problem);
    }

    [Fact]
    public async Task Bad_configuration_ends_the_start_with_one_line_each_from_the_file_and_the_environment_too()
    {
        File.WriteAllText(_directory.File("appsettings.json"), """{ "Limits": { "MaxGroups": "few" }, "Elsewhere": { "Key": 1 } }""");

        var file = await ServiceProcess.RunAsync(_directory, []);
        var environment = await ServiceProcess.RunAsync(_directory, ["--Limits:MaxGroups", "1"], new() { ["EWSIM_Limits__MaxContact"] = "1" });
        File.WriteAllText(_directory.File("appsettings.json"), "{ \"Limits\": ");
        var damaged = await ServiceProcess.RunAsync(_directory, []);

        file.ExitCode.Should().Be(2);
        file.Errors.Should().StartWith("Limits:MaxGroups is 'few'; it has to be a whole number");
        environment.ExitCode.Should().Be(2);
        environment.Errors.Should().StartWith("EWSIM_Limits__MaxContact in the environment is not a setting.");
        damaged.ExitCode.Should().Be(2);
        damaged.Errors.Should().Contain("appsettings.json").And.NotContain("   at ");
    }

    [Fact]
    public async Task A_section_of_the_file_that_may_be_misspelled_is_told()
    {
        File.WriteAllText(_directory.File("appsettings.json"), """{ "Mailbox": { "Default": "me@contoso.com" }, "Limits": { "MaxGroups": 8 }, "Storge": { "Path": "x.db" } }""");

        var (service, _) = await ServiceProcess.StartAsync(_directory, "--db", ":memory:");
        await using (service)
            await service.TerminateAsync();

        service.Output.Should().Contain("WRN appsettings.json has sections that are no settings of this service: Mailbox, Storge;").And.Contain("INF Stopped");
    }

    [Fact]
    public void A_photo_of_the_directory_is_a_file()
    {
        byte[] png = [0x89, (byte)'P', (byte)'N', (byte)'G', 1, 2, 3];
        File.WriteAllBytes(_directory.File("anna.png"), png);

        var settings = SettingsReader.Read(SettingsSources.Load(["--Directory:Users:0:SmtpAddress", "anna@contoso.com", "--Directory:Users:0:Photo", _directory.File("anna.png")]));

        settings.Directory.Users.Should().ContainSingle().Which.Photo!.Data.ToArray().Should().Equal(png);
    }

    [Fact]
    public void The_command_line_wins_over_the_environment()
    {
        const string Name = "EWSIM_Limits__MaxContacts";
        Environment.SetEnvironmentVariable(Name, "7");
        try
        {
            SettingsReader.Read(SettingsSources.Load([])).Limits.MaxContacts.Should().Be(7);
            SettingsReader.Read(SettingsSources.Load(["--Limits:MaxContacts", "8"])).Limits.MaxContacts.Should().Be(8);
        }
        finally
        {
            Environment.SetEnvironmentVariable(Name, null);
        }
    }

    [Fact]
    public async Task A_port_that_is_taken_is_one_line()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();

        var (exitCode, output, errors) = await ServiceProcess.RunAsync(_directory, ["--urls", $"http://{taken.LocalEndpoint}", "--db", ":memory:"]);

        exitCode.Should().Be(1);
        errors.Trim().Should().MatchRegex(@"^The service cannot listen: Failed to bind to address http://127\.0\.0\.1:\d+: address already in use\. Name another address with --urls\.$");
        output.Should().BeEmpty();
    }

    [Fact]
    public async Task A_log_that_Serilog_cannot_make_ends_the_start()
    {
        var (exitCode, _, errors) = await ServiceProcess.RunAsync(_directory, ["--db", ":memory:", "--Serilog:WriteTo:0:Name", "Nonsense"]);

        exitCode.Should().Be(2);
        errors.Should().StartWith("Serilog cannot be used: ").And.Contain("Nonsense");
    }

    [Fact]
    public async Task Whoever_declares_mailboxes_and_forgets_the_default_one_is_told()
    {
        var (service, _) = await ServiceProcess.StartAsync(_directory, "--db", ":memory:", "--Mailboxes:AutoCreate", "false", "--Mailboxes:Declared:0", "anna@contoso.com");
        await using (service)
            await service.TerminateAsync();

        service.Output.Should().Contain("WRN user@contoso.com has no mailbox");
    }

    [Fact]
    public async Task A_client_that_goes_away_in_the_middle_of_a_request_is_one_line_of_the_log()
    {
        var (service, client) = await ServiceProcess.StartAsync(_directory, "--db", ":memory:");
        await using var _ = service;
        using (var half = new TcpClient())
        {
            await half.ConnectAsync(IPAddress.Loopback, client.BaseAddress!.Port);
            await half.GetStream().WriteAsync("POST /EWS/Exchange.asmx HTTP/1.1\r\nHost: x\r\nContent-Type: text/xml\r\nContent-Length: 100\r\n\r\n<half"u8.ToArray());
            await half.GetStream().FlushAsync();
            await Task.Delay(200);
        }

        await PostAsync(client, EwsRequest.AddImGroup("Team"));
        (await service.TerminateAsync()).Should().Be(0);

        service.Output.Split('\n').Should().ContainSingle(line => line.Contains("Request aborted"));
        service.Output.Should().NotContain("   at ");
    }

    [Fact]
    public async Task A_second_process_on_one_file_is_refused_and_the_first_goes_on()
    {
        var file = _directory.File("mailboxes.db");
        var (first, client) = await ServiceProcess.StartAsync(_directory, "--db", file);
        await using var _ = first;

        var (exitCode, _, errors) = await ServiceProcess.RunAsync(_directory, ["--urls", "http://127.0.0.1:0", "--db", file]);

        exitCode.Should().Be(1);
        errors.Trim().Should().Be($"The database '{file}' is in use by another process. Stop that process, or specify another file with --db.");
        (await PostAsync(client, EwsRequest.AddImGroup("Team"))).Should().Contain("NoError");
    }

    [Fact]
    public async Task A_file_that_is_no_database_of_ours_ends_the_start_with_one_line_and_stays_as_it_was()
    {
        var file = _directory.File("notes.txt");
        File.WriteAllText(file, "These are my notes, and nobody else's.");

        var (exitCode, output, errors) = await ServiceProcess.RunAsync(_directory, ["--urls", "http://127.0.0.1:0", "--db", file]);

        exitCode.Should().Be(1);
        errors.Trim().Should().StartWith($"The file '{file}' is not a database of this service").And.NotContain("\n");
        output.Should().BeEmpty();
        File.ReadAllText(file).Should().Be("These are my notes, and nobody else's.");
        Directory.EnumerateFiles(_directory.Path).Should().ContainSingle();
    }

    [Fact]
    public async Task A_termination_signal_ends_it_with_code_0_and_everything_on_disk()
    {
        var (service, client) = await ServiceProcess.StartAsync(_directory, "--db", "mailboxes.db");
        await using var _ = service;
        await PostAsync(client, EwsRequest.AddImGroup("Team"));

        (await service.TerminateAsync()).Should().Be(0);

        service.Errors.Should().BeEmpty();
        var (again, _) = await ServiceProcess.StartAsync(_directory, "--db", "mailboxes.db");
        await using (again)
            await again.TerminateAsync();
        Directory.EnumerateFiles(_directory.Path).Select(Path.GetFileName).Should().Equal("mailboxes.db");
    }

    [Fact]
    public async Task The_log_has_one_line_a_request_and_never_a_body()
    {
        var (service, client) = await ServiceProcess.StartAsync(_directory, "--db", ":memory:");
        await using var _ = service;
        await PostAsync(client, EwsRequest.AddImGroup("Secret"));
        await PostAsync(client, EwsRequest.AddImGroup("Secret"));
        await PostAsync(client, "<oops>Secret");
        await service.TerminateAsync();

        var lines = service.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[1..^1];

        lines.Should().HaveCount(3);
        lines[0].Should().MatchRegex(@"^\d\d:\d\d:\d\d\.\d{3} INF AddImGroup for user@contoso\.com: NoError in [\d.]+ ms, request \S+$");
        lines[1].Should().Contain("AddImGroup for user@contoso.com: ErrorImGroupDisplayNameAlreadyExists in ");
        lines[2].Should().Contain(" - for -: ErrorSchemaValidation in ");
        service.Output.Should().NotContain("Secret");
    }

    [Fact]
    public async Task The_log_can_be_JSON()
    {
        var (service, client) = await ServiceProcess.StartAsync(_directory, "--db", ":memory:", "--Log:Format", "json");
        await using var _ = service;
        await PostAsync(client, EwsRequest.AddImGroup("Team"));
        await service.TerminateAsync();

        var lines = service.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("Properties")).ToList();

        lines.Should().HaveCount(3);
        lines[1].GetProperty("Operation").GetString().Should().Be("AddImGroup");
        lines[1].GetProperty("Mailbox").GetString().Should().Be("user@contoso.com");
        lines[1].GetProperty("ResponseCode").GetString().Should().Be("NoError");
        lines[1].GetProperty("Milliseconds").GetDouble().Should().BePositive();
        lines[1].GetProperty("RequestId").GetString().Should().NotBeEmpty();
    }

    [Fact]
    public async Task Serilog_s_own_configuration_names_other_sinks()
    {
        var file = _directory.File("service.log");
        var (service, client) = await ServiceProcess.StartAsync(
            _directory, "--db", ":memory:", "--Serilog:WriteTo:0:Name", "File", "--Serilog:WriteTo:0:Args:path", file, "--Serilog:WriteTo:1:Name", "Console");
        await using var _ = service;
        await PostAsync(client, EwsRequest.AddImGroup("Team"));

        await service.TerminateAsync();

        File.ReadAllText(file).Should().Contain("AddImGroup for user@contoso.com: NoError in ");
    }

    [Fact]
    public async Task A_disk_that_refuses_fails_the_request_and_loses_nothing_that_was_acknowledged()
    {
        var acknowledged = new List<string>();
        var (service, client) = await ServiceProcess.StartWithFileLimitAsync(_directory, 1500, "--db", "mailboxes.db");
        string refusal;
        await using (service)
        {
            while ((refusal = await PostAsync(client, EwsRequest.AddImGroup(Name(acknowledged.Count)))).Contains("NoError", StringComparison.Ordinal))
                acknowledged.Add(Name(acknowledged.Count));

            refusal.Should().Contain("a:ErrorInternalServerError");
            (await PostAsync(client, EwsRequest.AddImGroup(Name(acknowledged.Count)))).Should().Contain("a:ErrorInternalServerError", "it still is full");
            (await PostAsync(client, EwsRequest.AddImGroup(acknowledged[0]))).Should().Contain("ErrorImGroupDisplayNameAlreadyExists");
        }

        var (restarted, restartedClient) = await ServiceProcess.StartAsync(_directory, "--db", "mailboxes.db");
        await using var _ = restarted;
        foreach (var name in acknowledged)
            (await PostAsync(restartedClient, EwsRequest.AddImGroup(name))).Should().Contain("ErrorImGroupDisplayNameAlreadyExists");
        (await PostAsync(restartedClient, EwsRequest.AddImGroup(Name(acknowledged.Count)))).Should().Contain("NoError");

        static string Name(int number) => $"{number} {new string('x', 20_000)}";
    }

    [Fact]
    public async Task What_was_acknowledged_survives_kill_9_under_load()
    {
        const int Rounds = 5;
        const int WritesPerRound = 40;
        var acknowledged = new ConcurrentQueue<string>();
        for (var round = 0; round < Rounds; round++)
        {
            var (service, client) = await StartAsync();
            await using var _ = service;
            var writers = Enumerable.Range(0, 8)
                .Select(writer => WriteUntilKilledAsync(client, $"{round}-{writer}", acknowledged))
                .ToList();
            while (acknowledged.Count < WritesPerRound * (round + 1) && writers.TrueForAll(writer => !writer.IsCompleted))
                await Task.Delay(10);
            await service.KillAsync();
            await Task.WhenAll(writers);
        }

        acknowledged.Should().HaveCountGreaterThanOrEqualTo(Rounds * WritesPerRound);
        var (last, lastClient) = await StartAsync();
        await using var __ = last;
        foreach (var name in acknowledged)
            (await PostAsync(lastClient, EwsRequest.AddImGroup(name))).Should().Contain("ErrorImGroupDisplayNameAlreadyExists", name);

        Task<(ServiceProcess, HttpClient)> StartAsync() => ServiceProcess.StartAsync(_directory, "--db", "mailboxes.db", "--Limits:MaxGroups", "1000000");
    }

    private static async Task WriteUntilKilledAsync(HttpClient client, string prefix, ConcurrentQueue<string> acknowledged)
    {
        try
        {
            for (var number = 0; ; number++)
            {
                var name = $"{prefix}-{number}";
                (await PostAsync(client, EwsRequest.AddImGroup(name))).Should().Contain("NoError");
                acknowledged.Enqueue(name);
            }
        }
        catch (HttpRequestException)
        {
            // The service was killed.
        }
    }

    private static async Task<string> PostAsync(HttpClient client, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8);
        content.Headers.ContentType = new MediaTypeHeaderValue("text/xml");
        using var response = await client.PostAsync((Uri?)null, content);
        return await response.Content.ReadAsStringAsync();
    }
}
