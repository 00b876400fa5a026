using System.Globalization;
using Ews.ImService.Settings;
using Serilog;
using Serilog.Core;
using Serilog.Debugging;
using Serilog.Events;
using Serilog.Formatting.Json;

namespace Ews.ImService;

/// <summary>Makes the logger: the console, unless Serilog's own configuration names other sinks.</summary>
internal static class Logs
{
    private const string TextTemplate = "{Timestamp:HH:mm:ss.fff} {Level:u3} {Message:lj}{NewLine}{Exception}";

    /// <summary>Makes it.</summary>
    public static Logger Create(ServiceSettings settings)
    {
        var logger = new LoggerConfiguration()
            .MinimumLevel.Is(settings.LogLevel)
            .MinimumLevel.Override("Microsoft", settings.LogLevel > LogEventLevel.Warning ? settings.LogLevel : LogEventLevel.Warning)

            // Its one event repeats, with a stack trace, what the service says in one line when it cannot start.
            .MinimumLevel.Override("Microsoft.Extensions.Hosting.Internal.Host", LogEventLevel.Fatal);
        if (settings.Serilog is { } own)
        {
            SelfLog.Enable(Console.Error);
            logger.ReadFrom.Configuration(own);
            if (own.GetSection(SettingsTable.SerilogSection + ":WriteTo").Exists())
                return logger.CreateLogger();
        }

        return settings.LogFormat == LogFormat.Json
            ? logger.WriteTo.Console(new JsonFormatter(renderMessage: true)).CreateLogger()
            : logger.WriteTo.Console(outputTemplate: TextTemplate, formatProvider: CultureInfo.InvariantCulture).CreateLogger();
    }
}
