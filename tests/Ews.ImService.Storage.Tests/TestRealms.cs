using Ews.ImService.Mailbox;

namespace Ews.ImService.Storage.Tests;

/// <summary>Realms with the system clock and the GUIDs of a test.</summary>
internal sealed class TestRealms(Func<Guid> newGuid) : IRealms
{
    public static readonly TestRealms Random = new(Guid.NewGuid);

    private long _lastLogId;

    public TimeProvider ClockOf(string realm) => TimeProvider.System;

    public Guid NewGuid(MailboxKey mailbox, long number) => newGuid();

    public long NewLogId(MailboxKey mailbox) => ++_lastLogId;

    public Guid NewSubscriptionGuid(MailboxKey mailbox) => newGuid();
}
