using Ews.ImService.Settings;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ews.ImService.Logging;

/// <summary>The log of the service: its loggers, and the output that they write to.</summary>
/// <remarks>
/// Serilog is used for its own configuration, for JSON, for the colors of a terminal, and for events that the simple format cannot
/// represent. Otherwise it is not loaded (docs/decisions/0018-log.md).
/// </remarks>
internal sealed class ServiceLog : IAsyncDisposable
{
    private readonly ServiceLoggerFactory _loggers;
    private readonly IAsyncDisposable? _output;

    private ServiceLog(ILoggerFactory loggers, IAsyncDisposable? output, LogTail? tail) =>
        (_loggers, _output, Tail) = (new ServiceLoggerFactory(loggers), output, tail);

    /// <summary>Gets the loggers.</summary>
    public ILoggerFactory Loggers => _loggers;

    /// <summary>Gets the newest events for the control API; <c>null</c> if the API is not enabled.</summary>
    public LogTail? Tail { get; }

    /// <summary>Creates the log.</summary>
    /// <exception cref="Configuration.SettingsException">Serilog's own configuration is not valid.</exception>
    public static ServiceLog Create(ServiceSettings settings)
    {
        var tail = settings.Control.IsEnabled ? new LogTail() : null;
        return settings switch
        {
            { Serilog: { } own } when SerilogLog.HasSinks(own) => CreateSerilog(SerilogLog.Create(settings, tail), tail),
            { IsHosted: true } => CreateHosted(settings, tail),
            { LogFormat: LogFormat.Text } when !Console.IsOutputRedirected =>
                CreateSerilog(SerilogLog.CreateForTerminal(settings, tail), tail),
            _ => CreateConsole(settings, tail),
        };
    }

    /// <summary>Ends the waiting of callers for a slow reader of the output, which must not keep the process alive.</summary>
    public void BeginStop() => (_output as ConsoleOutput)?.BeginStop();

    /// <summary>Writes the lines that are not yet written.</summary>
    public ValueTask DisposeAsync()
    {
        _loggers.Flush();
        return _output?.DisposeAsync() ?? default;
    }

    /// <summary>Passes each event to the program that hosts the service.</summary>
    private static ServiceLog CreateHosted(ServiceSettings settings, LogTail? tail)
    {
        if (settings is { Serilog: null, LogLine: null, Loggers: null })
            return new ServiceLog(NullLoggerFactory.Instance, null, tail);
        var log = CreateLines(settings with { LogFormat = LogFormat.Text }, WriteTo(settings.LogLine), null, tail);
        return settings.Loggers is { } loggers ? new ServiceLog(new HostLoggerFactory(log.Loggers, loggers), null, tail) : log;
    }

    private static Action<string> WriteTo(Action<string>? line)
    {
        var callback = new HostCallback();
        return line is null ? _ => { } : text => callback.Run(() => line(text.TrimEnd()));
    }

    private static ServiceLog CreateConsole(ServiceSettings settings, LogTail? tail)
    {
        var output = new ConsoleOutput();
        return CreateLines(settings, output.Write, output, tail);
    }

    private static ServiceLog CreateLines(ServiceSettings settings, Action<string> write, IAsyncDisposable? output, LogTail? tail)
    {
        if (settings.Serilog is not null || settings.LogFormat == LogFormat.Json)
            return new ServiceLog(CreateSerilog(), output, tail);
        return new ServiceLog(new TextLoggerFactory(settings.LogLevel, Write, CreateSerilog), output, tail);

        ILoggerFactory CreateSerilog() => SerilogLog.Create(settings, Write).Loggers;

        void Write(string text)
        {
            tail?.Add(text);
            write(text);
        }
    }

    private static ServiceLog CreateSerilog(SerilogLog serilog, LogTail? tail) => new(serilog.Loggers, serilog, tail);
}
