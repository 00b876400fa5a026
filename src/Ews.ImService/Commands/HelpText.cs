using System.Globalization;
using System.Reflection;
using System.Text;
using Ews.ImService.Configuration;

namespace Ews.ImService.Commands;

/// <summary>Creates the help from the declarations of commands and settings.</summary>
internal static class HelpText
{
    private const int Width = 118;
    private const int HelpColumn = 42;
    private const string Indent = "  ";
    private const char NoBreak = '\u00A0';

    /// <summary>Gets the version of the program.</summary>
    public static string Version =>
        typeof(HelpText).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>Returns the help of the program.</summary>
    public static string Overview()
    {
        var help = new StringBuilder()
            .AppendLine($"Ews.ImService {Version}: a local server with the instant-messaging contact store of Exchange.")
            .AppendLine().AppendLine("Usage:").AppendLine("  ews-im [command] [options]")
            .AppendLine().AppendLine("Commands:");
        foreach (var command in CommandTable.All)
            AppendRow(help, Usage(command), command.Summary);
        help.AppendLine().AppendLine($"Common options of {CommandTable.Default.Name}:");
        foreach (var setting in CommandTable.Default.Options.SelectMany(group => group.Settings).Where(IsCommon))
            AppendSetting(help, setting);
        help.AppendLine().AppendLine("Options:");
        AppendRow(help, "-h, -?, --help", "Shows help.");
        AppendRow(help, "--version", "Shows the version.");
        help.AppendLine().AppendLine("Exit codes:");
        foreach (var (code, meaning) in ExitCode.All)
            AppendRow(help, code.ToString(CultureInfo.InvariantCulture), meaning);
        return help.AppendLine().Append("Run 'ews-im [command] --help' for the options and examples of a command.").ToString();
    }

    /// <summary>Returns the help of a command.</summary>
    public static string Of(Command command)
    {
        var help = new StringBuilder().AppendLine("Description:");
        AppendText(help, command.Summary);
        if (command.Remarks is { } remarks)
            AppendText(help, remarks);
        var options = command.Options.Any() ? " [options]" : "";
        help.AppendLine().AppendLine("Usage:").AppendLine($"{Indent}ews-im {Usage(command)}{options}");
        if (CommandTable.MembersOf(command).ToList() is { Count: > 0 } members)
        {
            help.AppendLine().AppendLine("Commands:");
            foreach (var member in members)
                AppendRow(help, Usage(member), member.Summary);
        }

        if (command.Argument is { } argument)
        {
            help.AppendLine().AppendLine("Arguments:");
            AppendRow(help, argument.Name, argument.Help);
            if (argument.Values.Count > 0)
                AppendRow(help, "", string.Join(", ", argument.Values) + ".");
        }

        foreach (var group in command.Options)
        {
            help.AppendLine().AppendLine(group.Title + ":");
            foreach (var setting in group.Settings)
                AppendSetting(help, setting);
        }

        if (command.Examples.Count > 0)
            help.AppendLine().AppendLine("Examples:");
        foreach (var example in command.Examples)
        {
            help.Append(Indent).AppendLine(example.Line);
            AppendText(help, example.Help, Indent + Indent);
        }

        return help.ToString().TrimEnd();
    }

    private static string Usage(Command command) => command.Argument is { } argument ? $"{command.Name} {argument.Usage}" : command.Name;

    private static bool IsCommon(Setting setting) => setting.ShortName is not null || !setting.Key.Contains(':', StringComparison.Ordinal);

    private static void AppendSetting(StringBuilder help, Setting setting)
    {
        var text = setting.DefaultText.Length == 0 || IsFlag(setting)
            ? setting.Help
            : $"{setting.Help} [default:{NoBreak}{setting.DefaultText.Replace(' ', NoBreak)}]";
        if (IsFlag(setting))
        {
            AppendRow(help, setting.ShortName!, text);
            return;
        }

        var isShort = setting is { ShortName: not null, ShortValue: null };
        var names = !isShort ? "--" + setting.Key : setting.IsOfCommand ? setting.ShortName : $"{setting.ShortName}, --{setting.Key}";
        AppendRow(help, $"{names} <{setting.ValueName}>", text);
        if (setting.ShortValue is { } value)
            AppendRow(help, setting.ShortName!, $"Short for --{setting.Key} {value}.");
    }

    private static bool IsFlag(Setting setting) => setting.ShortValue == "true";

    private static void AppendRow(StringBuilder help, string name, string text)
    {
        var lines = Wrap(text, Width - HelpColumn).ToList();
        var isShort = Indent.Length + name.Length + 2 <= HelpColumn;
        help.Append(Indent).AppendLine(isShort ? name.PadRight(HelpColumn - Indent.Length) + lines[0] : name);
        foreach (var line in isShort ? lines.Skip(1) : lines)
            help.Append(' ', HelpColumn).AppendLine(line);
    }

    private static void AppendText(StringBuilder help, string text, string indent = Indent)
    {
        foreach (var line in Wrap(text, Width - indent.Length))
            help.Append(indent).AppendLine(line);
    }

    private static IEnumerable<string> Wrap(string text, int width)
    {
        var line = "";
        foreach (var word in text.Split(' ').Select(word => word.Replace(NoBreak, ' ')))
        {
            if (line.Length + 1 + word.Length > width)
            {
                yield return line;
                line = "";
            }

            line += line.Length == 0 ? word : " " + word;
        }

        yield return line;
    }
}
