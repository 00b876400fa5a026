namespace Ews.ImService.Mailbox;

/// <summary>The change log of a mailbox: the range of numbers of its entries. The entries are in the store.</summary>
/// <param name="Id">The id of the log. A mailbox that is created, seeded, reset or restored has a new log.</param>
/// <param name="Start">The position after the entries that were removed, or 0 if none was.</param>
/// <param name="End">The number of the last change, or 0 if there is none.</param>
/// <remarks>
/// Clients keep positions in the log as opaque texts (Learn: "Mailbox synchronization and EWS in Exchange"). A position is the number of
/// the last change that a client has received.
/// </remarks>
public readonly record struct ChangeLog(long Id, long Start, long End)
{
    /// <summary>Creates an empty log for a mailbox.</summary>
    /// <param name="realms">The source of the id.</param>
    /// <param name="mailbox">The mailbox.</param>
    public static ChangeLog Create(IRealms realms, MailboxKey mailbox)
    {
        ArgumentNullException.ThrowIfNull(realms);
        return new ChangeLog(realms.NewLogId(mailbox), Start: 0, End: 0);
    }

    /// <summary>Determines whether the log contains all changes after a position.</summary>
    /// <param name="logId">The id of the log to which the position belongs.</param>
    /// <param name="position">The position.</param>
    public bool Continues(long logId, long position) => logId == Id && position >= Start && position <= End;
}
