namespace Ews.ImService.Postgres.Mailboxes;

/// <summary>A counter that all instances share. Its update is a statement of its own, so that its row is locked for a short time.</summary>
internal sealed class CounterRow
{
    /// <summary>The name of the counter of the row keys of mailboxes.</summary>
    public const string MailboxId = "MailboxId";

    public required string Name { get; set; }

    /// <summary>Gets or sets the last number that was assigned.</summary>
    public long Value { get; set; }
}
