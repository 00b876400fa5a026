namespace Ews.ImService.Mailbox;

/// <summary>The times of a request in the store.</summary>
/// <param name="Queue">The time until the writer took the request from its queue.</param>
/// <param name="Commit">The duration of the commit, which the request shares with others.</param>
public readonly record struct StoreTimes(TimeSpan Queue, TimeSpan Commit);
