using System.Collections.Immutable;

namespace Ews.ImService.Mailbox;

/// <summary>A person, represented by one or more contacts, or by an entry of the directory.</summary>
/// <param name="Id">The id of the persona.</param>
/// <param name="CreationTime">The creation time of the first contact in UTC, or <c>null</c> for a user of the directory.</param>
/// <param name="Sources">The sources, at least one: the ordinary contacts first, then the IM contact.</param>
/// <remarks>Learn: "Persona".</remarks>
public sealed record Persona(PersonaId Id, DateTime? CreationTime, IReadOnlyList<PersonaSource> Sources)
{
    private static readonly ImmutableArray<int> OnlySource = [0];

    /// <summary>Gets the display name. The display name of a phone contact is its number.</summary>
    public string DisplayName => this[ContactPath.DisplayName] ?? string.Empty;

    /// <summary>Gets a value that indicates whether the only source is a phone contact, which Exchange shows without most names.</summary>
    public bool IsPhoneContact { get; private init; }

    /// <summary>Gets the value of a property in the first source where it is not empty, or <c>null</c> if it is empty in all.</summary>
    /// <param name="path">The path of the property.</param>
    public string? this[string path]
    {
        get
        {
            foreach (var source in Sources)
            {
                if (source.Properties[path] is { Length: > 0 } value)
                    return value;
            }

            return null;
        }
    }

    /// <summary>Creates the persona that represents a contact, including the other contacts of the same person.</summary>
    /// <param name="mailbox">The mailbox that contains the contact.</param>
    /// <param name="contact">The contact.</param>
    public static Persona From(MailboxState mailbox, Contact contact)
    {
        ArgumentNullException.ThrowIfNull(mailbox);
        ArgumentNullException.ThrowIfNull(contact);
        var imContact = mailbox.ImContactOf(contact);
        Contact[] contacts = imContact is null ? [contact] : [.. mailbox.OrdinaryContactsOf(imContact), imContact];
        return new Persona(
            (imContact ?? contact).PersonaId,
            contacts.Min(source => source.CreationTime),
            Array.ConvertAll(contacts, source => PersonaSource.From(mailbox, source)))
        {
            IsPhoneContact = contacts is [{ TelUri: not null }],
        };
    }

    /// <summary>Returns the distinct values of a property that are not empty, each with the indexes of the sources that have it.</summary>
    /// <param name="path">The path of the property.</param>
    public IEnumerable<(string Value, ImmutableArray<int> Sources)> Values(string path) =>
        Values(source => source.Properties[path] is { Length: > 0 } value ? value : null);

    /// <summary>
    /// Returns the distinct values that are selected from the sources, each with the indexes of the sources that have
    /// it.
    /// </summary>
    /// <param name="select">Selects the value of a source, or <c>null</c> if it has none.</param>
    public IEnumerable<(string Value, ImmutableArray<int> Sources)> Values(Func<PersonaSource, string?> select)
    {
        if (Sources.Count > 1)
            return Grouped(select);
        return select(Sources[0]) is { } value ? [(value, OnlySource)] : [];
    }

    /// <summary>Determines whether a query finds the person. See <see cref="SearchWords"/>.</summary>
    /// <param name="query">The words of the query, separated by white space.</param>
    public bool Matches(string query) => SearchWords.Match(Sources.Select(source => source.Properties), query);

    /// <summary>Determines whether the person has an email or IM address.</summary>
    /// <param name="address">The address.</param>
    public bool HasAddress(string address)
    {
        var key = Mailbox.ImAddress.Key(address);
        return key.Length > 0
            && Sources.SelectMany(source => ContactPath.Addresses.Select(path => source.Properties[path]))
                .OfType<string>()
                .Any(own => Mailbox.ImAddress.Key(own) == key);
    }

