namespace Ews.ImService.Mailbox;

/// <summary>A person as the mailbox shows one: a view over one or more contacts. Learn: "Persona".</summary>
/// <param name="Id">The persona's own id.</param>
/// <param name="CreationTime">When its first contact was made, UTC; null for somebody of the directory.</param>
/// <param name="DisplayName">The name to show; a phone contact's is its number.</param>
/// <param name="Attributions">Where the data comes from.</param>
public sealed record Persona(PersonaId Id, DateTime? CreationTime, string DisplayName, IReadOnlyList<PersonaAttribution> Attributions)
{
    /// <summary>The IM address as it was given; null for a phone contact.</summary>
    public string? ImAddress { get; init; }

    /// <summary>The address in mail's form; null where there is none.</summary>
    public string? EmailAddress { get; init; }

    /// <summary>The number of a phone contact; null for all others.</summary>
    public string? TelephoneNumber { get; init; }

    /// <summary>The company, if the directory tells it.</summary>
    public string? CompanyName { get; init; }

    /// <summary>The job title, if the directory tells it.</summary>
    public string? Title { get; init; }

    /// <summary>The department, if the directory tells it.</summary>
    public string? Department { get; init; }

    /// <summary>The persona of an IM contact.</summary>
    public static Persona Of(MailboxState mailbox, QuickContact contact)
    {
        ArgumentNullException.ThrowIfNull(mailbox);
        ArgumentNullException.ThrowIfNull(contact);
        return new Persona(contact.PersonaId, contact.CreationTime, contact.DisplayName, [PersonaAttribution.Of(mailbox, contact)])
        {
            ImAddress = contact.ImAddress,
            EmailAddress = contact.ImAddress is { } address && Mailbox.ImAddress.WithoutScheme(address) is { Length: > 0 } email ? email : null,
            TelephoneNumber = contact.TelUri?.ImTelephoneNumber,
        };
    }

    /// <summary>Whether every word of a query begins some word of a name, address or company.</summary>
    public bool Matches(string query)
    {
        char[] separators = [' ', '\t', '\r', '\n', ',', '.', '@', '-', '_', ':'];
        var texts = new[] { DisplayName, EmailAddress, ImAddress, CompanyName }.OfType<string>().ToList();
        var words = texts.SelectMany(text => text.Split(separators, StringSplitOptions.RemoveEmptyEntries)).Concat(texts).ToList();
        return query.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .All(asked => words.Any(word => word.StartsWith(asked, StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>Whether this is the person with an address, in mail's form or in IM's.</summary>
    public bool HasAddress(string address)
    {
        var key = Mailbox.ImAddress.Key(address);
        return (EmailAddress is not null && Mailbox.ImAddress.Key(EmailAddress) == key) || (ImAddress is not null && Mailbox.ImAddress.Key(ImAddress) == key);
    }
}

/// <summary>One source of a persona's data. Learn: "Attribution".</summary>
/// <param name="SourceId">The item that it is.</param>
/// <param name="SourceChangeKey">That item's change key.</param>
/// <param name="DisplayName">What the source is called.</param>
/// <param name="IsWritable">Whether the person may be changed there.</param>
/// <param name="IsQuickContact">Whether the item lies in the Quick Contacts folder.</param>
/// <param name="FolderId">The folder that holds it; null where Exchange does not tell it, as for phone contacts.</param>
public sealed record PersonaAttribution(string SourceId, string SourceChangeKey, string DisplayName, bool IsWritable, bool IsQuickContact, string? FolderId)
{
    /// <summary>An IM contact; phone contacts look like those of later Exchange builds, on whose documentation pages they stand.</summary>
    public static PersonaAttribution Of(MailboxState mailbox, QuickContact contact)
    {
        var changeKey = ChangeKey.ForContact(mailbox.MailboxGuid, contact.Version);
        return contact.TelUri is null
            ? new PersonaAttribution(contact.Id.Value, changeKey, "Outlook", IsWritable: true, IsQuickContact: true, mailbox.QuickContactsFolderId)
            : new PersonaAttribution(contact.Id.Value, changeKey, "Lync Contacts", IsWritable: false, IsQuickContact: true, FolderId: null);
    }

    /// <summary>Somebody of the directory.</summary>
    public static PersonaAttribution OfDirectory(string id) =>
        new(id, ChangeKey.Member, "GAL", IsWritable: false, IsQuickContact: false, FolderId: null);
}
