using Ews.ImService.Mailbox;

namespace Ews.ImService.Storage;

/// <summary>A mailbox that is on disk.</summary>
/// <param name="RowId">Its key in the database.</param>
/// <param name="Key">Which it is.</param>
/// <param name="State">What it holds, or null while nobody has asked.</param>
internal sealed record StoredMailbox(int RowId, MailboxKey Key, MailboxState? State);