    private IEnumerable<(string Value, ImmutableArray<int> Sources)> Grouped(Func<PersonaSource, string?> select) => Sources
        .Select((source, index) => (Value: select(source), Index: index))
        .Where(entry => entry.Value is not null)
        .GroupBy(entry => entry.Value!, entry => entry.Index, StringComparer.OrdinalIgnoreCase)
        .Select(group => (group.Key, group.ToImmutableArray()));
}

/// <summary>A contact, or an entry of the directory, as a source of a persona.</summary>
/// <param name="Attribution">The origin of the data.</param>
/// <param name="Properties">The properties.</param>
public sealed record PersonaSource(PersonaAttribution Attribution, ContactProperties Properties)
{
    /// <summary>Creates the source of a contact. Names of an ordinary contact that are not set are derived from others.</summary>
    /// <param name="mailbox">The mailbox that contains the contact.</param>
    /// <param name="contact">The contact.</param>
    public static PersonaSource From(MailboxState mailbox, Contact contact)
    {
        ArgumentNullException.ThrowIfNull(contact);
        return new PersonaSource(
            PersonaAttribution.From(mailbox, contact),
            contact.IsImContact ? contact.Properties : ContactNames.Complete(contact.Properties));
    }

    /// <summary>
    /// Gets the name shown with an email address: the display name, or <c>null</c> for an ordinary contact, where the address itself is
    /// shown.
    /// </summary>
    public string? AddressName => Attribution.NamesItsAddresses ? Properties[ContactPath.DisplayName] : null;
}

/// <summary>The origin of a persona's data.</summary>
/// <param name="SourceId">The id of the contact.</param>
/// <param name="SourceChangeKey">The change key of the contact.</param>
/// <param name="DisplayName">The name of the source.</param>
/// <param name="IsWritable"><c>true</c> if the data can be changed at the source; otherwise, <c>false</c>.</param>
/// <param name="IsQuickContact"><c>true</c> if the contact is in the Quick Contacts folder; otherwise, <c>false</c>.</param>
/// <param name="FolderId">The folder that contains the contact, or <c>null</c> where Exchange omits it, as for phone contacts.</param>
/// <remarks>Learn: "Attribution".</remarks>
public sealed record PersonaAttribution(
    string SourceId, string SourceChangeKey, string DisplayName, bool IsWritable, bool IsQuickContact, string? FolderId)
{
    /// <summary>
    /// Gets a value that indicates whether email addresses are shown with the person's name; the default is
    /// <c>true</c>.
    /// </summary>
    public bool NamesItsAddresses { get; private init; } = true;

    /// <summary>Creates the attribution of a contact.</summary>
    /// <param name="mailbox">The mailbox that contains the contact.</param>
    /// <param name="contact">The contact.</param>
    /// <remarks>
    /// Learn: "GetImItemList operation". Phone contacts look like those of later Exchange builds, on whose documentation pages they appear.
    /// </remarks>
    public static PersonaAttribution From(MailboxState mailbox, Contact contact)
    {
        ArgumentNullException.ThrowIfNull(mailbox);
        ArgumentNullException.ThrowIfNull(contact);
        var isPhoneContact = contact.TelUri is not null;
        return new PersonaAttribution(
            contact.Id.Value,
            ChangeKey.ForContact(mailbox.MailboxGuid, contact.Version),
            isPhoneContact ? "Lync Contacts" : "Outlook",
            IsWritable: !isPhoneContact,
            IsQuickContact: contact.IsImContact,
            isPhoneContact ? null : StoreId.ForFolder(mailbox.MailboxGuid, contact.Folder))
        {
            NamesItsAddresses = contact.IsImContact,
        };
    }

    /// <summary>Creates the attribution of a user of the directory.</summary>
    /// <param name="id">The id of the persona.</param>
    public static PersonaAttribution FromDirectory(string id) =>
        new(id, ChangeKey.Member, "GAL", IsWritable: false, IsQuickContact: false, FolderId: null);
}
