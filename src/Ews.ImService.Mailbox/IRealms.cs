namespace Ews.ImService.Mailbox;

/// <summary>What realms may have of their own besides mailboxes: the time, and how GUIDs come to be.</summary>
public interface IRealms
{
    /// <summary>Tells the time in a realm.</summary>
    TimeProvider ClockOf(string realm);

    /// <summary>A GUID for a mailbox or one of its personas, never given twice in a realm.</summary>
    Guid NewGuid(MailboxKey mailbox);
}
