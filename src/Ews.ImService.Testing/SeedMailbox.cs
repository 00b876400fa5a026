using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ews.ImService.Testing;

/// <content>Creates a mailbox to seed, and reads the contents of a mailbox. Instances are immutable.</content>
public sealed partial record SeedMailbox
{
    /// <summary>Initializes a new instance of the <see cref="SeedMailbox"/> class: an empty mailbox.</summary>
    public SeedMailbox()
    {
    }

    /// <summary>Initializes a new instance of the <see cref="SeedMailbox"/> class: an empty mailbox with an address.</summary>
    /// <param name="smtpAddress">The primary SMTP address.</param>
    /// <exception cref="ArgumentNullException"><paramref name="smtpAddress"/> is <see langword="null"/>.</exception>
    [SetsRequiredMembers]
    public SeedMailbox(string smtpAddress)
    {
        ArgumentNullException.ThrowIfNull(smtpAddress);
        SmtpAddress = smtpAddress;
    }

    /// <summary>Gets the groups that are not system groups, in list order.</summary>
    [JsonIgnore]
    public IReadOnlyList<SeedGroup> UserGroups =>
        [.. (Groups ?? []).Where(group => group.Type is null or SeedGroupType.UserGroup or SeedGroupType.DistributionGroup)];

    /// <summary>Adds an IM group.</summary>
    /// <param name="displayName">The display name, unique in the mailbox regardless of case.</param>
    /// <param name="members">
    /// The IM addresses of the members. A member that is not an IM contact of the mailbox becomes one, with its address as its name;
    /// for another name, use <see cref="WithImContact"/>.
    /// </param>
    /// <returns>The mailbox with the group.</returns>
    /// <exception cref="ArgumentNullException">
    /// <paramref name="displayName"/> or <paramref name="members"/> is <see langword="null"/>.
    /// </exception>
    public SeedMailbox WithGroup(string displayName, params string[] members)
    {
        ArgumentNullException.ThrowIfNull(displayName);
        ArgumentNullException.ThrowIfNull(members);
        return With(new SeedGroup
        {
            DisplayName = displayName,
            Members = [.. members.Select(member => new SeedMember { Contact = member })],
        });
    }

    /// <summary>Adds a distribution group.</summary>
    /// <param name="smtpAddress">The SMTP address of the group.</param>
    /// <param name="displayName">The display name; <see langword="null"/> (the default) for the address.</param>
    /// <returns>The mailbox with the group.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="smtpAddress"/> is <see langword="null"/>.</exception>
    public SeedMailbox WithDistributionGroup(string smtpAddress, string? displayName = null)
    {
        ArgumentNullException.ThrowIfNull(smtpAddress);
        return With(new SeedGroup
        {
            DisplayName = displayName ?? smtpAddress,
            Type = SeedGroupType.DistributionGroup,
            SmtpAddress = smtpAddress,
        });
    }

    /// <summary>Adds an IM contact (Quick Contact). Unless a group has it as a member, clients show it in Other Contacts.</summary>
    /// <param name="imAddress">The IM address, unique in the mailbox regardless of case.</param>
    /// <param name="displayName">The display name; <see langword="null"/> (the default) for the address.</param>
    /// <returns>The mailbox with the IM contact.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="imAddress"/> is <see langword="null"/>.</exception>
    public SeedMailbox WithImContact(string imAddress, string? displayName = null)
    {
        ArgumentNullException.ThrowIfNull(imAddress);
        return this with { ImContacts = [.. ImContacts ?? [], new SeedImContact { ImAddress = imAddress, DisplayName = displayName }] };
    }

    /// <summary>Adds a contact that is not on the IM list.</summary>
    /// <param name="properties">The property values by EWS property path, such as <c>contacts:GivenName</c>.</param>
    /// <returns>The mailbox with the contact.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="properties"/> is <see langword="null"/>.</exception>
    public SeedMailbox WithContact(IReadOnlyDictionary<string, string> properties)
    {
        ArgumentNullException.ThrowIfNull(properties);
        var contact = new SeedContact
        {
            Properties = properties.ToDictionary(property => property.Key, property => (IReadOnlyList<string>?)[property.Value]),
        };
        return this with { Contacts = [.. Contacts ?? [], contact] };
    }

