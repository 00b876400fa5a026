using System.Text;

namespace Ews.ImService.Commands.Completion;

/// <summary>Writes the completion script for fish.</summary>
internal static class FishCompletion
{
    private const string Beginning = """
        # Completes the command lines of ews-im in fish.
        function __ews_im_is --description 'Determines whether the command line names a command'
            set -l typed (commandline -opc)[2..]

        """;

    private const string End = """
                case ' ' '-*'
                    set command ''
                case '*'
                    return 1
            end
            test "$command" = "$argv"
        end
        complete -c ews-im -f

        """;

    /// <summary>Returns the script.</summary>
    public static string Write(IReadOnlyList<CompletedCommand> commands)
    {
        var script = new StringBuilder(Beginning);
        script.Append("    set -l command\n    switch \"$typed[1] $typed[2]\"\n");
        foreach (var group in commands.GroupBy(command => command.Name.Contains(' ')).OrderByDescending(group => group.Key))
        {
            script.Append("        case ").AppendJoin(' ', group.Select(command => group.Key ? $"'{command.Name}'" : $"'{command.Name} *'"))
                .Append(group.Key ? "\n            set command \"$typed[1] $typed[2]\"\n" : "\n            set command $typed[1]\n");
        }

        script.Append(End);
        foreach (var (word, summary) in CompletedCommand.Words(commands, ""))
            AppendWord(script, "", word, summary);
        foreach (var command in commands)
            Append(script, command, commands);
        foreach (var option in commands[0].Options)
            AppendOption(script, "", option);
        return script.ToString().ReplaceLineEndings("\n");
    }

    private static void Append(StringBuilder script, CompletedCommand command, IReadOnlyList<CompletedCommand> commands)
    {
        foreach (var (word, summary) in CompletedCommand.Words(commands, command.Name))
            AppendWord(script, command.Name, word, summary);
        foreach (var value in command.Argument?.Values ?? [])
            AppendWord(script, command.Name, value, "");
        if (command.Argument is { IsPath: true })
            script.Append($"complete -c ews-im -n {Condition(command.Name)} -F\n");
        foreach (var option in command.Options)
            AppendOption(script, command.Name, option);
    }

    private static void AppendWord(StringBuilder script, string command, string word, string summary) =>
        script.Append($"complete -c ews-im -n {Condition(command)} -a {word}{Description(summary)}\n");

    private static void AppendOption(StringBuilder script, string command, CompletedOption option)
    {
        var value = !option.TakesValue ? ""
            : option.IsPath ? " -r -F"
            : option.Values.Count > 0 ? $" -x -a {Quote(string.Join(' ', option.Values))}"
            : " -x";
        script.Append($"complete -c ews-im -n {Condition(command)} -l {Quote(option.Name[2..])}{value}{Description(option.Summary)}\n");
    }

    private static string Condition(string command) => $"\"__ews_im_is '{command}'\"";

    private static string Description(string summary) => summary.Length > 0 ? $" -d {Quote(summary)}" : "";

    private static string Quote(string text) =>
        $"'{text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("'", @"\'", StringComparison.Ordinal)}'";
}
