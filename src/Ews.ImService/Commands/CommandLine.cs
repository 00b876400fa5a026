using Ews.ImService.Configuration;
using Ews.ImService.Storage;

namespace Ews.ImService.Commands;

/// <summary>Runs the command that the arguments name.</summary>
internal static class CommandLine
{
    /// <summary>Runs a command, and writes errors to the standard error stream.</summary>
    /// <param name="args">The optional name of the command, its argument, and its options.</param>
    /// <returns>The <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        var help = "ews-im --help";
        try
        {
            if (args.Contains("--version"))
            {
                Console.WriteLine(HelpText.Version);
                return ExitCode.Success;
            }

            var isHelp = args is ["help", ..] || args.Any(arg => arg is "--help" or "-h" or "-?");
            var (named, rest) = CommandTable.Find(args is ["help", .. var subject] ? subject : args);
            if (isHelp)
            {
                Console.WriteLine(named is null ? HelpText.Overview() : HelpText.Of(named));
                return ExitCode.Success;
            }

            var command = named ?? CommandTable.Default;
            help = $"ews-im {command.Name} --help";
            var (argument, settings) = ArgumentParser.Parse(command, rest);
            await command.RunAsync(new SettingValues(GivenSettings.Load(CommandTable.Catalog, settings)), argument);
            return ExitCode.Success;
        }
        catch (SettingsException e)
        {
            foreach (var problem in e.Problems)
                Console.Error.WriteLine(problem);
            Console.Error.WriteLine($"Run '{help}' for usage.");
            return ExitCode.InvalidSettings;
        }
        catch (Exception e) when (e is StorageException or StartException)
        {
            Console.Error.WriteLine(e.Message);
            return ExitCode.Failure;
        }
    }
}
