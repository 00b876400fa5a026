using Ews.ImService.Mailbox;

namespace Ews.ImService.Storage;

/// <summary>Where mailboxes are kept and how much they hold.</summary>
/// <param name="Path">A file, or <c>:memory:</c>.</param>
/// <param name="Limits">How much one mailbox holds.</param>
/// <param name="Realms">Tells creation times, and makes mailbox and persona GUIDs.</param>
public sealed record MailboxStoreOptions(string Path, MailboxLimits Limits, IRealms Realms)
{
    /// <summary>The path that means a database in memory, gone with the process.</summary>
    public const string InMemory = ":memory:";
}
