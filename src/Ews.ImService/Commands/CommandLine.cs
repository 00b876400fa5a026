using Ews.ImService.Configuration;
using Ews.ImService.Storage;

namespace Ews.ImService.Commands;

/// <summary>Runs the command that the arguments name.</summary>
internal static class CommandLine
{
    private const int Success = 0;
    private const int Failure = 1;
    private const int InvalidSettings = 2;

    /// <summary>Runs a command, and writes errors to the standard error stream.</summary>
    /// <param name="args">The optional name of the command, its argument, and its options.</param>
    /// <returns>The exit code: 0 for success, 1 if the command failed, or 2 if an argument or a setting is not valid.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        var help = "ews-im --help";
        try
        {
            if (args.Contains("--version"))
            {
                Console.WriteLine(HelpText.Version);
                return Success;
            }

            var isHelp = args is ["help", ..] || args.Any(arg => arg is "--help" or "-h" or "-?");
            var (name, rest) = args is ["help", .. var subject] ? Split(subject) : Split(args);
            var command = name is null ? CommandTable.Default : CommandTable.Find(name);
            if (isHelp)
            {
                Console.WriteLine(name is null ? HelpText.Overview() : HelpText.Of(command));
                return Success;
            }

            help = $"ews-im {command.Name} --help";
            var (argument, settings) = ArgumentParser.Parse(command, rest);
            await command.RunAsync(new SettingValues(GivenSettings.Load(CommandTable.Catalog, settings)), argument);
            return Success;
        }
        catch (SettingsException e)
        {
            foreach (var problem in e.Problems)
                Console.Error.WriteLine(problem);
            Console.Error.WriteLine($"Run '{help}' for usage.");
            return InvalidSettings;
        }
        catch (Exception e) when (e is StorageException or StartException)
        {
            Console.Error.WriteLine(e.Message);
            return Failure;
        }
    }

    private static (string? Command, string[] Arguments) Split(string[] args) =>
        args is [var name, .. var rest] && !name.StartsWith('-') ? (name, rest) : (null, args);
}
