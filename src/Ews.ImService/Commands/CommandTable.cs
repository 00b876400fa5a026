using Ews.ImService.Configuration;
using Ews.ImService.Settings;

namespace Ews.ImService.Commands;

/// <summary>All commands of the program.</summary>
internal static class CommandTable
{
    /// <summary>The command that runs if none is named.</summary>
    public static readonly Command Default = new ServeCommand();

    /// <summary>All commands, in the order of the help.</summary>
    public static readonly IReadOnlyList<Command> All =
    [
        Default,
        new CertificateCommand(),
        new HashPasswordCommand(),
        new SeedCommand(),
        new ResetCommand(),
        new JournalCommand(),
        new HealthcheckCommand(),
    ];

    /// <summary>Gets all settings that files and the environment may contain: those of the service and of all commands.</summary>
    public static SettingCatalog Catalog => new(All.SelectMany(command => command.Options).SelectMany(group => group.Settings));

    /// <summary>Finds a command by its name.</summary>
    /// <exception cref="SettingsException">There is no such command.</exception>
    public static Command Find(string name)
    {
        if (All.FirstOrDefault(command => command.Name == name) is { } found)
            return found;
        var meant = Suggestion.Closest(name, All.Select(command => command.Name));
        throw new SettingsException($"Unknown command '{name}'.{Suggestion.Ask(meant)}");
    }
}
