namespace Ews.ImService.Mailbox;

/// <summary>What realms may have of their own besides mailboxes: the time, and how GUIDs come to be.</summary>
public interface IRealms
{
    /// <summary>Tells the time in a realm.</summary>
    TimeProvider ClockOf(string realm);

    /// <summary>A GUID for a mailbox or one of its personas.</summary>
    /// <param name="mailbox">The mailbox.</param>
    /// <param name="number">0 for the mailbox itself; the number of the object that the persona is made for, which is never used twice.</param>
    Guid NewGuid(MailboxKey mailbox, long number);
}
