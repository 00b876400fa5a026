using Ews.ImService.Mailbox;

namespace Ews.ImService.Postgres.Mailboxes;

/// <summary>The texts of notifications: the name of the instance, the realm and the address, each on a line.</summary>
internal static class NotificationText
{
    /// <summary>The name of the channel.</summary>
    public const string Channel = "ews_im_mailboxes";

    private const char Separator = '\n';
    private const string Any = "any";
    private const string Test = "test";

    /// <summary>Returns the text for a mailbox that an instance has changed.</summary>
    public static string Of(string instance, MailboxKey mailbox) =>
        string.Join(Separator, instance, mailbox.Realm, mailbox.SmtpAddress.Value);

    /// <summary>Returns the text for any mailboxes that an instance has changed.</summary>
    public static string OfAny(string instance) => string.Join(Separator, instance, Any);

    /// <summary>Returns the text with which an instance verifies that it receives notifications.</summary>
    public static string ToItself(string instance) => string.Join(Separator, instance, Test);

    /// <summary>Reads a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="instance">The name of this instance.</param>
    /// <param name="mailbox">The mailbox, or <c>null</c> for any.</param>
    /// <param name="isOwn"><c>true</c> if this instance sent it.</param>
    /// <returns><c>true</c> if another instance changed mailboxes; otherwise, <c>false</c>.</returns>
    public static bool TryRead(string text, string instance, out MailboxKey? mailbox, out bool isOwn)
    {
        var parts = text.Split(Separator);
        isOwn = parts[0] == instance;
        mailbox = parts is [_, var realm, var address] && SmtpAddress.TryParse(address, out var valid)
            ? new MailboxKey(realm, valid)
            : null;
        return !isOwn && (mailbox is not null || parts is [_, Any]);
    }
}
