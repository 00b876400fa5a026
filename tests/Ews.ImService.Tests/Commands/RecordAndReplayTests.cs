using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.SignIn;
using Ews.ImService.Settings;
using Ews.ImService.Tests.SignIn;

namespace Ews.ImService.Tests.Commands;

/// <summary>The commands record and replay, in separate processes.</summary>
public sealed class RecordAndReplayTests : IDisposable
{
    private const string Anna = "anna@contoso.com";
    private const string Password = "Pass word:1 ä";

    private readonly TemporaryDirectory _directory = new();

    private string Recording => _directory.File("recording.jsonl");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_recording_of_a_service_has_no_difference_on_a_fresh_one()
    {
        var count = await RecordAsync();
        await using var fresh = await TestService.StartAsync();

        var (exitCode, output, errors) = await ReplayAsync(fresh, "recording.jsonl");

        (exitCode, errors).Should().Be((0, ""), output);
        output.Should().Be(
            $"{count - 1} responses compared: {count - 1} equal, 0 different.\n1 request not sent (not an EWS request): #{count}.\n");
        using var realms = JsonDocument.Parse(await fresh.Client.GetStringAsync("/_control/v1/realms"));
        realms.RootElement.GetProperty("realms").EnumerateArray().Select(realm => realm.GetString())
            .Should().Equal("");
        (await fresh.MailboxAsync(Anna)).Should().BeNull("the requests were sent to a new realm");
    }

