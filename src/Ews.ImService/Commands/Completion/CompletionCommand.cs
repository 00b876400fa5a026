using Ews.ImService.Configuration;

namespace Ews.ImService.Commands.Completion;

/// <summary>Prints a script that completes command lines in a shell.</summary>
internal sealed class CompletionCommand : Command<Func<IReadOnlyList<CompletedCommand>, string>>
{
    private static readonly Dictionary<string, Func<IReadOnlyList<CompletedCommand>, string>> Shells = new()
    {
        ["bash"] = BashCompletion.Write,
        ["zsh"] = ZshCompletion.Write,
        ["fish"] = FishCompletion.Write,
        ["powershell"] = PowerShellCompletion.Write,
    };

    public CompletionCommand()
        : base("completion", "Prints a script that completes commands, options and values in a shell.")
    {
        Remarks = "The script does not start the program. Add one of the lines of the examples to the startup file of the shell; in "
            + "PowerShell: ews-im completion powershell | Out-String | Invoke-Expression.";
        Argument = new CommandArgument("SHELL", "The shell.") { IsRequired = true, Values = [.. Shells.Keys] };
        Examples =
        [
            new("source <(ews-im completion bash)", "Completes in bash; 'zsh' instead of 'bash' in zsh, after compinit."),
            new("ews-im completion fish > ews-im.fish", "Writes the script for fish, for the folder ~/.config/fish/completions."),
        ];
    }

    protected override Func<IReadOnlyList<CompletedCommand>, string> Read(SettingValues values, string? argument) => Shells[argument!];

    protected override Task RunAsync(Func<IReadOnlyList<CompletedCommand>, string> options)
    {
        Console.Write(options(CompletedCommand.All()));
        return Task.CompletedTask;
    }
}
