namespace Ews.ImService.Mailbox;

/// <summary>A person as the mailbox shows one: a view over one or more contacts. Learn: "Persona".</summary>
/// <param name="Id">The persona's own id.</param>
/// <param name="CreationTime">When its first contact was made, UTC.</param>
/// <param name="DisplayName">The name to show; a phone contact's is its number.</param>
/// <param name="Attributions">Where the data comes from.</param>
public sealed record Persona(PersonaId Id, DateTime CreationTime, string DisplayName, IReadOnlyList<PersonaAttribution> Attributions)
{
    /// <summary>The IM address as it was given; null for a phone contact.</summary>
    public string? ImAddress { get; init; }

    /// <summary>The address in mail's form; null where there is none.</summary>
    public string? EmailAddress { get; init; }

    /// <summary>The number of a phone contact; null for all others.</summary>
    public string? TelephoneNumber { get; init; }

    /// <summary>The persona of an IM contact.</summary>
    public static Persona Of(MailboxState mailbox, QuickContact contact)
    {
        ArgumentNullException.ThrowIfNull(mailbox);
        ArgumentNullException.ThrowIfNull(contact);
        var changeKey = ChangeKey.ForContact(mailbox.MailboxGuid, contact.Version);
        var folderId = contact.TelUri is null ? mailbox.QuickContactsFolderId : null;
        return new Persona(contact.PersonaId, contact.CreationTime, contact.DisplayName, [new PersonaAttribution(contact.Id, changeKey, folderId)])
        {
            ImAddress = contact.ImAddress,
            EmailAddress = contact.ImAddress is { } address && Mailbox.ImAddress.WithoutScheme(address) is { Length: > 0 } email ? email : null,
            TelephoneNumber = contact.TelUri?.ImTelephoneNumber,
        };
    }
}

/// <summary>One source of a persona's data: a contact in the Quick Contacts folder. Learn: "Attribution".</summary>
/// <param name="SourceId">The contact.</param>
/// <param name="SourceChangeKey">The contact's change key, with its version.</param>
/// <param name="FolderId">The folder that holds it; null where Exchange does not tell it, as for phone contacts.</param>
public sealed record PersonaAttribution(ImContactId SourceId, string SourceChangeKey, string? FolderId);
