using System.Text.Json;

namespace Ews.ImService.Testing;

/// <summary>Represents the contents of a mailbox.</summary>
/// <param name="SmtpAddress">The primary SMTP address.</param>
/// <param name="Groups">All groups, in the order of their creation; the system groups come first.</param>
/// <param name="Contacts">All IM contacts, in the order of their creation.</param>
/// <param name="OrdinaryContacts">All contacts that are not IM contacts, in the order of their creation.</param>
/// <param name="ImListMigrationCompleted"><see langword="true"/> if the migration of the IM list is complete.</param>
public sealed record ImMailbox(
    string SmtpAddress,
    IReadOnlyList<ImMailboxGroup> Groups,
    IReadOnlyList<ImMailboxContact> Contacts,
    IReadOnlyList<ImMailboxContact> OrdinaryContacts,
    bool ImListMigrationCompleted)
{
    /// <summary>Gets the groups that are not system groups, in the order of their creation.</summary>
    public IReadOnlyList<ImMailboxGroup> UserGroups => [.. Groups.Where(group => group.Type is "UserGroup" or "DistributionGroup")];

    /// <summary>Gets a group by its display name.</summary>
    /// <param name="displayName">The display name, in any letter case.</param>
    /// <returns>The group.</returns>
    /// <exception cref="EwsImVerificationException">There is no such group. The message lists the existing groups.</exception>
    public ImMailboxGroup GetGroup(string displayName) =>
        Groups.FirstOrDefault(group => string.Equals(group.DisplayName, displayName, StringComparison.OrdinalIgnoreCase))
        ?? throw NotFound("group", displayName, Groups.Select(group => group.DisplayName));

    /// <summary>Gets an IM contact by its address.</summary>
    /// <param name="imAddress">The IM address, or the tel URI of a phone contact, in any letter case.</param>
    /// <returns>The IM contact.</returns>
    /// <exception cref="EwsImVerificationException">There is no such IM contact. The message lists the existing ones.</exception>
    public ImMailboxContact GetContact(string imAddress) =>
        Contacts.FirstOrDefault(contact => string.Equals(contact.ImAddress, imAddress, StringComparison.OrdinalIgnoreCase))
        ?? throw NotFound("IM contact", imAddress, Contacts.Select(contact => contact.ImAddress!));

    /// <summary>Gets the groups that an IM contact is a member of.</summary>
    /// <param name="contact">The IM contact.</param>
    /// <returns>The groups; empty if the contact is in no group, and clients show it in Other Contacts.</returns>
    public IReadOnlyList<ImMailboxGroup> GetGroupsOf(ImMailboxContact contact)
    {
        ArgumentNullException.ThrowIfNull(contact);
        return [.. Groups.Where(group => group.Members.Any(member => member.Id == contact.Id))];
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

    private EwsImVerificationException NotFound(string what, string name, IEnumerable<string> existing)
    {
        var names = string.Join(", ", existing.Select(one => $"'{one}'"));
        return new EwsImVerificationException($"The mailbox {SmtpAddress} has no {what} '{name}'. It has {(names.Length == 0 ? "none" : names)}.");
    }

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;
}
