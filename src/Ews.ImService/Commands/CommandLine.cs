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
            var options = args.TakeWhile(arg => arg != ArgumentParser.EndOfOptions).ToList();
            if (options.Contains("--version"))
                return Print(HelpText.Version);

            var isHelp = args is ["help", ..] || options.Any(arg => arg is "--help" or "-h" or "-?");
            var (named, rest) = CommandTable.Find(args is ["help", .. var subject] ? subject : args);
            if (isHelp)
                return Print(named is null ? HelpText.Overview() : HelpText.Of(named));

            var command = named ?? CommandTable.Default;
            if (command != CommandTable.Default) // The service has its own output, which continues after an error.
                CheckedOutput.Install();
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

    private static int Print(string text)
    {
        CheckedOutput.Install();
        Console.WriteLine(text);
        return ExitCode.Success;
    }
}
