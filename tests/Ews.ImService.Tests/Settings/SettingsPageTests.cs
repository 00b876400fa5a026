using System.Text;
using Ews.ImService.Commands;
using Ews.ImService.Configuration;
using Ews.ImService.Tests.Commands.Documentation;

namespace Ews.ImService.Tests.Settings;

public sealed class SettingsPageTests
{
    private const string Introduction = """
        # Settings

        This page is generated from the declarations of settings. [command-line.md](command-line.md) describes the commands. The
        settings of the service are options of the command `serve`, which `ews-im serve --help` shows.

        Settings are read from `appsettings.json` (beside the program, then in the working directory), from environment
        variables, and from the command line; the last one wins. `N` is the index of a list item, counted from 0. An unknown
        setting or an invalid value stops the program with exit code 2 and one line for each problem; any other failure is exit
        code 1.

            { "Limits": { "MaxGroups": 8 } }                  in appsettings.json
            EWSIM_Limits__MaxGroups=8                         in the environment
            --Limits:MaxGroups 8 or --Limits:MaxGroups=8      on the command line

        Other users of a machine can read the command line of a process. Give tokens and passwords in a file or in the
        environment.

        """;

    /// <summary>Set UPDATE_DOCS=1 to write the page.</summary>
    [Fact]
    public void The_page_of_settings_matches_the_declarations() => GeneratedFile.Verify("settings.md", WritePage());

    [Fact]
    public void Every_setting_has_a_unique_key_and_a_help_text_of_full_sentences()
    {
        var settings = CommandTable.All.SelectMany(command => command.Options).SelectMany(group => group.Settings).Distinct().ToList();

        settings.Select(setting => setting.Key).Should().OnlyHaveUniqueItems();
        foreach (var command in CommandTable.All)
        {
            var own = command.Options.SelectMany(group => group.Settings).ToList();
            own.Select(setting => setting.ShortName).OfType<string>().Should().OnlyHaveUniqueItems();
            own.Should().NotContain(setting => setting.IsOfCommand && setting.ShortName == null);
        }

        settings.Should().OnlyContain(setting => char.IsUpper(setting.Help[0]) && setting.Help.EndsWith('.'));
    }

    private static string WritePage()
    {
        var page = new StringBuilder(Introduction.ReplaceLineEndings("\n"));
        foreach (var group in CommandTable.Default.Options)
            AppendGroup(page, group);
        return page.ToString();
    }

    private static void AppendGroup(StringBuilder page, SettingGroup group)
    {
        page.Append($"\n## {group.Title}\n\n| setting | default | |\n|---|---|---|\n");
        foreach (var setting in group.Settings)
        {
            var shortForm = setting switch
            {
                { ShortName: null } => "",
                { ShortValue: null } => $"`{setting.ShortName}` = ",
                { ShortValue: "true" } => $"`{setting.ShortName}` = ",
                _ => $"`{setting.ShortName}` (`{setting.ShortValue}`) = ",
            };
            page.Append($"| {shortForm}`{setting.Key}` | {setting.DefaultText} | {setting.Help} |\n");
        }
    }
}
