using System.Globalization;
using Ews.ImService.Configuration;
using Ews.ImService.Settings;
using Serilog;
using Serilog.Core;
using Serilog.Debugging;
using Serilog.Events;
using Serilog.Formatting.Display;
using Serilog.Formatting.Json;

namespace Ews.ImService;

/// <summary>Creates the logger, which writes to the console unless Serilog's own configuration names other sinks.</summary>
internal static class Logs
{
    private const string TextTemplate = "{Timestamp:HH:mm:ss.fff} {Level:u3} {Message:lj}{NewLine}{Exception}";

    /// <summary>Creates the logger.</summary>
    /// <exception cref="SettingsException">Serilog's own configuration is not valid.</exception>
    public static Logger Create(ServiceSettings settings)
    {
        var logger = new LoggerConfiguration()
            .MinimumLevel.Is(settings.LogLevel)
            .MinimumLevel.Override("Microsoft", settings.LogLevel > LogEventLevel.Warning ? settings.LogLevel : LogEventLevel.Warning)

            // Its only event repeats the message of a failed start, with a stack trace.
            .MinimumLevel.Override("Microsoft.Extensions.Hosting.Internal.Host", LogEventLevel.Fatal);
        if (settings.Serilog is { } own)
        {
            ReadOwnConfiguration(logger, own);
            if (own.GetSection(LogSettings.SerilogSection + ":WriteTo").Exists())
                return logger.CreateLogger();
        }

        if (settings.LogLine is { } write)
            return logger.WriteTo.Sink(new LineSink(write)).CreateLogger();
        return settings.LogFormat == LogFormat.Json
            ? logger.WriteTo.Console(new JsonFormatter()).CreateLogger()
            : logger.WriteTo.Console(outputTemplate: TextTemplate, formatProvider: CultureInfo.InvariantCulture).CreateLogger();
    }

    /// <summary>Reads Serilog's own configuration. Serilog ignores unknown sinks, which would leave a service without a log.</summary>
    private static void ReadOwnConfiguration(LoggerConfiguration logger, IConfiguration own)
    {
        var errors = new List<string>();
        SelfLog.Enable(errors.Add);
        try
        {
            logger.ReadFrom.Configuration(own);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or FormatException)
        {
            errors.Add(e.Message);
        }

        if (errors.Count > 0)
            throw new SettingsException($"{LogSettings.SerilogSection} is not valid: {errors[0].ReplaceLineEndings(" ")}");
        SelfLog.Enable(Console.Error);
    }

    /// <summary>Passes lines to the program that hosts the service.</summary>
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
