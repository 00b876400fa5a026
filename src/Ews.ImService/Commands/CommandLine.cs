using System.Reflection;
using System.Text;
using Ews.ImService.Settings;

namespace Ews.ImService.Commands;

/// <summary>Says what the arguments ask for, and does it.</summary>
internal static class CommandLine
{
    private const string Serve = "serve";
    private const int KeyColumn = 38;
    private const int DefaultColumn = 24;

    /// <summary>What the arguments ask for: help, the version, or null to start.</summary>
    public static string? Answer(string[] args)
    {
        if (args.Any(arg => arg is "--help" or "-h" or "-?") || args is ["help", ..])
            return Help();
        return args.Any(arg => arg == "--version") ? Version : null;
    }

    /// <summary>Runs the command that the arguments name.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="SettingsException">There is no such command, or a setting of it cannot be used.</exception>
    /// <exception cref="StartException">It cannot be done.</exception>
    /// <exception cref="Storage.StorageException">The database cannot be used.</exception>
    public static Task<int> RunAsync(string[] args)
    {
        var (command, rest) = args is [var first, ..] && !first.StartsWith('-') ? (first, args[1..]) : (Serve, args);
        switch (command)
        {
            case Serve:
                return ServeAsync(rest);
            case "certificate":
                var certificateFile = SettingsSources.TakeWord(ref rest);
                return Print(CertificateCommand.Run(SettingsReader.Read(SettingsSources.Load(rest)).Certificate, certificateFile));
            case "hash-password":
                SettingsSources.Load(rest);
                return Print(HashPasswordCommand.Run());
            case "seed":
                var seedFile = SettingsSources.TakeWord(ref rest);
                return Print(SeedCommand.Run(ReadClient(rest), seedFile));
            case "reset":
                return Print(ResetCommand.Run(ReadClient(rest)));
            case "journal":
                var id = SettingsSources.TakeWord(ref rest);
                JournalCommand.Run(ReadClient(rest), id, Console.Out);
                return Task.FromResult(0);
            case "healthcheck":
                using (var service = new RunningService(ReadClient(rest)))
                    return service.IsReady(out var why) ? Print("ready") : throw new StartException(why!);
            default:
                throw new SettingsException([$"'{command}' is no command; settings are written --KEY VALUE."]);
        }
    }

    private static async Task<int> ServeAsync(string[] args)
    {
        SettingsSources.CheckForServe(args);
        var settings = SettingsReader.Read(SettingsSources.Load(args));
        await using var service = ImServiceHost.Create(settings with { Warnings = [.. settings.Warnings, .. SettingsSources.Warnings()] });
        await service.StartAsync();
        await service.WaitForShutdownAsync();
        return 0;
    }

    private static ClientSettings ReadClient(string[] args) => ClientSettings.Read(SettingsSources.Load(args));

    private static Task<int> Print(string text)
    {
        Console.WriteLine(text);
        return Task.FromResult(0);
    }

    private static string Version =>
        typeof(CommandLine).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    private static string Help()
    {
        var help = new StringBuilder()
            .AppendLine($"Ews.ImService {Version}: a local stand-in for Exchange's instant-messaging contact store.")
            .AppendLine()
            .AppendLine("Usage: ews-im [COMMAND] [--KEY VALUE]...")
            .AppendLine()
            .AppendLine("  serve               run the service, until Ctrl+C; so does no command at all")
            .AppendLine("  certificate [FILE]  write the certificate to FILE for clients to trust, and tell how they do")
            .AppendLine("  hash-password       read a password from the standard input and print what to keep of it")
            .AppendLine()
            .AppendLine("Of a running service:")
            .AppendLine("  seed FILE           load the mailboxes of a seed document; - is the standard input; --replace removes all others")
            .AppendLine("  seed --export       write its mailboxes as a seed document, to FILE where one is named")
            .AppendLine("  reset               set it back to its beginning, or --mailbox ADDRESS alone; --all-realms for every realm")
            .AppendLine("  journal [ID]        show its requests, or one whole; --follow waits for further ones; --mailbox, --operation, --json")
            .AppendLine("  healthcheck         end with 0 where it is ready, and with 1 where it is not")
            .AppendLine()
            .AppendLine("  --urls URLS         where to listen, separated by semicolons")
            .AppendLine("  --db FILE           the database; short for --Storage:Path")
            .AppendLine("  --https             listen on https://localhost:5443 too, with a certificate that is made and kept")
            .AppendLine("  --seed PATH         a seed document that every realm begins with, or a folder of them; short for --Seed:Path")
            .AppendLine("  --url, --realm, --token, --mailbox, --operation  short for --Client:Url and so on")
            .AppendLine("  --help              this text")
            .AppendLine("  --version           the version")
            .AppendLine()
            .AppendLine("Every setting can stand in appsettings.json (beside the program, or in the working directory), in the")
            .AppendLine("environment (Limits:MaxGroups is EWSIM_Limits__MaxGroups) and on the command line (--Limits:MaxGroups 8 or --Limits:MaxGroups=8).")
            .AppendLine("The later one wins. N counts from 0.")
            .AppendLine()
            .Append("  ").Append("KEY".PadRight(KeyColumn)).Append("DEFAULT".PadRight(DefaultColumn)).AppendLine("MEANING");
        foreach (var setting in SettingsTable.All)
            help.Append("  ").Append(setting.Key.PadRight(KeyColumn)).Append(setting.Default.PadRight(DefaultColumn)).AppendLine(setting.Meaning);
        return help.ToString().TrimEnd();
    }
}
