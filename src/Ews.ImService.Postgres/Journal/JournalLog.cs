using Microsoft.Extensions.Logging;

namespace Ews.ImService.Postgres.Journal;

/// <summary>The log messages of the journal.</summary>
internal static partial class JournalLog
{
    [LoggerMessage(
        EventId = 1,
        EventName = "JournalNotStored",
        Level = LogLevel.Warning,
        Message = "Requests cannot be stored in the journal now, and are stored later: {Problem}")]
    public static partial void NotStored(ILogger log, string problem);

    [LoggerMessage(
        EventId = 2, EventName = "JournalStored", Level = LogLevel.Information, Message = "Requests are stored in the journal again.")]
    public static partial void Stored(ILogger log);

    [LoggerMessage(
        EventId = 3, EventName = "JournalLost", Level = LogLevel.Warning, Message = "{Count} requests were not stored in the journal.")]
    public static partial void Lost(ILogger log, int count);

    [LoggerMessage(
        EventId = 4,
        EventName = "JournalRejected",
        Level = LogLevel.Error,
        Message = "A request to {Realm} was not stored in the journal, because the database rejected it.")]
    public static partial void Rejected(ILogger log, string realm, Exception exception);
}
