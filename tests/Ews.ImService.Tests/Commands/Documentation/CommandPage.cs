using System.Text;
using Ews.ImService.Commands;
using Ews.ImService.Configuration;

namespace Ews.ImService.Tests.Commands.Documentation;

/// <summary>Writes the page of commands from their declarations.</summary>
internal static class CommandPage
{
    private const string Introduction = """
        # Command line

        This page is generated from the declarations of commands, as are `ews-im --help`, `ews-im COMMAND --help` and the manual
        page [ews-im.1](man/ews-im.1). Tests execute every example. [install.md](install.md) describes how to install `ews-im`;
        in a clone, `dotnet run --project src/Ews.ImService --` is the same.

        ```sh
        ews-im serve --db :memory: &
        ews-im wait
        echo '{ "mailboxes": [{ "smtpAddress": "alice@contoso.com" }] }' | ews-im seed - --realm my-test
        ews-im faults add serverBusy --times 1 --realm my-test
        ews-im journal --realm my-test
        ews-im reset --realm my-test
        ```

        Most commands call the [control API](control-api.md) of a running service. They print text for people, whose form can
        change, or, with `--json`, the JSON of the control API, and nothing if its response has no content. Control characters
        in text are replaced by their numbers, such as `\\u001B`. Errors are printed to the standard error stream.

        ## Exit codes

        | code | meaning |
        |---|---|

        """;

    private const string Connection = """

        ## Connection

        Commands that call a running service have these options. `realms` has no `--realm`, because it applies to the service;
        `wait` and `healthcheck` have `--url` only.

        | option | default | |
        |---|---|---|

        """;

    private const string Environment = """

        Each option of a command is also a setting, in the section `Client` of `appsettings.json` and in the environment:
        `--url` is `Client:Url` and `EWSIM_Client__Url`. Other users of the machine can read the command line of a process, so
        give a token in the environment, as `EWSIM_Client__Token`; `Control:Token` of the service is used if it is set.

        ## Start from another program

        A program that starts the service in a process of its own, such as a test runner, needs the URL, and the service must
        not outlive it:

        ```sh
        ews-im serve --urls http://127.0.0.1:0 --db :memory: --url-file ews-im.url --stop-with-stdin
        ```

        The service selects a free port. When it is ready, it writes its URL and a line break to the file; a reader finds no file
        or the complete one. The service stops when its standard input ends, which the system closes when the program exits or
        is killed. Give the service a pipe as its standard input, and keep it open: a service whose standard input is
        `/dev/null` stops at once.

        ## Completion

        ```sh
        source <(ews-im completion bash)
        ```

        completes commands, options and values in bash; for zsh, fish and PowerShell, see `ews-im completion --help`. The
        scripts contain all words and do not start the program.

        """;

    /// <summary>Returns the page.</summary>
    public static string Write()
    {
        var page = new StringBuilder(Introduction.Replace("\\\\", "\\", StringComparison.Ordinal));
        foreach (var (code, meaning) in ExitCode.All)
            page.Append($"| {code} | {meaning} |\n");
        page.Append(Connection);
        foreach (var setting in CommonOptions)
            AppendOption(page, setting);
        page.Append(Environment).Append("\n## Commands\n\n| command | |\n|---|---|\n");
        foreach (var command in CommandTable.All)
            page.Append($"| [`{Usage(command)}`](#{command.Name.Replace(' ', '-')}) | {command.Summary} |\n");
        foreach (var command in CommandTable.All)
            AppendCommand(page, command);
        return page.ToString().ReplaceLineEndings("\n");
    }

    private static IEnumerable<Setting> CommonOptions => [.. ClientOptions.Group.Settings, ClientOptions.Json];

    private static void AppendCommand(StringBuilder page, Command command)
    {
        page.Append($"\n### {command.Name}\n\n    ews-im {Usage(command)}\n\n{command.Summary}");
        if (command.Remarks is { } remarks)
            page.Append(' ').Append(remarks);
        page.Append('\n');
        if (command.Argument is { } argument)
            page.Append($"\n`{argument.Name}`: {argument.Help}{Values(argument.Values)}\n");
        if (command == CommandTable.Default)
            page.Append("\n[settings.md](settings.md) lists the options.\n");
        else
            AppendOptions(page, [.. command.Options.SelectMany(group => group.Settings).Except(CommonOptions)]);
        page.Append("\n```sh\n").AppendJoin("", command.Examples.Select(example => $"# {example.Help}\n{example.Line}\n")).Append("```\n");
    }

    private static void AppendOptions(StringBuilder page, IReadOnlyList<Setting> settings)
    {
        if (settings.Count == 0)
            return;
        page.Append("\n| option | default | |\n|---|---|---|\n");
        foreach (var setting in settings)
            AppendOption(page, setting);
    }

    private static void AppendOption(StringBuilder page, Setting setting)
    {
        var isFlag = setting.ShortValue == "true";
        var name = setting.IsOfCommand ? setting.ShortName : "--" + setting.Key;
        var form = isFlag ? name : $"{name} {setting.ValueName.Replace("|", "\\|", StringComparison.Ordinal)}";
        page.Append($"| `{form}` | {(isFlag ? "" : setting.DefaultText)} | {setting.Help} |\n");
    }

    private static string Usage(Command command) => command.Argument is { } argument ? $"{command.Name} {argument.Usage}" : command.Name;

    private static string Values(IReadOnlyList<string> values) =>
        values.Count == 0 ? "" : $" It is {string.Join(", ", values.SkipLast(1).Select(value => $"`{value}`"))} or `{values[^1]}`.";
}