    /// <summary>Marks the migration of the IM list as complete, as the operation SetImListMigrationCompleted does.</summary>
    /// <returns>The mailbox with a complete migration.</returns>
    public SeedMailbox WithImListMigrationCompleted() => this with { ImListMigrationCompleted = true };

    /// <summary>Gets a group by its display name.</summary>
    /// <param name="displayName">The display name; case-insensitive.</param>
    /// <returns>The group.</returns>
    /// <exception cref="EwsImVerificationException">There is no such group. The message lists the existing groups.</exception>
    public SeedGroup GetGroup(string displayName) =>
        (Groups ?? []).FirstOrDefault(group => AreEqual(group.DisplayName, displayName))
        ?? throw NotFound("group", displayName, (Groups ?? []).Select(group => group.DisplayName));

    /// <summary>Gets an IM contact by its address.</summary>
    /// <param name="imAddress">The IM address, or the tel URI of a phone contact; case-insensitive.</param>
    /// <returns>The IM contact.</returns>
    /// <exception cref="EwsImVerificationException">There is no such IM contact. The message lists the existing ones.</exception>
    public SeedImContact GetImContact(string imAddress) =>
        (ImContacts ?? []).FirstOrDefault(contact => AreEqual(AddressOf(contact), imAddress))
        ?? throw NotFound("IM contact", imAddress, (ImContacts ?? []).Select(AddressOf));

    /// <summary>Gets the members of a group.</summary>
    /// <param name="displayName">The display name of the group; case-insensitive.</param>
    /// <returns>The IM contacts, in the order in which they were added; none for the system group Other Contacts.</returns>
    /// <exception cref="EwsImVerificationException">There is no such group. The message lists the existing groups.</exception>
    public IReadOnlyList<SeedImContact> GetMembers(string displayName) => [.. (GetGroup(displayName).Members ?? []).Select(Find)];

    /// <summary>Gets the groups that have an IM contact as a member.</summary>
    /// <param name="imAddress">The IM address, or the tel URI of a phone contact; case-insensitive.</param>
    /// <returns>The groups, in list order; empty if clients show the contact in Other Contacts.</returns>
    public IReadOnlyList<SeedGroup> GetGroupsOf(string imAddress) =>
        [.. (Groups ?? []).Where(group => (group.Members ?? []).Any(member => AreEqual(member.TelUri ?? member.Contact, imAddress)))];

    /// <summary>Returns the mailbox as JSON, as in a seed document.</summary>
    /// <returns>The JSON object.</returns>
    public override string ToString() => JsonSerializer.Serialize(this, ContractJson.Default.SeedMailbox);

    private static bool AreEqual(string? left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    private static string? AddressOf(SeedImContact contact) => contact.TelUri?.TelUriAddress ?? contact.ImAddress;

    private SeedMailbox With(SeedGroup group) => this with { Groups = [.. Groups ?? [], group] };

    /// <summary>
    /// Returns the IM contact of a member. A contact that is not in the mailbox has the values that the service would give it.
    /// </summary>
    private SeedImContact Find(SeedMember member) =>
        (ImContacts ?? []).FirstOrDefault(contact => member.TelUri is { } telUri
            ? contact.TelUri?.TelUriAddress == telUri
            : contact.TelUri is null && AreEqual(contact.ImAddress, member.Contact!))
        ?? new SeedImContact { ImAddress = member.Contact, DisplayName = member.Contact };

    private EwsImVerificationException NotFound(string what, string name, IEnumerable<string?> existing)
    {
        var names = string.Join(", ", existing.Select(one => $"'{one}'"));
        var found = names.Length == 0 ? $"It has no {what}s." : $"Its {what}s are {names}.";
        return new EwsImVerificationException($"The mailbox {SmtpAddress} has no {what} '{name}'. {found}");
    }
}
