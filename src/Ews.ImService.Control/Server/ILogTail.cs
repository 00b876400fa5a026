using Ews.ImService.Control.Contract;

namespace Ews.ImService.Control.Server;

/// <summary>The newest events of the log. The application implements it.</summary>
internal interface ILogTail
{
    /// <summary>Gets the id of the newest event; 0 if there is none.</summary>
    long LastId { get; }

    /// <summary>Returns the newest events.</summary>
    /// <param name="after">The id after which events are returned; 0 for all that are kept.</param>
    /// <param name="limit">The maximum number of events.</param>
    LogPage Read(long after, int limit);
}
