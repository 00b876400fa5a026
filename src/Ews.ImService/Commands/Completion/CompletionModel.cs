using Ews.ImService.Configuration;

namespace Ews.ImService.Commands.Completion;

/// <summary>The words that a shell can complete in the arguments of a command.</summary>
/// <param name="Name">The name, of one or two words.</param>
/// <param name="Summary">One sentence that describes the command.</param>
/// <param name="Options">The options.</param>
/// <param name="Argument">The argument that is not an option; <c>null</c> if there is none.</param>
internal sealed record CompletedCommand(
    string Name, string Summary, IReadOnlyList<CompletedOption> Options, CommandArgument? Argument)
{
    /// <summary>Returns all commands.</summary>
    public static IReadOnlyList<CompletedCommand> All() => [.. CommandTable.All.Select(From)];

    /// <summary>Returns the words that can follow a prefix of command names: those of one-word names, or those after the first word.
    /// </summary>
    /// <param name="commands">All commands.</param>
    /// <param name="first">The first word; empty for the words of one-word names.</param>
    public static IEnumerable<(string Word, string Summary)> Words(IEnumerable<CompletedCommand> commands, string first) =>
        from command in commands
        let words = command.Name.Split(' ')
        where first.Length == 0 ? words.Length == 1 : words.Length == 2 && words[0] == first
        select (words[^1], command.Summary);

    /// <summary>Returns the words that can follow the name of the command and are not options.</summary>
    /// <param name="commands">All commands.</param>
    public IReadOnlyList<(string Word, string Summary)> Followers(IEnumerable<CompletedCommand> commands) =>
        [.. Words(commands, Name), .. (Argument?.Values ?? []).Select(value => (value, ""))];

    private static CompletedCommand From(Command command) => new(
        command.Name,
        command.Summary,
        [.. command.Options.SelectMany(group => group.Settings).SelectMany(CompletedOption.From), CompletedOption.Help],
        command.Argument);
}

/// <summary>An option that a shell can complete.</summary>
/// <param name="Name">The name, such as <c>--db</c>.</param>
/// <param name="Summary">The first sentence of the help.</param>
/// <param name="TakesValue"><c>true</c> if a value follows the option.</param>
/// <param name="Values">The valid values, if there are only few.</param>
/// <param name="IsPath"><c>true</c> if the value is the path of a file or folder.</param>
internal sealed record CompletedOption(string Name, string Summary, bool TakesValue, IReadOnlyList<string> Values, bool IsPath)
{
    /// <summary>The option that shows the help.</summary>
    public static readonly CompletedOption Help = new("--help", "Shows help.", TakesValue: false, [], IsPath: false);

    /// <summary>Returns the options of a setting: the short name, and the key with the index 0 for items of lists.</summary>
    public static IEnumerable<CompletedOption> From(Setting setting)
    {
        var summary = setting.Help.Split(". ")[0].TrimEnd('.') + ".";
        var isPath = setting.ValueName == "path";
        if (setting.ShortName is { } shortName)
            yield return new CompletedOption(shortName, summary, setting.ShortValue is null, setting.Values, isPath);
        if (!setting.IsOfCommand && !setting.Key.EndsWith("...", StringComparison.Ordinal))
            yield return new CompletedOption("--" + setting.KeyWithIndexesOf(""), summary, TakesValue: true, setting.Values, isPath);
    }
}
