using System.Text;

namespace Ews.ImService.Commands.Completion;

/// <summary>Writes the completion script for zsh.</summary>
internal static class ZshCompletion
{
    private const string Beginning = """
        #compdef ews-im
        # Completes the command lines of ews-im in zsh.
        _ews-im() {
            local command current=${words[CURRENT]} previous=
            local -a typed candidates
            typed=("${(@)words[2,CURRENT-1]}")
            (( $#typed )) && previous=${typed[-1]}
            [[ $current == --*=* ]] && { previous=${current%%=*}; compset -P '*=' }

        """;

    private const string End = """
            _describe -V 'ews-im' candidates
        }
        if [[ ${funcstack[1]} == _ews-im ]]; then _ews-im "$@"; else compdef _ews-im ews-im; fi

        """;

    /// <summary>Returns the script.</summary>
    public static string Write(IReadOnlyList<CompletedCommand> commands)
    {
        var script = new StringBuilder(Beginning);
        script.Append("    case \"${typed[1]} ${typed[2]}\" in\n");
        foreach (var group in commands.GroupBy(command => command.Name.Contains(' ')).OrderByDescending(group => group.Key))
        {
            script.Append("        ").AppendJoin('|', group.Select(command => group.Key ? $"'{command.Name}'" : $"'{command.Name} '*"))
                .Append(group.Key ? ") command=\"${typed[1]} ${typed[2]}\" ;;\n" : ") command=${typed[1]} ;;\n");
        }

        script.Append($"        ' '|-*) command={CommandTable.Default.Name} ;;\n        *) return 1 ;;\n    esac\n");
        AppendValues(script, commands);
        script.Append("    if (( ! $#typed )) && [[ $current != -* ]]; then\n        candidates=(\n");
        AppendAll(script, CompletedCommand.Words(commands, ""));
        script.Append("        )\n    else case \"$command:$current\" in\n");
        foreach (var command in commands)
            AppendCandidates(script, command, commands);
        return script.Append("    esac; fi\n").Append(End).ToString().ReplaceLineEndings("\n");
    }

    private static void AppendValues(StringBuilder script, IEnumerable<CompletedCommand> commands)
    {
        script.Append("    case \"$command $previous\" in\n");
        foreach (var command in commands)
        {
            foreach (var option in command.Options.Where(option => option.TakesValue))
            {
                var action = option.IsPath ? "_files; return"
                    : option.Values.Count > 0 ? $"compadd -- {string.Join(' ', option.Values)}; return"
                    : "return 1";
                script.Append($"        '{command.Name} {option.Name}') {action} ;;\n");
            }
        }

        script.Append("    esac\n");
    }

    private static void AppendCandidates(StringBuilder script, CompletedCommand command, IReadOnlyList<CompletedCommand> commands)
    {
        script.Append($"        '{command.Name}:-'*) candidates=(\n");
        AppendAll(script, command.Options.Select(option => (option.Name, option.Summary)));
        script.Append("        ) ;;\n");
        var words = command.Followers(commands);
        if (words.Count == 0 && command.Argument is not { IsPath: true })
            return;
        if (words.Count == 0)
        {
            script.Append($"        '{command.Name}:'*) _files; return ;;\n");
            return;
        }

        script.Append($"        '{command.Name}:'*) candidates=(\n");
        AppendAll(script, words);
        script.Append("        ) ;;\n");
    }

    private static void AppendAll(StringBuilder script, IEnumerable<(string Word, string Summary)> words)
    {
        foreach (var (word, summary) in words)
        {
            var escaped = word.Replace(":", @"\:", StringComparison.Ordinal);
            var text = summary.Length > 0 ? $"{escaped}:{summary}" : escaped;
            script.Append($"            '{text.Replace("'", @"'\''", StringComparison.Ordinal)}'\n");
        }
    }
}
