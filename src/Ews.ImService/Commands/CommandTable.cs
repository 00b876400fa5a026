using Ews.ImService.Commands.Clock;
using Ews.ImService.Commands.Completion;
using Ews.ImService.Commands.Faults;
using Ews.ImService.Commands.Journal;
using Ews.ImService.Commands.Mailboxes;
using Ews.ImService.Commands.Realms;
using Ews.ImService.Commands.Snapshots;
using Ews.ImService.Configuration;

namespace Ews.ImService.Commands;

/// <summary>All commands of the program.</summary>
internal static class CommandTable
{
    /// <summary>The command that runs if none is named.</summary>
    public static readonly Command Default = new ServeCommand();

    /// <summary>Gets all commands, in the order of the help. A start of the service does not create the others.</summary>
    public static IReadOnlyList<Command> All => field ??=
    [
        Default,
        new SeedCommand(),
        new ResetCommand(),
        new MailboxesCommand(),
        new ShowMailboxCommand(),
        new JournalCommand(),
        new TailCommand(),
        new FaultsCommand(),
        new AddFaultCommand(),
        new DeleteFaultCommand(),
        new SnapshotsCommand(),
        new TakeSnapshotCommand(),
        new RestoreSnapshotCommand(),
        new DeleteSnapshotCommand(),
        new ClockCommand(),
        new FreezeClockCommand(),
        new AdvanceClockCommand(),
        new ResetClockCommand(),
        new RealmsCommand(),
        new CreateRealmCommand(),
        new DeleteRealmCommand(),
        new WaitCommand(),
        new HealthcheckCommand(),
        new RecordCommand(),
        new ReplayCommand(),
        new MigrateCommand(),
        new CertificateCommand(),
        new HashPasswordCommand(),
        new CompletionCommand(),
    ];

    /// <summary>Gets all settings that files and the environment may contain: those of the service and of all commands.</summary>
    public static SettingCatalog Catalog => new(AllGroups.SelectMany(group => group.Settings));

    private static IEnumerable<SettingGroup> AllGroups
    {
        get
        {
            foreach (var group in Default.Options)
                yield return group;
            foreach (var group in All.Skip(1).SelectMany(command => command.Options))
                yield return group;
        }
    }

    /// <summary>Finds the command that the first one or two arguments name.</summary>
    /// <returns>The command, or <c>null</c> if the arguments name none, and the arguments that follow its name.</returns>
    /// <exception cref="SettingsException">There is no such command.</exception>
    public static (Command? Command, string[] Arguments) Find(string[] args)
    {
        if (args is not [var first, ..] || first.StartsWith('-'))
            return (null, args);
        if (first == Default.Name)
            return (Default, args[1..]);
        if (args is [_, var second, ..] && FindByName($"{first} {second}") is { } inGroup)
            return (inGroup, args[2..]);
        if (FindByName(first) is not { } command)
            throw Unknown(first);
        return args is [_, var word, ..] && !word.StartsWith('-') && command.Argument is null && MembersOf(command).Any()
            ? throw Unknown($"{first} {word}")
            : (command, args[1..]);
    }

    /// <summary>Returns the commands whose names begin with the name of another command, such as <c>faults add</c>.</summary>
    public static IEnumerable<Command> MembersOf(Command command) =>
        All.Where(other => other.Name.StartsWith(command.Name + " ", StringComparison.Ordinal));

    private static Command? FindByName(string name) => All.FirstOrDefault(command => command.Name == name);

    private static SettingsException Unknown(string name)
    {
        var meant = Suggestion.Closest(name, All.Select(command => command.Name));
        return new SettingsException($"Unknown command '{name}'.{Suggestion.Ask(meant)}");
    }
}
