using Ews.ImService.Settings;

namespace Ews.ImService.Logging;

/// <summary>Creates loggers that write text lines.</summary>
/// <param name="level">The minimum level of events.</param>
/// <param name="write">Receives the text of each event, which ends with a line break.</param>
/// <param name="createFallback">Creates the loggers for events that <see cref="TextLine"/> cannot represent.</param>
internal sealed class TextLoggerFactory(LogThreshold level, Action<string> write, Func<ILoggerFactory> createFallback) : ILoggerFactory
{
    /// <summary>
    /// The source of events about each request, and of one about a failed start. While it is enabled, ASP.NET Core creates an activity
    /// and a scope for every request, which text lines do not show.
    /// </summary>
    private const string RequestDiagnostics = "Microsoft.AspNetCore.Hosting.Diagnostics";

    private readonly Lazy<ILoggerFactory> _fallback = new(createFallback);

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) =>
        new TextLogger(this, categoryName, categoryName == RequestDiagnostics ? null : LogLevels.Of(categoryName, level));

    /// <inheritdoc/>
    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("The log of the service has one output.");

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_fallback.IsValueCreated)
            _fallback.Value.Dispose();
    }

    private sealed class TextLogger(TextLoggerFactory factory, string category, LogThreshold? minimum) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        // The levels of Microsoft.Extensions.Logging and of Serilog have the same order and numbers.
        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None && (LogThreshold)logLevel >= minimum;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel))
                return;
            if (exception is null && TextLine.TryFormat(logLevel, state) is { } line)
                factory.Write(line);
            else
                factory._fallback.Value.CreateLogger(category).Log(logLevel, eventId, state, exception, formatter);
        }
    }

    private void Write(string line) => write(line);
}
