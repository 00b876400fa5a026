using Ews.ImService.Settings;

namespace Ews.ImService.Commands;

/// <summary>Loads mailboxes into a running service, or writes those that it has.</summary>
internal static class SeedCommand
{
    private const string StandardInput = "-";

    /// <summary>Does so.</summary>
    /// <returns>What to print.</returns>
    /// <exception cref="SettingsException">It is asked for what does not go together.</exception>
    /// <exception cref="StartException">The service cannot be reached or refuses, or the file cannot be used.</exception>
    public static string Run(ClientSettings settings, string? file)
    {
        using var service = new RunningService(settings);
        if (settings.Export)
            return Export(service, settings, file);
        if (file is null)
            throw new SettingsException(["Name the seed document to load, or - for the standard input, or --export to write the mailboxes that there are."]);
        if (settings.Mailbox is not null)
            throw new SettingsException(["--mailbox goes with --export; a seed document names its mailboxes itself."]);
        service.Call(settings.Replace ? HttpMethod.Put : HttpMethod.Post, "seed", Files.Use(file, () => file == StandardInput ? Console.In.ReadToEnd() : File.ReadAllText(file)));
        return $"The mailboxes of {(file == StandardInput ? "the standard input" : file)} are loaded.";
    }

    private static string Export(RunningService service, ClientSettings settings, string? file)
    {
        var seed = service.Call(HttpMethod.Get, "seed" + (settings.Mailbox is { } mailbox ? "?mailbox=" + Uri.EscapeDataString(mailbox) : ""));
        if (file is null or StandardInput)
            return seed.TrimEnd();
        return Files.Use(file, () =>
        {
            File.WriteAllText(file, seed);
            return $"The mailboxes are in {file}.";
        });
    }
}
