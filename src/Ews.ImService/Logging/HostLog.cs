namespace Ews.ImService.Logging;

/// <summary>The events of this project in the log.</summary>
/// <remarks>One class, because the generator writes several in a random order, and the same source must yield the same assembly.</remarks>
internal static partial class HostLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Ready. EWS clients use {EwsUrls:l}; the database is {Database}")]
    public static partial void Ready(ILogger logger, string ewsUrls, string database);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Migration:l} was applied to {Database:l}")]
    public static partial void Migrated(ILogger logger, string migration, string database);

    [LoggerMessage(Level = LogLevel.Information, Message = "Traces or metrics are exported by OTLP, as the environment configures it")]
    public static partial void Exporting(ILogger logger);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Warning:l}")]
    public static partial void Warning(ILogger logger, string warning);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The preparation for the first requests failed")]
    public static partial void PreparationFailed(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Information, Message = "Standard input has ended")]
    public static partial void InputEnded(ILogger logger);

    [LoggerMessage(Level = LogLevel.Information, Message = "The service is not ready any more, and will stop in {Seconds} s")]
    public static partial void Draining(ILogger logger, double seconds);

    [LoggerMessage(Level = LogLevel.Information, Message = "The service is shutting down")]
    public static partial void ShuttingDown(ILogger logger);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Changes that were not acknowledged are discarded, because they take too long")]
    public static partial void ChangesDiscarded(ILogger logger);

    [LoggerMessage(Level = LogLevel.Information, Message = "The service has stopped")]
    public static partial void Stopped(ILogger logger);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "A connection was rejected, because as many are open as Limits:MaxConnections allows; others are counted")]
    public static partial void ConnectionsRejecting(ILogger logger);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} more connections were rejected since the last event about them")]
    public static partial void ConnectionsRejected(ILogger logger, int count);
}
