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
    public static SerilogLog Create(ServiceSettings settings, LogTail? tail) => new(Keep(Configure(settings), tail));

    /// <summary>Creates a log that writes to a terminal, in colors.</summary>
    public static SerilogLog CreateForTerminal(ServiceSettings settings, LogTail? tail) => new(Keep(
        ConfigureText(settings).WriteTo.Console(outputTemplate: TextTemplate, formatProvider: CultureInfo.InvariantCulture), tail));

    /// <summary>Creates a log that passes the text of each event, which ends with a line break, to a delegate.</summary>
    /// <exception cref="SettingsException">Serilog's own configuration is not valid.</exception>
    public static SerilogLog Create(ServiceSettings settings, Action<string> write)
    {
        (LoggerConfiguration Logger, ITextFormatter Formatter) output = settings.LogFormat == LogFormat.Json
            ? (Configure(settings), new JsonFormatter())
            : (ConfigureText(settings), CreateTextFormatter());
        return new SerilogLog(output.Logger.WriteTo.Sink(new TextSink(output.Formatter, write)));
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _logger.DisposeAsync();

    private static MessageTemplateTextFormatter CreateTextFormatter() => new(TextTemplate, CultureInfo.InvariantCulture);

    /// <summary>Adds the events to a tail.</summary>
    private static LoggerConfiguration Keep(LoggerConfiguration logger, LogTail? tail) =>
        tail is null ? logger : logger.WriteTo.Sink(new TailSink(CreateTextFormatter(), tail));

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

    private static string Format(ITextFormatter formatter, LogEvent logEvent)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        formatter.Format(logEvent, text);
        return text.ToString();
    }

    private static LogEventProperty UtcTimeOf(LogEvent logEvent) => new(UtcTime, new ScalarValue(logEvent.Timestamp.UtcDateTime));

    private sealed class UtcTimeEnricher : ILogEventEnricher
    {
        public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory) =>
            logEvent.AddPropertyIfAbsent(UtcTimeOf(logEvent));
    }

    private sealed class TextSink(ITextFormatter formatter, Action<string> write) : ILogEventSink
    {
        public void Emit(LogEvent logEvent) => write(Format(formatter, logEvent));
    }

    private sealed class TailSink(ITextFormatter formatter, LogTail tail) : ILogEventSink
    {
        public void Emit(LogEvent logEvent) => tail.AddEvent(new TailEvent(formatter, logEvent));
    }

    /// <summary>An event that is formatted when the tail is read. It is not changed, because it belongs to other sinks as well.</summary>
    private sealed class TailEvent(ITextFormatter formatter, LogEvent logEvent)
    {
        public override string ToString()
        {
            var properties = logEvent.Properties.Select(property => new LogEventProperty(property.Key, property.Value));
            return Format(formatter, new LogEvent(
                logEvent.Timestamp,
                logEvent.Level,
                logEvent.Exception,
                logEvent.MessageTemplate,
                properties.Append(UtcTimeOf(logEvent))));
        }
    }
}
