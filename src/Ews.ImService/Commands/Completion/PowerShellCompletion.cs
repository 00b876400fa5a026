using System.Text;

namespace Ews.ImService.Commands.Completion;

/// <summary>Writes the completion script for PowerShell.</summary>
internal static class PowerShellCompletion
{
    private const string Beginning = """
        # Completes the command lines of ews-im in PowerShell.
        Register-ArgumentCompleter -Native -CommandName ews-im -ScriptBlock {
            param($wordToComplete, $commandAst, $cursorPosition)

        """;

    private const string End = """
            $typed = @($commandAst.CommandElements | Select-Object -Skip 1 | Where-Object { $_.Extent.EndOffset -lt $cursorPosition } |
                ForEach-Object { $_.Extent.Text })
            $command = if ($typed.Count -eq 0 -or $typed[0].StartsWith('-')) { '' }
                elseif ($typed.Count -gt 1 -and $options.Contains("$($typed[0]) $($typed[1])")) { "$($typed[0]) $($typed[1])" }
                else { $typed[0] }
            if (-not $options.Contains($command)) { return }
            $previous = if ($typed.Count -gt 0) { $typed[-1] } else { '' }
            $candidates = if ($values.Contains("$command $previous")) { $values["$command $previous"] }
                elseif ($wordToComplete.StartsWith('-')) { $options[$command] }
                else { $words[$command] }
            $candidates | Where-Object { $_ -and $_[0].StartsWith($wordToComplete, 'OrdinalIgnoreCase') } |
                ForEach-Object { [System.Management.Automation.CompletionResult]::new($_[0], $_[0], 'ParameterValue', $_[1]) }
        }

        """;

    /// <summary>Returns the script.</summary>
    public static string Write(IReadOnlyList<CompletedCommand> commands)
    {
        CompletedCommand[] all = [commands[0] with { Name = "", Argument = null }, .. commands];
        var script = new StringBuilder(Beginning);
        AppendTable(script, "words", all, command => command.Followers(commands));
        AppendTable(script, "options", all, command => command.Options.Select(option => (option.Name, option.Summary)));
        var options = all.SelectMany(command => command.Options.Where(option => option.Values.Count > 0 && option.TakesValue)
            .Select(option => command with { Name = $"{command.Name} {option.Name}", Options = [option] }));
        AppendTable(script, "values", options, command => command.Options[0].Values.Select(value => (value, value)));
        return script.Append(End).ToString().ReplaceLineEndings("\n");
    }

    private static void AppendTable(
        StringBuilder script,
        string name,
        IEnumerable<CompletedCommand> commands,
        Func<CompletedCommand, IEnumerable<(string Word, string Summary)>> wordsOf)
    {
        script.Append($"    ${name} = @{{\n");
        foreach (var command in commands)
        {
            var words = wordsOf(command).Select(word => $"            ,@({Quote(word.Word)}, {Quote(ToolTip(word))})\n").ToList();
            if (words.Count > 0)
                script.Append($"        {Quote(command.Name)} = @(\n").AppendJoin("", words).Append("        )\n");
        }

        script.Append("    }\n");
    }

    /// <summary>Returns the text that PowerShell requires for each candidate.</summary>
    private static string ToolTip((string Word, string Summary) candidate) =>
        candidate.Summary.Length > 0 ? candidate.Summary : candidate.Word;

    private static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
