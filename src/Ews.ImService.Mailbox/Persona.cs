using System.Collections.Immutable;

namespace Ews.ImService.Mailbox;

/// <summary>A person as the mailbox shows one: a view over one or more contacts. Learn: "Persona".</summary>
/// <param name="Id">The persona's own id.</param>
/// <param name="CreationTime">When its first contact was made, UTC; null for somebody of the directory.</param>
/// <param name="Sources">The contacts, at least one: ordinary ones first, then the IM contact.</param>
public sealed record Persona(PersonaId Id, DateTime? CreationTime, IReadOnlyList<PersonaSource> Sources)
{
    private static readonly ImmutableArray<int> OnlySource = [0];

    /// <summary>The name to show; a phone contact's is its number.</summary>
    public string DisplayName => this[ContactPath.DisplayName] ?? string.Empty;

    /// <summary>Whether it is a phone contact and nothing else, which Exchange shows without most names.</summary>
    public bool IsPhoneContact { get; private init; }

    /// <summary>The first source's value, or null where no source has one.</summary>
    public string? this[string path]
    {
        get
        {
            foreach (var source in Sources)
            {
                if (source.Properties[path] is { } value)
                    return value;
            }

            return null;
        }
    }

    /// <summary>The persona of an IM contact, with the ordinary contacts of the same person.</summary>
    public static Persona Of(MailboxState mailbox, QuickContact contact)
    {
        ArgumentNullException.ThrowIfNull(mailbox);
        ArgumentNullException.ThrowIfNull(contact);
        var contacts = mailbox.ContactsOf(contact);
        if (contacts.Count == 0)
            return new Persona(contact.PersonaId, contact.CreationTime, [PersonaSource.Of(mailbox, contact)]) { IsPhoneContact = contact.TelUri is not null };

        var first = contacts.Min(other => other.CreationTime);
        return new Persona(
            contact.PersonaId,
            first < contact.CreationTime ? first : contact.CreationTime,
            [.. contacts.Select(other => PersonaSource.Of(mailbox, other)), PersonaSource.Of(mailbox, contact)]);
    }

    /// <summary>The persona of an ordinary contact: its own, or that of the IM contact of the same person.</summary>
    public static Persona Of(MailboxState mailbox, Contact contact)
    {
        ArgumentNullException.ThrowIfNull(mailbox);
        ArgumentNullException.ThrowIfNull(contact);
        return mailbox.QuickContactOf(contact) is { } quickContact
            ? Of(mailbox, quickContact)
            : new Persona(contact.PersonaId, contact.CreationTime, [PersonaSource.Of(mailbox, contact)]);
    }

    /// <summary>A property's different values, each with the numbers of the sources that say it.</summary>
    public IEnumerable<(string Value, ImmutableArray<int> Sources)> Values(string path) => Values(source => source.Properties[path]);

    /// <summary>As <see cref="Values(string)"/>, of whatever is said of a source; null says nothing.</summary>
    public IEnumerable<(string Value, ImmutableArray<int> Sources)> Values(Func<PersonaSource, string?> said)
    {
        if (Sources.Count > 1)
            return Grouped(said);
        return said(Sources[0]) is { } value ? [(value, OnlySource)] : [];
    }

    /// <summary>Whether a query finds the person, see <see cref="SearchWords"/>.</summary>
    public bool Matches(string query) => SearchWords.Match(Sources.Select(source => source.Properties), query);

    /// <summary>Whether this is the person with an address, in mail's form or in IM's.</summary>
    public bool HasAddress(string address)
    {
        var key = Mailbox.ImAddress.Key(address);
        return key.Length > 0 && Sources.SelectMany(source => ContactPath.Addresses.Select(path => source.Properties[path])).OfType<string>().Any(own => Mailbox.ImAddress.Key(own) == key);
    }

    private IEnumerable<(string Value, ImmutableArray<int> Sources)> Grouped(Func<PersonaSource, string?> said) => Sources
        .Select((source, number) => (Value: said(source), Number: number))
        .Where(one => one.Value is not null)
        .GroupBy(one => one.Value!, one => one.Number, StringComparer.OrdinalIgnoreCase)
        .Select(group => (group.Key, group.ToImmutableArray()));
}

/// <summary>A contact, or an entry of the directory, as part of a persona.</summary>
/// <param name="Attribution">Where it is.</param>
/// <param name="Properties">What it says.</param>
public sealed record PersonaSource(PersonaAttribution Attribution, ContactProperties Properties)
{
    /// <summary>An IM contact.</summary>
    public static PersonaSource Of(MailboxState mailbox, QuickContact contact) => new(PersonaAttribution.Of(mailbox, contact), contact.Properties);

    /// <summary>An ordinary contact.</summary>
    public static PersonaSource Of(MailboxState mailbox, Contact contact) => new(PersonaAttribution.Of(mailbox, contact), ContactNames.Complete(contact.Properties));

    /// <summary>The name beside an e-mail address: an IM contact's own, and for an ordinary contact the address again.</summary>
    public string? AddressName => Attribution.NamesItsAddresses ? Properties[ContactPath.DisplayName] : null;
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
    private const string Outlook = "Outlook";

    /// <summary>Whether e-mail addresses are shown with the person's name, and not with the address as their name.</summary>
    public bool NamesItsAddresses { get; private init; } = true;

    /// <summary>An IM contact; phone contacts look like those of later Exchange builds, on whose documentation pages they stand.</summary>
    public static PersonaAttribution Of(MailboxState mailbox, QuickContact contact)
    {
        var changeKey = ChangeKey.ForContact(mailbox.MailboxGuid, contact.Version);
        return contact.TelUri is null
            ? new PersonaAttribution(contact.Id.Value, changeKey, Outlook, IsWritable: true, IsQuickContact: true, MailboxFolder.QuickContacts.Id(mailbox.MailboxGuid))
            : new PersonaAttribution(contact.Id.Value, changeKey, "Lync Contacts", IsWritable: false, IsQuickContact: true, FolderId: null);
    }

    /// <summary>An ordinary contact. Learn: "GetImItemList operation".</summary>
    public static PersonaAttribution Of(MailboxState mailbox, Contact contact)
    {
        var changeKey = ChangeKey.ForContact(mailbox.MailboxGuid, contact.Version);
        return new PersonaAttribution(contact.Id.Value, changeKey, Outlook, IsWritable: true, IsQuickContact: false, MailboxFolder.Contacts.Id(mailbox.MailboxGuid))
        {
            NamesItsAddresses = false,
        };
    }

    /// <summary>Somebody of the directory.</summary>
    public static PersonaAttribution OfDirectory(string id) =>
        new(id, ChangeKey.Member, "GAL", IsWritable: false, IsQuickContact: false, FolderId: null);
}
