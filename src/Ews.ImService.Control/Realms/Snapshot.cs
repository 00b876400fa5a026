using System.Text.Json.Serialization;
using Ews.ImService.Mailbox;

namespace Ews.ImService.Control.Realms;

/// <summary>A copy of all mailboxes of a realm.</summary>
/// <param name="Name">The name.</param>
/// <param name="TakenAt">The time of the realm at which it was taken.</param>
/// <param name="MailboxCount">The number of mailboxes.</param>
/// <param name="Id">The id of the copy in a shared database; otherwise, an empty GUID.</param>
public sealed record Snapshot(string Name, DateTimeOffset TakenAt, int MailboxCount, Guid Id)
{
    /// <summary>Gets the mailboxes if they are in memory; otherwise, <c>null</c>.</summary>
    [JsonIgnore]
    internal IReadOnlyList<MailboxState>? Mailboxes { get; init; }
}
