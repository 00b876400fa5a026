using System.Reflection;
using System.Text;
using Ews.ImService.Settings;

namespace Ews.ImService;

/// <summary>Answers the questions that do not start the service.</summary>
internal static class CommandLine
{
    private const int KeyColumn = 38;
    private const int DefaultColumn = 24;

    /// <summary>What the arguments ask for: help, the version, or null to start.</summary>
    public static string? Answer(string[] args)
    {
        if (args.Any(arg => arg is "--help" or "-h" or "-?"))
            return Help();
        return args.Any(arg => arg == "--version") ? Version : null;
    }

    private static string Version =>
        typeof(CommandLine).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    private static string Help()
    {
        var help = new StringBuilder()
            .AppendLine($"Ews.ImService {Version}: a local stand-in for Exchange's instant-messaging contact store.")
            .AppendLine()
            .AppendLine("Usage: Ews.ImService [--KEY VALUE]...")
            .AppendLine("       Ews.ImService certificate [FILE] [--KEY VALUE]...")
            .AppendLine("       Ews.ImService hash-password")
            .AppendLine()
            .AppendLine("  --urls URLS    where to listen, separated by semicolons")
            .AppendLine("  --db FILE      the database; short for --Storage:Path")
            .AppendLine("  --https        listen on https://localhost:5443 too, with a certificate that is made and kept")
            .AppendLine("  certificate    write the certificate to FILE for clients to trust, and tell how they do")
            .AppendLine("  hash-password  read a password from the standard input and print what to keep of it")
            .AppendLine("  --help         this text")
            .AppendLine("  --version      the version")
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
