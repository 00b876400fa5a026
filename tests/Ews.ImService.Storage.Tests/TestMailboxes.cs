using Ews.ImService.Mailbox;

namespace Ews.ImService.Storage.Tests;

/// <summary>Creates keys and states of mailboxes from the texts that tests write.</summary>
internal static class TestMailboxes
{
    public static MailboxKey Key(string address) => new(MailboxKey.DefaultRealm, SmtpAddress.Parse(address));

    public static MailboxState State(Guid mailboxGuid, string address) => new(mailboxGuid, SmtpAddress.Parse(address));
}
