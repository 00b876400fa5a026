namespace Ews.ImService.Mailbox;

/// <summary>Collects the addresses of the mailboxes of a realm that are changed, until it is disposed.</summary>
/// <remarks>One thread at a time calls the members; mailboxes are changed by other threads.</remarks>
public interface IMailboxWatch : IDisposable
{
    /// <summary>The maximum number of addresses that are collected.</summary>
    public const int MaxAddresses = 1000;

    /// <summary>
    /// Returns the addresses of the mailboxes that were created, changed, replaced or deleted since the last call, or since the watch was
    /// created. The changes are visible to readers.
    /// </summary>
    /// <returns>
    /// The addresses in no particular order, or <c>null</c> if more than <see cref="MaxAddresses"/> mailboxes were changed.
    /// </returns>
    IReadOnlyCollection<SmtpAddress>? TakeChanges();
}
