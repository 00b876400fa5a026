namespace Ews.ImService.Mailbox;

/// <summary>Provides the clock and the new ids of each realm.</summary>
public interface IRealms
{
    /// <summary>Returns the clock of a realm.</summary>
    /// <param name="realm">The name of the realm.</param>
    TimeProvider ClockOf(string realm);

    /// <summary>Returns a GUID for a new mailbox or a new persona of a mailbox.</summary>
    /// <param name="mailbox">The mailbox.</param>
    /// <param name="number">
    /// 0 for the mailbox; otherwise, the ordinal of the item that the persona represents, which is unique in the mailbox.
    /// </param>
    Guid NewGuid(MailboxKey mailbox, long number);

    /// <summary>Returns an id for a new change log of a mailbox.</summary>
    /// <param name="mailbox">The mailbox.</param>
    long NewLogId(MailboxKey mailbox);

    /// <summary>Returns a GUID for the id of a new subscription.</summary>
    /// <param name="mailbox">The mailbox.</param>
    Guid NewSubscriptionGuid(MailboxKey mailbox);
}
