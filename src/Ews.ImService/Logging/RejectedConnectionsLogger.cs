namespace Ews.ImService.Logging;

/// <summary>Replaces the events of rejected connections, of which a flood causes thousands: the first is logged at once, and the others as
/// a number for each interval.</summary>
/// <param name="logger">The logger of the connections of the web server.</param>
/// <param name="clock">The clock that measures the interval.</param>
internal sealed class RejectedConnectionsLogger(ILogger logger, TimeProvider clock) : ILogger
{
    /// <summary>The source of the events.</summary>
    public const string Source = "Microsoft.AspNetCore.Server.Kestrel.Connections";

    /// <summary>The interval.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private const string RejectedEvent = "ConnectionRejected";

    private readonly Lock _lock = new();
    private ITimer? _timer;
    private int _count;

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => logger.BeginScope(state);

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => logger.IsEnabled(logLevel);

    /// <inheritdoc/>
    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (eventId.Name != RejectedEvent)
            logger.Log(logLevel, eventId, state, exception, formatter);
        else if (BeginInterval())
            HostLog.ConnectionsRejecting(logger);
    }

    /// <summary>Logs the number of connections that were rejected since the last event, and ends the interval.</summary>
    public void EndInterval()
    {
        int count;
        lock (_lock)
        {
            count = _count;
            _count = 0;
            _timer?.Dispose();
            _timer = count > 0 ? StartTimer() : null;
        }

        if (count > 0)
            HostLog.ConnectionsRejected(logger, count);
    }

    /// <summary>Begins an interval, or counts a connection in the present one.</summary>
    /// <returns><c>true</c> if an interval was begun; otherwise, <c>false</c>.</returns>
    private bool BeginInterval()
    {
        lock (_lock)
        {
            if (_timer is not null)
            {
                _count++;
                return false;
            }

            _timer = StartTimer();
            return true;
        }
    }

    private ITimer StartTimer() => clock.CreateTimer(_ => EndInterval(), null, Interval, Timeout.InfiniteTimeSpan);
}
