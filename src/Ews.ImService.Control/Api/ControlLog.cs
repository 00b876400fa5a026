using Microsoft.Extensions.Logging;

namespace Ews.ImService.Control.Api;

/// <summary>The events of this project in the log.</summary>
/// <remarks>One class, because the generator writes several in a random order, and the same source must yield the same assembly.</remarks>
internal static partial class ControlLog
{
    [LoggerMessage(Level = LogLevel.Error, Message = "Control API request {Method} {Path} failed")]
    public static partial void Failed(ILogger logger, string method, string path, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "Control API request {Method} {Path} failed: {Reason}")]
    public static partial void StorageFailed(ILogger logger, string method, string path, string reason);

    [LoggerMessage(Message = "Control call {Method} {Target} in realm {Realm}: {StatusCode}, from {Caller}")]
    public static partial void Called(
        ILogger logger, LogLevel level, string method, string target, string realm, int statusCode, string caller);
}
