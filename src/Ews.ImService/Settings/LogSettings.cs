using Ews.ImService.Configuration;
using Serilog.Events;

namespace Ews.ImService.Settings;

/// <summary>Settings of the log.</summary>
internal static class LogSettings
{
    /// <summary>The section of Serilog's own configuration.</summary>
    public const string SerilogSection = "Serilog";

    /// <summary>The settings.</summary>
    public static readonly SettingGroup Group = new(
        "Log", Setting.OptionalText(SerilogSection + ":...", "Serilog's own configuration: sinks, levels, and enrichers."));

    private static readonly Setting<LogFormat> Format = Group.Add(Setting.Choice(
        "Log:Format", LogFormat.Text, "The format of log lines on the console."));

    private static readonly Setting<LogEventLevel> Level = Group.Add(Setting.Choice(
        "Log:Level", LogEventLevel.Information, "The minimum level of log events."));

    /// <summary>Reads the format of log lines.</summary>
    public static LogFormat ReadFormat(SettingValues values) => values.Get(Format);

    /// <summary>Reads the minimum level of log events.</summary>
    public static LogEventLevel ReadLevel(SettingValues values) => values.Get(Level);

    /// <summary>Reads Serilog's own configuration; <c>null</c> if there is none.</summary>
    public static IConfiguration? ReadSerilog(SettingValues values) => values.Section(SerilogSection);
}

/// <summary>The format of log lines.</summary>
internal enum LogFormat
{
    /// <summary>Lines for people.</summary>
    Text,

    /// <summary>One JSON object per line.</summary>
    Json,
}
