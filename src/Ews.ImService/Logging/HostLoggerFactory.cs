namespace Ews.ImService.Logging;

/// <summary>Passes the events of the log to the loggers of the program that hosts the service as well.</summary>
/// <param name="log">The loggers of the service, which determine the minimum level of events.</param>
/// <param name="host">The loggers of the program, which can ignore further events. They are not disposed of.</param>
internal sealed class HostLoggerFactory(ILoggerFactory log, ILoggerFactory host) : ILoggerFactory
{
    private readonly EscapingLoggerFactory _host = new(host);
    private readonly HostCallback _callback = new();

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) =>
        new HostLogger(log.CreateLogger(categoryName), _host.CreateLogger(categoryName), _callback);

    /// <inheritdoc/>
    public void AddProvider(ILoggerProvider provider) =>
        throw new NotSupportedException("Providers are added by the program that hosts the service.");

    /// <inheritdoc/>
    public void Dispose() => log.Dispose();

    private sealed class HostLogger(ILogger log, ILogger host, HostCallback callback) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => host.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => log.IsEnabled(logLevel);

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!log.IsEnabled(logLevel))
                return;
            log.Log(logLevel, eventId, state, exception, formatter);
            callback.Run(() => host.Log(logLevel, eventId, state, exception, formatter));
        }
    }
}
