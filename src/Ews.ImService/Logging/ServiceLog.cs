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
    private readonly IAsyncDisposable? _output;

    private ServiceLog(ILoggerFactory loggers, IAsyncDisposable? output) => (Loggers, _output) = (loggers, output);

    /// <summary>Gets the loggers.</summary>
    public ILoggerFactory Loggers { get; }

    /// <summary>Creates the log.</summary>
    /// <exception cref="Configuration.SettingsException">Serilog's own configuration is not valid.</exception>
    public static ServiceLog Create(ServiceSettings settings) => settings switch
    {
        { Serilog: { } own } when SerilogLog.HasSinks(own) => CreateSerilog(SerilogLog.Create(settings)),
        { IsHosted: true } => CreateHosted(settings),
        { LogFormat: LogFormat.Text } when !Console.IsOutputRedirected => CreateSerilog(SerilogLog.CreateForTerminal(settings)),
        _ => CreateConsole(settings),
    };

    /// <summary>Ends the waiting of callers for a slow reader of the output, which must not keep the process alive.</summary>
    public void BeginStop() => (_output as ConsoleOutput)?.BeginStop();

    /// <summary>Writes the lines that are not yet written.</summary>
    public ValueTask DisposeAsync() => _output?.DisposeAsync() ?? default;

    /// <summary>Passes each line to the program that hosts the service.</summary>
    private static ServiceLog CreateHosted(ServiceSettings settings)
    {
        var writeLine = settings.LogLine;
        if (settings.Serilog is null && writeLine is null)
            return new ServiceLog(NullLoggerFactory.Instance, null);
        return CreateLines(settings with { LogFormat = LogFormat.Text }, text => writeLine?.Invoke(text.TrimEnd()), null);
    }

    private static ServiceLog CreateConsole(ServiceSettings settings)
    {
        var output = new ConsoleOutput();
        return CreateLines(settings, output.Write, output);
    }

    private static ServiceLog CreateLines(ServiceSettings settings, Action<string> write, IAsyncDisposable? output)
    {
        if (settings.Serilog is not null || settings.LogFormat == LogFormat.Json)
            return new ServiceLog(CreateSerilog(), output);
        return new ServiceLog(new TextLoggerFactory(settings.LogLevel, write, CreateSerilog), output);

        ILoggerFactory CreateSerilog() => SerilogLog.Create(settings, write).Loggers;
    }

    private static ServiceLog CreateSerilog(SerilogLog serilog) => new(serilog.Loggers, serilog);
}
