namespace Ews.ImService.Logging;

/// <summary>Passes events to the loggers of another factory, those of rejected connections in a shorter form.</summary>
internal sealed class ServiceLoggerFactory : ILoggerFactory
{
    private readonly ILoggerFactory _loggers;
    private readonly Lazy<RejectedConnectionsLogger> _connections;

    /// <summary>Initializes a factory.</summary>
    /// <param name="loggers">The factory of the loggers that write the events.</param>
    public ServiceLoggerFactory(ILoggerFactory loggers)
    {
        _loggers = loggers;
        _connections = new(() => new(loggers.CreateLogger(RejectedConnectionsLogger.Source), TimeProvider.System));
    }

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) =>
        categoryName == RejectedConnectionsLogger.Source ? _connections.Value : _loggers.CreateLogger(categoryName);

    /// <inheritdoc/>
    public void AddProvider(ILoggerProvider provider) => _loggers.AddProvider(provider);

    /// <summary>Writes the events that are counted and not yet written.</summary>
    public void Flush()
    {
        if (_connections.IsValueCreated)
            _connections.Value.EndInterval();
    }

    /// <inheritdoc/>
    public void Dispose() => _loggers.Dispose();
}
