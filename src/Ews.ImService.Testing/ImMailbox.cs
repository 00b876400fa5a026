using System.Text.Json;

namespace Ews.ImService.Testing;

/// <summary>What a mailbox holds.</summary>
/// <param name="SmtpAddress">Its primary address.</param>
/// <param name="Groups">All groups in the order of their making, which begins with the system's.</param>
/// <param name="Contacts">All IM contacts in the order of their making.</param>
/// <param name="OrdinaryContacts">All contacts that are not on the IM list.</param>
/// <param name="ImListMigrationCompleted">Whether the list was migrated.</param>
public sealed record ImMailbox(
    string SmtpAddress, IReadOnlyList<ImMailboxGroup> Groups, IReadOnlyList<ImMailboxContact> Contacts, IReadOnlyList<ImMailboxContact> OrdinaryContacts, bool ImListMigrationCompleted)
{
    /// <summary>The groups that are no system groups.</summary>
    public IEnumerable<ImMailboxGroup> UserGroups => Groups.Where(group => group.Type is "UserGroup" or "DistributionGroup");

    /// <summary>A group.</summary>
    /// <param name="displayName">Its name, in any letter case.</param>
    /// <exception cref="EwsImVerificationException">There is none; the message names those that there are.</exception>
    public ImMailboxGroup Group(string displayName) =>
        Groups.FirstOrDefault(group => string.Equals(group.DisplayName, displayName, StringComparison.OrdinalIgnoreCase))
        ?? throw new EwsImVerificationException($"{SmtpAddress} has no group '{displayName}'; it has {string.Join(", ", Groups.Select(group => $"'{group.DisplayName}'"))}.");

    /// <summary>An IM contact.</summary>
    /// <param name="imAddress">Its address, in any letter case.</param>
    /// <exception cref="EwsImVerificationException">There is none; the message names those that there are.</exception>
    public ImMailboxContact Contact(string imAddress) =>
        Contacts.FirstOrDefault(contact => string.Equals(contact.ImAddress, imAddress, StringComparison.OrdinalIgnoreCase))
        ?? throw new EwsImVerificationException($"{SmtpAddress} has no IM contact '{imAddress}'; it has {(Contacts.Count == 0 ? "none" : string.Join(", ", Contacts.Select(contact => contact.ImAddress)))}.");

    /// <summary>The groups that an IM contact is in; none means Other Contacts.</summary>
    public IEnumerable<ImMailboxGroup> GroupsOf(ImMailboxContact contact)
    {
        ArgumentNullException.ThrowIfNull(contact);
        return Groups.Where(group => group.Members.Any(member => member.Id == contact.Id));
    }

    internal static ImMailbox Read(string seed)
    {
        using var document = JsonDocument.Parse(seed);
        var mailbox = document.RootElement.GetProperty("mailboxes")[0];
        var contacts = mailbox.GetProperty("imContacts").EnumerateArray().Select(ReadContact).ToList();
        var byAddress = contacts.ToDictionary(contact => (contact.IsPhoneContact, contact.ImAddress!));
        return new ImMailbox(
            mailbox.GetProperty("smtpAddress").GetString()!,
            mailbox.GetProperty("groups").EnumerateArray().Select(group => ReadGroup(group, byAddress)).ToList(),
            contacts,
            mailbox.GetProperty("contacts").EnumerateArray().Select(ReadContact).ToList(),
            mailbox.GetProperty("imListMigrationCompleted").GetBoolean());
    }

    private static ImMailboxGroup ReadGroup(JsonElement group, Dictionary<(bool IsPhoneContact, string Address), ImMailboxContact> contacts) => new(
        group.GetProperty("id").GetString()!,
        group.GetProperty("displayName").GetString()!,
        group.GetProperty("type").GetString()!,
        Text(group, "smtpAddress"),
        group.GetProperty("members").EnumerateArray().Select(member => contacts[Text(member, "telUri") is { } telUri ? (true, telUri) : (false, Text(member, "contact")!)]).ToList());

    private static ImMailboxContact ReadContact(JsonElement contact)
    {
        var properties = contact.GetProperty("properties").EnumerateObject().Where(property => property.Value.ValueKind != JsonValueKind.Null).ToDictionary(
            property => property.Name,
            property => property.Value.ValueKind == JsonValueKind.Array ? property.Value.EnumerateArray().Select(value => value.GetString()!).ToList() : (IReadOnlyList<string>)[property.Value.GetString()!]);
        var telUri = contact.TryGetProperty("telUri", out var phone) ? phone.GetProperty("telUriAddress").GetString() : null;
        return new ImMailboxContact(
            contact.GetProperty("id").GetString()!,
            contact.GetProperty("personaId").GetString()!,
            telUri ?? Text(contact, "imAddress"),
            telUri is not null,
            Text(contact, "displayName") ?? string.Empty,
            contact.GetProperty("creationTime").GetDateTimeOffset(),
            contact.GetProperty("lastModifiedTime").GetDateTimeOffset(),
            properties);
    }

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;
}

/// <summary>A group of a mailbox.</summary>
/// <param name="Id">Its EWS id.</param>
/// <param name="DisplayName">Its name.</param>
/// <param name="Type">UserGroup, DistributionGroup, or of the system OtherContacts, Tagged, Favorites.</param>
/// <param name="SmtpAddress">A distribution group's address; null for all others.</param>
/// <param name="Members">Who is in it, in the order of joining; of Other Contacts, nobody is named here.</param>
public sealed record ImMailboxGroup(string Id, string DisplayName, string Type, string? SmtpAddress, IReadOnlyList<ImMailboxContact> Members);

/// <summary>A contact of a mailbox.</summary>
/// <param name="Id">Its EWS id.</param>
/// <param name="PersonaId">Its persona's EWS id.</param>
/// <param name="ImAddress">Its IM address, or a phone contact's tel URI; null for an ordinary contact.</param>
/// <param name="IsPhoneContact">Whether it is a phone contact.</param>
/// <param name="DisplayName">Its name; empty for an ordinary contact without one.</param>
/// <param name="CreationTime">When it was made.</param>
/// <param name="LastModifiedTime">When it was changed last.</param>
/// <param name="Properties">All that it says, by EWS property path.</param>
public sealed record ImMailboxContact(
    string Id, string PersonaId, string? ImAddress, bool IsPhoneContact, string DisplayName, DateTimeOffset CreationTime, DateTimeOffset LastModifiedTime, IReadOnlyDictionary<string, IReadOnlyList<string>> Properties);
