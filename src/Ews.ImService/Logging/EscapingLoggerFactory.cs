namespace Ews.ImService.Logging;

/// <summary>Passes events to the loggers of another factory, with values that are safe for the log.</summary>
/// <remarks>Message templates are part of the code, and are not changed. <see cref="TextLine"/> escapes the values of its lines.</remarks>
internal sealed class EscapingLoggerFactory(ILoggerFactory loggers) : ILoggerFactory
{
    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new EscapingLogger(loggers.CreateLogger(categoryName));

    /// <inheritdoc/>
    public void AddProvider(ILoggerProvider provider) => loggers.AddProvider(provider);

    /// <inheritdoc/>
    public void Dispose() => loggers.Dispose();

    /// <summary>Returns the properties of an event or a scope; <c>null</c> if it has none.</summary>
    private static KeyValuePair<string, object?>[]? Escape(object? state) =>
        (state as IReadOnlyList<KeyValuePair<string, object?>>)?.Select(Escape).ToArray();

    private static KeyValuePair<string, object?> Escape(KeyValuePair<string, object?> property) =>
        property.Key == TextLine.OriginalFormat ? property : new(property.Key, LogValue.Escape(property.Value));

    private sealed class EscapingLogger(ILogger logger) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull =>
            Escape(state) is { } properties ? logger.BeginScope(properties) : logger.BeginScope(LogValue.Escape($"{state}"));

        public bool IsEnabled(LogLevel logLevel) => logger.IsEnabled(logLevel);

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel))
                return;
            var escaped = LogValue.Escape(exception);
            if (Escape(state) is { } properties)
                logger.Log(logLevel, eventId, properties, escaped, (_, _) => Format());
            else
                logger.Log(logLevel, eventId, state, escaped, (_, _) => Format());

            string Format() => LogValue.Escape(formatter(state, exception));
        }
    }
}
