namespace Ews.ImService.Mailbox;

/// <summary>A person as the mailbox shows one: a view over one or more contacts. Learn: "Persona".</summary>
/// <param name="Id">The persona's own id.</param>
/// <param name="CreationTime">When its first contact was made, UTC.</param>
/// <param name="DisplayName">The name to show.</param>
/// <param name="ImAddress">The IM address as it was given.</param>
/// <param name="EmailAddress">The address in mail's form.</param>
/// <param name="Attributions">Where the data comes from.</param>
public sealed record Persona(
    PersonaId Id,
    DateTime CreationTime,
    string DisplayName,
    string ImAddress,
    string EmailAddress,
    IReadOnlyList<PersonaAttribution> Attributions)
{
    /// <summary>The persona of an IM contact.</summary>
    public static Persona Of(MailboxState mailbox, QuickContact contact)
    {
        ArgumentNullException.ThrowIfNull(mailbox);
        ArgumentNullException.ThrowIfNull(contact);
        return new Persona(
            contact.PersonaId,
            contact.CreationTime,
            contact.DisplayName,
            contact.ImAddress,
            Mailbox.ImAddress.WithoutScheme(contact.ImAddress),
            [new PersonaAttribution(contact.Id, ChangeKey.ForContact(mailbox.MailboxGuid, contact.Version), mailbox.QuickContactsFolderId)]);
    }
}

/// <summary>One source of a persona's data: a contact in the Quick Contacts folder. Learn: "Attribution".</summary>
/// <param name="SourceId">The contact.</param>
/// <param name="SourceChangeKey">The contact's change key, with its version.</param>
/// <param name="FolderId">The folder that holds it.</param>
public sealed record PersonaAttribution(ImContactId SourceId, string SourceChangeKey, string FolderId);
