using System.Text;
using System.Text.RegularExpressions;
using Ews.ImService.Commands;
using Ews.ImService.Configuration;

namespace Ews.ImService.Tests.Commands.Documentation;

/// <summary>Writes the manual page from the declarations of commands and settings, in the language of man(7).</summary>
internal static partial class ManPage
{
    private const string Beginning = """
        .TH EWS\-IM 1 "" "Ews.ImService" "User Commands"
        .SH NAME
        ews\-im \- local server with the instant\-messaging contact store of Exchange
        .SH SYNOPSIS
        .B ews\-im
        .RI [ command ]
        .RI [ argument ]
        .RI [ options ]
        .SH DESCRIPTION
        .B ews\-im
        serves the part of Exchange Web Services (EWS) that instant\-messaging and contact clients use, for the development and test of
        such clients.
        The command
        .BR serve ,
        which is the default, runs the service.
        Most other commands call the control API of a running service: they seed and reset mailboxes, print the requests that arrived,
        and inject faults.
        .PP
        The service is isolated into realms, each with its own mailboxes, fault rules, journal and clock.

        """;

    private const string CommonOptionsBeginning = """
        .SH CLIENT OPTIONS
        Commands that call a running service have these options in addition to their own.
        Commands that apply to all realms have no
        .BR \-\-realm ,
        and those that only wait for the service no
        .BR \-\-token .

        """;

    private const string Settings = """
        .SH SETTINGS
        The options of
        .B serve
        are settings, which are read from
        .IR appsettings.json ,
        from the environment and from the command line; later sources override earlier ones.
        The options of the other commands are settings of the section
        .BR Client .
        In a key, N is the index of a list item, counted from 0.

        """;

    private const string End = """
        .SH ENVIRONMENT
        .TP
        .B EWSIM_*
        Settings: the key with two underscores instead of each colon, such as
        .B EWSIM_Limits__MaxGroups
        for Limits:MaxGroups, or
        .B EWSIM_Client__Token
        for
        .BR \-\-token ,
        which other users cannot read, in contrast to the command line.
        .TP
        .B ASPNETCORE_URLS
        The URLs to listen on, unless the setting
        .B urls
        is given.
        .TP
        .B NO_COLOR
        If it is not empty,
        .B tail
        prints no colors.
        .SH FILES
        .TP
        .I appsettings.json
        Settings in JSON, beside the program, and in the working directory.
        .TP
        .I ews\-imservice.db
        The default database, in the working directory.
        .SH EXIT STATUS

        """;

    private static IEnumerable<Setting> CommonOptions =>
        [.. ClientOptions.Group.Settings, ClientOptions.Json];

    /// <summary>Returns the page.</summary>
    public static string Write()
    {
        var page = new StringBuilder(Beginning).Append(".SH COMMANDS\n");
        foreach (var command in CommandTable.All)
            AppendCommand(page, command);
        page.Append(CommonOptionsBeginning);
        foreach (var setting in CommonOptions)
            AppendSetting(page, setting);
        page.Append(Settings);
        foreach (var group in CommandTable.Default.Options)
        {
            page.Append($".SS {Quoted(group.Title)}\n");
            foreach (var setting in group.Settings)
                AppendSetting(page, setting);
        }

        page.Append(End);
        foreach (var (code, meaning) in ExitCode.All)
            page.Append($".TP\n.B {code}\n{Text(meaning)}\n");
        page.Append(".SH EXAMPLES\n").AppendJoin(
            ".PP\n",
            CommandTable.All.SelectMany(command => command.Examples)
                .Select(example => $"{Text(example.Help)}\n.PP\n.in +4n\n.EX\n{Escaped(example.Line)}\n.EE\n.in\n"));
        return page.ToString().ReplaceLineEndings("\n");
    }

    private static void AppendCommand(StringBuilder page, Command command)
    {
        var usage = command.Argument is { } given ? $"{command.Name} {given.Usage}" : command.Name;
        page.Append($".SS {Quoted(usage)}\n{Text(command.Summary)}\n");
        if (command.Remarks is { } remarks)
            page.Append($".PP\n{Text(remarks)}\n");
        if (command.Argument is { } argument)
            page.Append($".TP\n.I {Escaped(argument.Name)}\n{Text(argument.Help)}{Values(argument.Values)}\n");
        if (command == CommandTable.Default)
            return;
        foreach (var setting in command.Options.SelectMany(group => group.Settings).Except(CommonOptions))
            AppendSetting(page, setting);
    }

    private static void AppendSetting(StringBuilder page, Setting setting)
    {
        var isFlag = setting.ShortValue == "true";
        var name = setting.ShortName is { } shortName && (isFlag || setting.IsOfCommand) ? shortName : "--" + setting.Key;
        page.Append($".TP\n.BR {Escaped(name)}{(isFlag ? "" : $" \" \" \\fI{Escaped(setting.ValueName)}\\fR")}");
        if (setting.ShortName is { } other && other != name)
            page.Append($" \", \" {Escaped(other)}{(setting.ShortValue is { } value ? $" \" (\" {Escaped(value)} )" : "")}");
        page.Append($"\n{Text(setting.Help)}\n");
        if (setting.DefaultText.Length > 0 && !isFlag)
            page.Append($"The default is {Text(setting.DefaultText)}.\n");
    }

    private static string Values(IReadOnlyList<string> values) =>
        values.Count > 0 ? $"\nIt is one of {Escaped(string.Join(", ", values))}." : "";

    /// <summary>Returns one line per sentence, as man(7) recommends. No line begins a request, because none begins with a period.</summary>
    private static string Text(string text) => Escaped(text).Replace(". ", ".\n", StringComparison.Ordinal);

    private static string Quoted(string text) => $"\"{Escaped(text)}\"";

    private static string Escaped(string text) => NotAscii().Replace(text
        .Replace(@"\", @"\e", StringComparison.Ordinal)
        .Replace("-", @"\-", StringComparison.Ordinal)
        .Replace("'", @"\(aq", StringComparison.Ordinal)
        .Replace("~", @"\(ti", StringComparison.Ordinal)
        .Replace("\"", @"\(dq", StringComparison.Ordinal), character => FormattableString.Invariant($@"\[u{(int)character.Value[0]:X4}]"));

    [GeneratedRegex(@"[^\x00-\x7F]")]
    private static partial Regex NotAscii();
}