    [Fact]
    public async Task An_altered_response_is_reported_with_request_path_and_values()
    {
        await RecordAsync();
        var lines = File.ReadAllLines(Recording);
        var altered = Array.FindIndex(lines, line => line.Contains("GetImItemListResponse", StringComparison.Ordinal));
        lines[altered] = lines[altered].Replace("UserGroup<", "Tagged<", StringComparison.Ordinal);
        File.WriteAllLines(Recording, lines);
        await using var fresh = await TestService.StartAsync();

        var different = await ReplayAsync(fresh, "recording.jsonl");
        var json = await ReplayAsync(fresh, "recording.jsonl", "--json");
        var ignored = await ReplayAsync(fresh, "recording.jsonl", "--ignore", "Size", "--ignore", "GroupType");
        File.WriteAllText(_directory.File("accepted.txt"), "# Exchange differs here.\nImGroup/GroupType\n");
        var accepted = await ReplayAsync(fresh, "recording.jsonl", "--accept", "accepted.txt");

        different.ExitCode.Should().Be(1);
        different.Output.Should().StartWith(
            $"#{altered} GetImItemList for {Anna}: 1 difference\n"
            + "  GetImItemListResponse/ImItemList/Groups/ImGroup[4]/GroupType: "
            + "recorded 'IPM.DistList.MOC.Tagged', actual 'IPM.DistList.MOC.UserGroup'\n");
        different.Errors.Should().MatchRegex(@"^1 of \d+ compared responses differ\.\n\z");
        json.ExitCode.Should().Be(1);
        using var report = JsonDocument.Parse(json.Output);
        report.RootElement.GetProperty("differentCount").GetInt32().Should().Be(1);
        var exchange = report.RootElement.GetProperty("compared").EnumerateArray()
            .Single(exchange => exchange.GetProperty("differences").GetArrayLength() > 0);
        exchange.GetProperty("id").GetInt32().Should().Be(altered);
        exchange.GetProperty("differences")[0].GetProperty("actual").GetString().Should().Be("IPM.DistList.MOC.UserGroup");
        ignored.ExitCode.Should().Be(0);
        accepted.ExitCode.Should().Be(0);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"recordingVersion\":1}\n")]
    public async Task A_recording_without_responses_fails(string text)
    {
        File.WriteAllText(Recording, text);
        await using var service = await TestService.StartAsync();

        var (exitCode, output, errors) = await ReplayAsync(service, "recording.jsonl");

        exitCode.Should().Be(1);
        output.Should().Be("0 responses compared: 0 equal, 0 different.\n");
        errors.Should().Be("The recording 'recording.jsonl' contains no response that can be compared.\n");
    }

    [Fact]
    public async Task The_journal_of_a_service_is_replayed()
    {
        await using var service = await TestService.StartAsync();
        var groupId = await service.AddGroupAsync();
        await service.AddContactAsync("bob@contoso.com", groupId);
        await service.PostAsync("<not xml");
        string[] journal = ["journal", "--json", "--bodies", "--url", service.Client.BaseAddress!.ToString()];
        File.WriteAllText(_directory.File("journal.jsonl"), (await ServiceProcess.RunAsync(_directory, journal)).Output);
        await using var fresh = await TestService.StartAsync();

        var replayed = await ReplayAsync(fresh, "journal.jsonl");

        replayed.Should().Be((0, "3 responses compared: 3 equal, 0 different.\n", ""));
    }

    [Fact]
    public async Task A_named_realm_is_used_as_it_is_and_kept()
    {
        await using var service = await TestService.StartAsync();
        await service.AddGroupAsync();
        string[] journal = ["journal", "--json", "--bodies", "--url", service.Client.BaseAddress!.ToString()];
        File.WriteAllText(_directory.File("journal.jsonl"), (await ServiceProcess.RunAsync(_directory, journal)).Output);
        await using var fresh = await TestService.StartAsync();

        var first = await ReplayAsync(fresh, "journal.jsonl", "--realm", "a");
        var second = await ReplayAsync(fresh, "journal.jsonl", "--realm", "a");

        first.ExitCode.Should().Be(0);
        second.ExitCode.Should().Be(1);
        second.Output.Should().Contain(
            "  AddImGroupResponse/ResponseCode: recorded 'NoError', actual 'ErrorImGroupDisplayNameAlreadyExists'\n");
        (await fresh.MailboxAsync(realm: "a"))!.HasGroupNamed("Team").Should().BeTrue();
    }

    [Fact]
    public async Task The_file_contains_no_secret_and_pseudonyms_if_requested()
    {
        await using var server = await TestService.StartAsync(SignInSettings());
        var (process, client) = await ServiceProcess.StartRecorderAsync(_directory, server, "--pseudonyms");
        await using var running = process;
        using var http = client;
        http.DefaultRequestHeaders.Authorization = Credentials.Basic(Anna, Password);
        http.DefaultRequestHeaders.Add("Cookie", "session=cookie-secret");
        http.DefaultRequestHeaders.Add("X-Api-Token", "token-secret");
        const string Header = EwsRequest.Version
            + "<w:Security xmlns:w='http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd'>"
            + "<w:Password>xml-secret</w:Password></w:Security>";

        using var response = await http.PostAsync("?code=query-secret", Content(EwsRequest.AddImGroup("Team", Header)));
        await process.TerminateAsync();

        response.IsSuccessStatusCode.Should().BeTrue();
        var text = File.ReadAllText(Recording);
        var basic = http.DefaultRequestHeaders.Authorization.Parameter!;
        text.Should().NotContainAny(basic, Password, "cookie-secret", "token-secret", "xml-secret", "query-secret", "contoso");
        text.Should().Contain("Basic (hidden)").And.Contain("\"mailbox\":\"user1@domain2.example\"").And.Contain("Team");
    }

    [Fact]
    public async Task Replay_signs_in_as_the_user_of_the_options()
    {
        await RecordAsync();
        await using var closed = await TestService.StartAsync(SignInSettings());
        File.WriteAllText(_directory.File("password"), Password + "\n");

        var withoutUser = await ReplayAsync(closed, "recording.jsonl");
        var withUser = await ReplayAsync(closed, "recording.jsonl", "--user", Anna, "--password-file", "password");

        withoutUser.Output.Should().Contain("HTTP/Status: recorded '200', actual '401'");
        withUser.ExitCode.Should().Be(0);
    }

    [Theory]
    [InlineData(SignInScheme.Basic)]
    [InlineData(SignInScheme.Ntlm)]
    public async Task Record_signs_in_as_the_user_of_the_options(SignInScheme scheme)
    {
        await using var server = await TestService.StartAsync(SignInSettings(scheme));
        File.WriteAllText(_directory.File("password"), Password + "\n");
        var (process, client) = await ServiceProcess.StartRecorderAsync(
            _directory, server, "--user", Anna, "--password-file", _directory.File("password"));
        await using var running = process;
        using var http = client;

        using var response = await http.PostAsync("", Content(EwsRequest.AddImGroup("Team")));
        await process.TerminateAsync();

        response.IsSuccessStatusCode.Should().BeTrue();
        (await server.MailboxAsync(Anna))!.HasGroupNamed("Team").Should().BeTrue();
        File.ReadAllText(Recording).Should().Contain($"\"mailbox\":\"{Anna}\"").And.NotContainAny("Authorization", Password);
    }

    [Theory]
    [InlineData(
        "record", "--to is required. It must be the URL of an Exchange server, such as https://mail.contoso.com/EWS/Exchange.asmx.")]
    [InlineData(
        "record --to mail",
        "--to must be the URL of an Exchange server, such as https://mail.contoso.com/EWS/Exchange.asmx, but is 'mail'.")]
    [InlineData("record --to http://a --password-file /none", "A password requires a user. Use --user to name it.")]
    [InlineData(
        "record --to http://a --user b", "--user requires either --password-file or --password (EWSIM_Client__Password).")]
    [InlineData(
        "record --to http://a --user b --password c --urls http://*:5080",
        "--user requires URLs of localhost, because every client of the recorder signs in as this user.")]
    [InlineData(
        "record --to http://a:b@c", "--to must not contain a user or password. Use --user and --password-file.")]
    [InlineData("replay", "FILE is required. ")]
    public async Task Invalid_options_are_rejected(string arguments, string problem)
    {
        var (exitCode, _, errors) = await ServiceProcess.RunAsync(_directory, arguments.Split(' '));

        exitCode.Should().Be(2);
        errors.Should().StartWith(problem);
        File.Exists(Recording).Should().BeFalse();
    }

    [Fact]
    public async Task A_recorder_that_cannot_listen_leaves_no_file()
    {
        await using var server = await TestService.StartAsync();
        string[] taken = ["record", "--to", "http://127.0.0.1:1", "--urls", new Uri(server.Client.BaseAddress!, "/").ToString()];

        var (exitCode, _, errors) = await ServiceProcess.RunAsync(_directory, taken);

        exitCode.Should().Be(1);
        errors.Should().StartWith("The recorder cannot listen on ");
        File.Exists(Recording).Should().BeFalse();
    }

    private static StringContent Content(string request) => new(request, Encoding.UTF8, "text/xml");

    private static ServiceSettings SignInSettings(SignInScheme scheme = SignInScheme.Basic) => TestService.InMemory with
    {
        Accounts = new AccountDirectory([People.Account(Anna)], autoCreate: true, new ImpersonationRights([])),
        Passwords = People.Passwords((Anna, StoredPassword.Create(Password))),
        SignIn = new SignInOptions { Mode = SignInMode.Users, Schemes = [scheme] },
    };

    /// <summary>Records a conversation with a service: requests with ids, change keys and sync states of earlier responses, and faults.
    /// </summary>
    /// <returns>The number of requests, of which the last one is not an EWS request.</returns>
    private async Task<int> RecordAsync()
    {
        await using var server = await TestService.StartAsync();
        var (process, client) = await ServiceProcess.StartRecorderAsync(_directory, server);
        await using var running = process;
        using var http = client;
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Anna}:any")));
        var conversation = new RecordedConversation(http);
        await conversation.RunAsync();
        (await process.TerminateAsync()).Should().Be(0);
        process.Errors.Should().BeEmpty();
        process.OutputLines.Should().HaveCount(conversation.Count + 1);
        File.ReadAllLines(Recording).Should().HaveCount(conversation.Count + 1);
        return conversation.Count;
    }

    private Task<(int ExitCode, string Output, string Errors)> ReplayAsync(TestService service, string file, params string[] options) =>
        ServiceProcess.RunAsync(_directory, ["replay", file, "--url", service.Client.BaseAddress!.ToString(), .. options]);
}
