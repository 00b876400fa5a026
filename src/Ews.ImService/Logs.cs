using System.Globalization;
using Ews.ImService.Settings;
using Serilog;
using Serilog.Core;
using Serilog.Debugging;
using Serilog.Events;
using Serilog.Formatting.Display;
using Serilog.Formatting.Json;

namespace Ews.ImService;

/// <summary>Makes the logger: the console, unless Serilog's own configuration names other sinks.</summary>
internal static class Logs
{
    private const string TextTemplate = "{Timestamp:HH:mm:ss.fff} {Level:u3} {Message:lj}{NewLine}{Exception}";

    /// <summary>Makes it.</summary>
    /// <exception cref="SettingsException">Serilog's own configuration cannot be used.</exception>
    public static Logger Create(ServiceSettings settings)
    {
        var logger = new LoggerConfiguration()
            .MinimumLevel.Is(settings.LogLevel)
            .MinimumLevel.Override("Microsoft", settings.LogLevel > LogEventLevel.Warning ? settings.LogLevel : LogEventLevel.Warning)

            // Its one event repeats, with a stack trace, what the service says in one line when it cannot start.
            .MinimumLevel.Override("Microsoft.Extensions.Hosting.Internal.Host", LogEventLevel.Fatal);
        if (settings.Serilog is { } own)
        {
            ReadOwnConfiguration(logger, own);
            if (own.GetSection(SettingsTable.SerilogSection + ":WriteTo").Exists())
                return logger.CreateLogger();
        }

        if (settings.LogLine is { } write)
            return logger.WriteTo.Sink(new LineSink(write)).CreateLogger();
        return settings.LogFormat == LogFormat.Json
            ? logger.WriteTo.Console(new JsonFormatter()).CreateLogger()
            : logger.WriteTo.Console(outputTemplate: TextTemplate, formatProvider: CultureInfo.InvariantCulture).CreateLogger();
    }

    /// <summary>Serilog passes over what it does not understand, which would leave a service without a log.</summary>
    private static void ReadOwnConfiguration(LoggerConfiguration logger, IConfiguration own)
    {
        var complaints = new List<string>();
        SelfLog.Enable(complaints.Add);
        try
        {
            logger.ReadFrom.Configuration(own);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or FormatException)
        {
            complaints.Add(e.Message);
        }

        if (complaints.Count > 0)
            throw new SettingsException([$"{SettingsTable.SerilogSection} cannot be used: {complaints[0].ReplaceLineEndings(" ")}"]);
        SelfLog.Enable(Console.Error);
    }

    /// <summary>Hands lines to somebody else.</summary>
    private sealed class LineSink(Action<string> write) : ILogEventSink
    {
        private readonly MessageTemplateTextFormatter _formatter = new(TextTemplate, CultureInfo.InvariantCulture);

        public void Emit(LogEvent logEvent)
        {
            using var line = new StringWriter(CultureInfo.InvariantCulture);
            _formatter.Format(logEvent, line);
            write(line.ToString().TrimEnd());
        }
    }
}
