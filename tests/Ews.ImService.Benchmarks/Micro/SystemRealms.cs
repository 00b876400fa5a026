using Ews.ImService.Mailbox;

namespace Ews.ImService.Benchmarks.Micro;

/// <summary>Realms with the system clock and random GUIDs.</summary>
internal sealed class SystemRealms : IRealms
{
    public TimeProvider ClockOf(string realm) => TimeProvider.System;

    public Guid NewGuid(MailboxKey mailbox, long number) => Guid.NewGuid();

    public long NewLogId(MailboxKey mailbox) => 1;

    public Guid NewSubscriptionGuid(MailboxKey mailbox) => Guid.NewGuid();
}
