using System.Globalization;
using Ews.ImService.Configuration;
using Ews.ImService.Settings;
using Serilog;
using Serilog.Core;
using Serilog.Debugging;
using Serilog.Events;
using Serilog.Extensions.Logging;
using Serilog.Formatting;
using Serilog.Formatting.Display;
using Serilog.Formatting.Json;

namespace Ews.ImService.Logging;

/// <summary>The log through Serilog.</summary>
internal sealed class SerilogLog : IAsyncDisposable
{
    /// <summary>The template of text lines. <see cref="TextLine"/> writes the same format.</summary>
    private const string TextTemplate = $"{{{UtcTime}:HH:mm:ss.fff}} {{Level:u3}} {{Message:lj}}{{NewLine}}{{Exception}}";

    private const string UtcTime = "UtcTime";

    private readonly Logger _logger;

    private SerilogLog(LoggerConfiguration configuration)
    {
        _logger = configuration.CreateLogger();
        Loggers = new EscapingLoggerFactory(new SerilogLoggerFactory(_logger));
    }

    /// <summary>Gets the loggers.</summary>
    public ILoggerFactory Loggers { get; }

    /// <summary>Determines whether Serilog's own configuration names sinks.</summary>
    public static bool HasSinks(IConfiguration own) => own.GetSection(LogSettings.SerilogSection + ":WriteTo").Exists();

    /// <summary>Creates a log that writes to the sinks of Serilog's own configuration.</summary>
    /// <exception cref="SettingsException">Serilog's own configuration is not valid.</exception>
    public static SerilogLog Create(ServiceSettings settings) => new(Configure(settings));

    /// <summary>Creates a log that writes to a terminal, in colors.</summary>
    public static SerilogLog CreateForTerminal(ServiceSettings settings) =>
        new(ConfigureText(settings).WriteTo.Console(outputTemplate: TextTemplate, formatProvider: CultureInfo.InvariantCulture));

    /// <summary>Creates a log that passes the text of each event, which ends with a line break, to a delegate.</summary>
    /// <exception cref="SettingsException">Serilog's own configuration is not valid.</exception>
    public static SerilogLog Create(ServiceSettings settings, Action<string> write)
    {
        (LoggerConfiguration Logger, ITextFormatter Formatter) output = settings.LogFormat == LogFormat.Json
            ? (Configure(settings), new JsonFormatter())
            : (ConfigureText(settings), new MessageTemplateTextFormatter(TextTemplate, CultureInfo.InvariantCulture));
        return new SerilogLog(output.Logger.WriteTo.Sink(new TextSink(output.Formatter, write)));
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _logger.DisposeAsync();

    /// <summary>Configures a log whose lines contain the time of an event in UTC, as the journal does.</summary>
    private static LoggerConfiguration ConfigureText(ServiceSettings settings) => Configure(settings).Enrich.With(new UtcTimeEnricher());

    private static LoggerConfiguration Configure(ServiceSettings settings)
    {
        var logger = new LoggerConfiguration();
        foreach (var (source, level) in LogLevels.Overrides(settings.LogLevel))
            logger.MinimumLevel.Override(source, (LogEventLevel)level);
        logger.MinimumLevel.Is((LogEventLevel)settings.LogLevel);
        if (settings.Serilog is { } own)
            ReadOwnConfiguration(logger, own);
        return logger;
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

    private sealed class UtcTimeEnricher : ILogEventEnricher
    {
        public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory) =>
            logEvent.AddPropertyIfAbsent(new LogEventProperty(UtcTime, new ScalarValue(logEvent.Timestamp.UtcDateTime)));
    }

    private sealed class TextSink(ITextFormatter formatter, Action<string> write) : ILogEventSink
    {
        public void Emit(LogEvent logEvent)
        {
            using var text = new StringWriter(CultureInfo.InvariantCulture);
            formatter.Format(logEvent, text);
            write(text.ToString());
        }
    }
}
