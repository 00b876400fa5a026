namespace Ews.ImService.Storage;

/// <summary>A mailbox: its realm, address, GUID, and the last number that it gave to an item or membership.</summary>
internal sealed class MailboxRow
{
    public int Id { get; set; }

    public required string Realm { get; set; }

    public required string SmtpAddress { get; set; }

    public required string SmtpAddressKey { get; set; }

    public Guid MailboxGuid { get; set; }

    public long LastCounter { get; set; }

    public bool ImListMigrationCompleted { get; set; }
}

/// <summary>An IM group.</summary>
internal sealed class ImGroupRow
{
    public int MailboxId { get; set; }

    public long Ordinal { get; set; }

    public required string EwsId { get; set; }

    public required string GroupType { get; set; }

    public required string DisplayName { get; set; }

    public required string DisplayNameKey { get; set; }

    public string? SmtpAddress { get; set; }
}

/// <summary>An IM contact of the Quick Contacts folder; the tel and SIP columns are a phone contact's, whose ImAddress is empty.</summary>
internal sealed class QuickContactRow
{
    public int MailboxId { get; set; }

    public long Ordinal { get; set; }

    public required string EwsId { get; set; }

    public required string PersonaId { get; set; }

    public required string ImAddress { get; set; }

    public required string ImAddressKey { get; set; }

    public required string DisplayName { get; set; }

    public long CreationTime { get; set; }

    public long Version { get; set; }

    public long LastModifiedTime { get; set; }

    public required string Properties { get; set; }

    public string? TelUriAddress { get; set; }

    public string? ImContactSipUriAddress { get; set; }

    public string? ImTelephoneNumber { get; set; }
}

/// <summary>An ordinary contact; its properties are one JSON object.</summary>
internal sealed class ContactRow
{
    public int MailboxId { get; set; }

    public long Ordinal { get; set; }

    public required string EwsId { get; set; }

    public required string PersonaId { get; set; }

    public required string Properties { get; set; }

    public long CreationTime { get; set; }

    public long LastModifiedTime { get; set; }

    public long Version { get; set; }
}

/// <summary>That a contact is in a group.</summary>
internal sealed class MembershipRow
{
    public int MailboxId { get; set; }

    public long GroupOrdinal { get; set; }

    public long ContactOrdinal { get; set; }

    public long Ordinal { get; set; }
}
