using System.Text;

namespace Ews.ImService.Commands.Completion;

/// <summary>Writes the completion script for bash.</summary>
internal static class BashCompletion
{
    /// <summary>The part before the cases. The words of the line are split here, because bash also splits them at colons.</summary>
    private const string Beginning = """
        # Completes the command lines of ews-im in bash.
        _ews_im() {
            local words current previous= command candidates= prefix
            read -ra words <<<"${COMP_LINE:0:COMP_POINT}"
            [[ ${COMP_LINE:0:COMP_POINT} == *[[:space:]] ]] && words+=("")
            current=${words[${#words[@]} - 1]}
            words=("${words[@]:1:${#words[@]} - 2}")
            [ ${#words[@]} -gt 0 ] && previous=${words[${#words[@]} - 1]}
            [[ $current == --*=* ]] && previous=${current%%=*} current=${current#*=}
            COMPREPLY=()

        """;

    private const string End = """
            COMPREPLY=($(compgen -W "$candidates" -- "$current"))
            prefix=${current%"${current##*:}"}
            [[ ${#COMPREPLY[@]} -eq 0 || -z $prefix || $COMP_WORDBREAKS != *:* ]] || COMPREPLY=("${COMPREPLY[@]#"$prefix"}")
        }
        complete -F _ews_im ews-im

        """;

    /// <summary>Returns the script.</summary>
    public static string Write(IReadOnlyList<CompletedCommand> commands)
    {
        var script = new StringBuilder(Beginning);
        script.Append("    case \"${words[0]-} ${words[1]-}\" in\n");
        foreach (var group in commands.GroupBy(command => command.Name.Contains(' ')).OrderByDescending(group => group.Key))
        {
            script.Append("        ").AppendJoin('|', group.Select(command => group.Key ? $"'{command.Name}'" : $"'{command.Name} '*"))
                .Append(group.Key ? ") command=\"${words[0]} ${words[1]}\" ;;\n" : ") command=${words[0]} ;;\n");
        }

        script.Append($"        ' '|-*) command={CommandTable.Default.Name} ;;\n        *) return 0 ;;\n    esac\n");
        AppendValues(script, commands);
        AppendCandidates(script, commands);
        return script.Append(End).ToString().ReplaceLineEndings("\n");
    }

    private static void AppendValues(StringBuilder script, IEnumerable<CompletedCommand> commands)
    {
        script.Append("    case \"$command $previous\" in\n");
        foreach (var command in commands)
        {
            foreach (var option in command.Options.Where(option => option.TakesValue))
            {
                var action = option.IsPath ? "compopt -o default 2>/dev/null; return 0"
                    : option.Values.Count > 0 ? $"candidates='{string.Join(' ', option.Values)}'"
                    : "return 0";
                script.Append($"        '{command.Name} {option.Name}') {action} ;;\n");
            }
        }

        script.Append("    esac\n");
    }

    private static void AppendCandidates(StringBuilder script, IReadOnlyList<CompletedCommand> commands)
    {
        script.Append("    [ -n \"$candidates\" ] || case \"$command:$current\" in\n");
        foreach (var command in commands)
        {
            AppendCase(script, $"'{command.Name}:-'*", command.Options.Select(option => option.Name));
            var words = command.Followers(commands);
            if (words.Count > 0)
                AppendCase(script, $"'{command.Name}:'*", words.Select(word => word.Word));
            else if (command.Argument is { IsPath: true })
                script.Append($"        '{command.Name}:'*) compopt -o default 2>/dev/null; return 0 ;;\n");
        }

        var all = string.Join(' ', CompletedCommand.Words(commands, "").Select(word => word.Word));
        script.Append("    esac\n    [ ${#words[@]} -gt 0 ] || [[ $current == -* ]] || candidates='").Append(all).Append("'\n");
    }

    private static void AppendCase(StringBuilder script, string pattern, IEnumerable<string> candidates) =>
        script.Append($"        {pattern}) candidates='{string.Join(' ', candidates)}' ;;\n");
}
