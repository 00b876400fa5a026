namespace Ews.ImService.Mailbox;

/// <summary>The result of an update.</summary>
/// <param name="Item">The item after the update.</param>
/// <param name="Conflicts">The number of conflicts with changes made after the caller read the item, in which the update prevailed.</param>
/// <remarks>Learn: "ConflictResults".</remarks>
public sealed record ItemUpdate(MailboxItem Item, int Conflicts);
