using Ews.ImService.Commands;
using Ews.ImService.Configuration;

namespace Ews.ImService.Tests.Commands;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("sevre", "Unknown command 'sevre'. Did you mean 'serve'?")]
    [InlineData("start", "Unknown command 'start'.")]
    [InlineData("serve it", "Unexpected argument 'it'.")]
    [InlineData("serve --dbb x", "Unknown option '--dbb' of 'serve'. Did you mean '--db'?")]
    [InlineData("serve --verbose", "Unknown option '--verbose' of 'serve'.")]
    [InlineData("serve -v", "Unknown option '-v' of 'serve'.")]
    [InlineData("serve --db", "--db requires a value.")]
    [InlineData("serve --db --urls", "--db requires a value.")]
    [InlineData("serve --Limits 8", "Unknown option '--Limits' of 'serve'. Did you mean '--Limits:MaxGroups'?")]
    [InlineData("serve --MaxGroups 8", "Unknown option '--MaxGroups' of 'serve'. Did you mean '--Limits:MaxGroups'?")]
    [InlineData("serve --Limits:MaxGropus 8", "Unknown option '--Limits:MaxGropus' of 'serve'. Did you mean '--Limits:MaxGroups'?")]
    [InlineData(
        "serve --Mailboxes:Declared a@b.c",
        "Unknown option '--Mailboxes:Declared' of 'serve'. Did you mean '--Mailboxes:Declared:0'?")]
    [InlineData(
        "serve --Mailboxes:Account:3:SmtpAddress a@b.c",
        "Unknown option '--Mailboxes:Account:3:SmtpAddress' of 'serve'. Did you mean '--Mailboxes:Accounts:3:SmtpAddress'?")]
    [InlineData(
        "serve --url http://localhost:9",
        "Unknown option '--url' of 'serve'. It is an option of 'seed', 'reset', and other commands. Did you mean '--urls'?")]
    [InlineData("serve --replace", "Unknown option '--replace' of 'serve'. It is an option of 'seed'.")]
    [InlineData(
        "serve --https https://localhost:6443",
        "Unexpected argument 'https://localhost:6443'. --https takes no value; '--Https:Url' does.")]
    [InlineData(
        "serve --https=https://localhost:6443",
        "Unexpected value 'https://localhost:6443'. --https takes no value; '--Https:Url' does.")]
    [InlineData("reset it", "Unexpected argument 'it'.")]
    [InlineData(
        "reset --url nowhere",
        "--url must be the URL of a running service, such as http://localhost:5080, or of a realm, such as "
            + "http://localhost:5080/realms/my-test, but is 'nowhere'.")]
    [InlineData(
        "reset --urls http://127.0.0.1:0",
        "Unknown option '--urls' of 'reset'. It is an option of 'serve' and 'record'. Did you mean '--url'?")]
    [InlineData(
        "reset --all-realms --realm a", "--all-realms cannot be combined with --mailbox, or with a realm in --realm or --url.")]
    [InlineData("reset --token é", "--token must be printable ASCII.")]
    [InlineData("journal --Client:Json maybe", "Client:Json must be true or false, but is 'maybe'.")]
    [InlineData("journal --state done", "--state must be arrived, answered, or failed, but is 'done'.")]
    [InlineData("journal --errors maybe", "--errors must be true or false, but is 'maybe'.")]
    [InlineData("journal --limit -1", "--limit must be an integer from 0 to 999999999999999, but is '-1'.")]
    [InlineData("journal --bodies", "--bodies requires --json.")]
    [InlineData("tail --newest many", "--newest must be a positive integer, but is 'many'.")]
    [InlineData("seed x --short", "--short requires --export.")]
    [InlineData(
        "serve --dbb x --Log:Levle Debug --db y",
        "Unknown option '--dbb' of 'serve'. Did you mean '--db'?",
        "Unknown option '--Log:Levle' of 'serve'. Did you mean '--Log:Level'?")]
    [InlineData("fault", "Unknown command 'fault'. Did you mean 'faults'?")]
    [InlineData("faults ad drop", "Unknown command 'faults ad'. Did you mean 'faults add'?")]
    [InlineData("faults add", "KIND is required. The effect of the rule.")]
    [InlineData("faults add drop it", "Unexpected argument 'it'.")]
    [InlineData("faults add http --status many", "--status must be an integer from 0 to 2147483647, but is 'many'.")]
    [InlineData("faults add http --header X", "--header must be a name and a value such as 'Retry-After: 5', but is 'X'.")]
    [InlineData("faults add drop --probability 2", "--probability must be a number from 0 to 1, but is '2'.")]
    [InlineData("faults delete", "Specify either ID, the id of a fault rule, or --all.")]
    [InlineData("faults delete slow --all", "Specify either ID, the id of a fault rule, or --all.")]
    [InlineData("snapshots take", "NAME is required. The name of the snapshot; one with the same name is replaced.")]
    [InlineData("clock freeze noon", "TIME must be a time such as 2026-11-21T08:30:00Z, but is 'noon'.")]
    [InlineData(
        "clock advance soon", "DURATION must be a duration in milliseconds or more, such as 90s, 1h30m, -1d or PT1H30M, but is 'soon'.")]
    [InlineData("wait 0", "SECONDS must be a positive integer, but is '0'.")]
    [InlineData(
        "realms delete a --realm b",
        "Unknown option '--realm' of 'realms delete'. It is an option of 'seed', 'reset', and other commands.")]
    [InlineData("completion sh", "SHELL must be bash, zsh, fish, or powershell, but is 'sh'. Did you mean 'zsh'?")]
    [InlineData("faults delete ", "ID must not be empty.")]
    [InlineData("faults delete .", "ID must not be '.'.")]
    [InlineData("snapshots delete ..", "NAME must not be '..'.")]
    [InlineData("mailboxes show ", "ADDRESS must not be empty.")]
    [InlineData("realms delete ", "NAME must not be empty.")]
    [InlineData("seed ", "FILE must not be empty.")]
    [InlineData("reset --mailbox ", "--mailbox must not be empty.")]
    [InlineData("reset --realm=", "--realm must not be empty.")]
    [InlineData("faults delete -- --all x", "Unexpected argument 'x'.")]
    [InlineData(
        "clock advance -- -x",
        "DURATION must be a duration in milliseconds or more, such as 90s, 1h30m, -1d or PT1H30M, but is '-x'.")]
    [InlineData("journal x", "ID must be the id of a request, but is 'x'.")]
    [InlineData("journal 1 2", "Unexpected argument '2'.")]
    [InlineData("seed", "FILE is required: specify the seed document to load, - for standard input, or --export.")]
    [InlineData("seed - --mailbox a@b.c", "--mailbox requires --export; a seed document names its mailboxes.")]
    [InlineData("seed --export --replace", "--export cannot be combined with --replace.")]
    [InlineData("healthcheck --db x", "Unknown option '--db' of 'healthcheck'. It is an option of 'serve' and 'migrate'.")]
    public async Task Invalid_arguments_are_rejected(string arguments, params string[] problems)
    {
        var run = () => RunAsync(arguments.Split(' '));

        (await run.Should().ThrowAsync<SettingsException>()).Which.Problems.Should().Equal(problems);
    }

    [Fact]
    public async Task A_free_port_is_not_the_url_of_a_running_service()
    {
        using var directory = new TemporaryDirectory();
        var environment = new Dictionary<string, string> { ["EWSIM_urls"] = "http://127.0.0.1:0" };

        var (exitCode, _, errors) = await ServiceProcess.RunAsync(directory, ["healthcheck"], environment);

        exitCode.Should().Be(2);
        errors.Should().StartWith("--url is required if the first of 'urls' has port 0.")
            .And.EndWith("\nRun 'ews-im healthcheck --help' for usage.\n");
    }

    [Fact]
    public async Task A_token_of_the_service_that_is_not_ASCII_cannot_be_sent()
    {
        using var directory = new TemporaryDirectory();
        var environment = new Dictionary<string, string> { ["EWSIM_Control__Token"] = "é" };

        var (exitCode, _, errors) = await ServiceProcess.RunAsync(directory, ["reset", "--url", "http://127.0.0.1:1"], environment);

        exitCode.Should().Be(2);
        errors.Should().StartWith("Control:Token must be printable ASCII.\n");
    }

    [Theory]
    [InlineData("completion bash")]
    [InlineData("certificate")]
    [InlineData("--help")]
    [InlineData("--version")]
    public async Task A_command_fails_if_its_output_cannot_be_written(string arguments)
    {
        using var directory = new TemporaryDirectory();

        var (exitCode, output, errors) = await ServiceProcess.RunInBashAsync(directory, $"ews-im {arguments} >/dev/full");

        exitCode.Should().Be(1);
        output.Should().BeEmpty();
        errors.Should().StartWith("The output cannot be written: ").And.EndWith(".\n").And.NotContain("   at ");
    }

    private static Task RunAsync(string[] arguments)
    {
        var (command, rest) = CommandTable.Find(arguments);
        var (argument, settings) = ArgumentParser.Parse(command!, rest);
        return command!.RunAsync(new SettingValues(GivenSettings.Load(CommandTable.Catalog, settings)), argument);
    }
}
