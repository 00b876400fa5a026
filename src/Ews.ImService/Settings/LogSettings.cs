using Ews.ImService.Configuration;
using Ews.ImService.Protocol;

namespace Ews.ImService.Settings;

/// <summary>Settings of the log.</summary>
internal static class LogSettings
{
    /// <summary>The section of Serilog's own configuration.</summary>
    public const string SerilogSection = "Serilog";

    /// <summary>The settings.</summary>
    public static readonly SettingGroup Group = new(
        "Log", Setting.OptionalText(SerilogSection + ":...", "Serilog's own configuration: sinks, levels, and enrichers.") with
        {
            IsSecret = true, // Arguments of sinks can be passwords.
        });

    private static readonly Setting<LogFormat> Format = Group.Add(Setting.Choice(
        "Log:Format", LogFormat.Text, "The format of log lines on the console."));

    private static readonly Setting<LogThreshold> Level = Group.Add(Setting.Choice(
        "Log:Level", LogThreshold.Information, "The minimum level of log events."));

    private static readonly Setting<int> SlowRequest = Group.Add(new Setting<int>(
        "Log:SlowRequestMilliseconds",
        (int)new EwsOptions().SlowRequest.TotalMilliseconds,
        "The duration in milliseconds from which a request is logged as a warning, with the times of its steps; 0 for none.",
        ParseMilliseconds)
    {
        ValueName = "number",
    });

    /// <summary>Reads the duration from which a request is slow; zero for none.</summary>
    public static TimeSpan ReadSlowRequest(SettingValues values) => TimeSpan.FromMilliseconds(values.Get(SlowRequest));

    /// <summary>Reads the format of log lines.</summary>
    public static LogFormat ReadFormat(SettingValues values) => values.Get(Format);

    /// <summary>Reads the minimum level of log events.</summary>
    public static LogThreshold ReadLevel(SettingValues values) => values.Get(Level);

    /// <summary>Reads Serilog's own configuration; <c>null</c> if there is none.</summary>
    public static IConfiguration? ReadSerilog(SettingValues values) => values.Section(SerilogSection);

    private static Parsed<int> ParseMilliseconds(string text) => text == "0" ? 0 : Setting.ParsePositive(text);
}

/// <summary>The minimum level of log events, with the names and numbers of Serilog.</summary>
/// <remarks>A type of its own, because Serilog is not loaded for most logs.</remarks>
internal enum LogThreshold
{
    /// <summary>Details of single steps.</summary>
    Verbose,

    /// <summary>Details for developers.</summary>
    Debug,

    /// <summary>One event for each request.</summary>
    Information,

    /// <summary>Settings and states that probably have unwanted effects.</summary>
    Warning,

    /// <summary>Failed requests.</summary>
    Error,

    /// <summary>Failures of the service.</summary>
    Fatal,
}

/// <summary>The format of log lines.</summary>
internal enum LogFormat
{
    /// <summary>Lines for people.</summary>
    Text,

    /// <summary>One JSON object per line.</summary>
    Json,
}
