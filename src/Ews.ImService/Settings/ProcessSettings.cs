using System.Globalization;
using Ews.ImService.Configuration;

namespace Ews.ImService.Settings;

/// <summary>Settings for programs that start the service in a process of its own.</summary>
internal static class ProcessSettings
{
    /// <summary>The settings.</summary>
    public static readonly SettingGroup Group = new("Process");

    private const int MaxDrainSeconds = 3600;

    private static readonly Setting<string?> UrlFile = Group.Add(
        Setting.OptionalPath(
            "Process:UrlFile",
            "A file to which the service writes its URL, such as http://127.0.0.1:5080, and a line break when it is ready. The file is "
            + "deleted when the service starts and when it stops. Each service needs a file of its own.") with
        {
            ShortName = "--url-file",
        });

    private static readonly Setting<bool> StopWithStandardInput = Group.Add(Setting.Flag(
        "Process:StopWithStdin",
        "--stop-with-stdin",
        "Stops the service when its standard input ends, such as when the program that started it has exited."));

    private static readonly Setting<int> DrainSeconds = Group.Add(new Setting<int>(
        "Process:DrainSeconds",
        0,
        "The time in seconds from a termination signal (SIGTERM) to the stop of the service. In this time, /readyz returns 503, so that a "
        + "load balancer sends requests to other instances, and the service responds to requests. A second signal stops it at once.",
        ParseDrainSeconds)
    {
        IsOptional = true,
        ValueName = "number",
    });

    /// <summary>Reads the full path of the file for the URL; <c>null</c> if there is none.</summary>
    public static string? ReadUrlFile(SettingValues values) => values.Get(UrlFile);

    /// <summary>Reads the setting that stops the service when its standard input ends.</summary>
    public static bool ReadStopWithStandardInput(SettingValues values) => values.Get(StopWithStandardInput);

    /// <summary>Reads the time from a termination signal to the stop of the service.</summary>
    public static TimeSpan ReadDrainTime(SettingValues values) => TimeSpan.FromSeconds(values.Get(DrainSeconds));

    private static Parsed<int> ParseDrainSeconds(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= MaxDrainSeconds
            ? number
            : new Violation($"an integer from 0 to {MaxDrainSeconds}");
}
