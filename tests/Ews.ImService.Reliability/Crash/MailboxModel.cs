using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace Ews.ImService.Reliability.Crash;

/// <summary>The groups and contacts of a mailbox, as a client expects them or as the service returns them.</summary>
/// <param name="Groups">The groups that users added, by display name.</param>
/// <param name="ImContacts">The IM contacts by IM address or tel URI.</param>
/// <param name="Contacts">The ordinary contacts by display name.</param>
internal sealed record MailboxModel(
    ImmutableSortedDictionary<string, GroupModel> Groups,
    ImmutableSortedDictionary<string, ContactModel> ImContacts,
    ImmutableSortedDictionary<string, ContactModel> Contacts)
{
    private const string CompanyName = "contacts:CompanyName";
    private const string DisplayName = "contacts:DisplayName";

    /// <summary>Gets a mailbox without content.</summary>
    public static MailboxModel Empty { get; } = new(NewMap<GroupModel>(), NewMap<ContactModel>(), NewMap<ContactModel>());

    /// <summary>Reads a mailbox from the JSON of the control API.</summary>
    /// <param name="mailbox">The JSON object.</param>
    /// <param name="prefix">The prefix of the names and addresses to read; those of others are ignored.</param>
    public static MailboxModel Read(JsonElement mailbox, string prefix)
    {
        var model = Empty;
        foreach (var group in mailbox.GetProperty("groups").EnumerateArray())
        {
            var type = group.GetProperty("type").GetString();
            if (Text(group, "displayName") is { } name && Has(name) && type is "UserGroup" or "DistributionGroup")
            {
                var members = group.GetProperty("members").EnumerateArray();
                var addresses = members.Select(member => Text(member, "contact") ?? Text(member, "telUri")!);
                model = model with { Groups = model.Groups.Add(name, new(Text(group, "id"), type != "UserGroup", [.. addresses])) };
            }
        }

        foreach (var contact in mailbox.GetProperty("imContacts").EnumerateArray())
        {
            var key = contact.TryGetProperty("telUri", out var telUri) && telUri.ValueKind == JsonValueKind.Object
                ? Text(telUri, "telUriAddress")!
                : Text(contact, "imAddress")!;
            if (Has(key))
                model = model with { ImContacts = model.ImContacts.Add(key, ReadContact(contact)) };
        }

        foreach (var contact in mailbox.GetProperty("contacts").EnumerateArray())
        {
            if (Property(contact, DisplayName) is { } name && Has(name))
                model = model with { Contacts = model.Contacts.Add(name, ReadContact(contact)) };
        }

        return model;

        bool Has(string name) => name.Contains(prefix, StringComparison.Ordinal);
    }

    /// <summary>Returns the description of this mailbox as part of a seed document.</summary>
    public object ToSeed(string address) => new
    {
        smtpAddress = address,
        groups = Groups.Select(group => new { displayName = group.Key, members = group.Value.Members }),
        imContacts = ImContacts.Select(contact => new { imAddress = contact.Key, properties = Properties(null, contact.Value) }),
        contacts = Contacts.Select(contact => new { properties = Properties(contact.Key, contact.Value) }),
    };

    /// <summary>Returns the first difference between two mailboxes, or <c>null</c>. An id that one of them does not know is equal.</summary>
    public static string? FindDifference(MailboxModel expected, MailboxModel actual)
    {
        var expectedObjects = expected.Describe().ToDictionary(it => it.Name, it => (it.Content, it.Id));
        foreach (var (name, content, id) in actual.Describe())
        {
            if (!expectedObjects.Remove(name, out var other))
                return $"{name} is present: {Cut(content)}";
            if (other.Content != content)
                return $"{name} is {Cut(content)} instead of {Cut(other.Content)}";
            if (other.Id is not null && id is not null && other.Id != id)
                return $"{name} has the id {id} instead of {other.Id}";
        }

        return expectedObjects.Count == 0 ? null : $"{expectedObjects.Keys.First()} is missing";
    }

    /// <summary>Returns this mailbox with the change keys that another model of it knows.</summary>
    public MailboxModel WithChangeKeysOf(MailboxModel other) => this with
    {
        ImContacts = WithChangeKeys(ImContacts, other.ImContacts),
        Contacts = WithChangeKeys(Contacts, other.Contacts),
    };

    /// <summary>Gets the ids that are known.</summary>
    public IEnumerable<string> Ids => Describe().Select(it => it.Id).OfType<string>();

    private static ImmutableSortedDictionary<string, ContactModel> WithChangeKeys(
        ImmutableSortedDictionary<string, ContactModel> contacts, ImmutableSortedDictionary<string, ContactModel> others) =>
        contacts.SetItems(contacts
            .Where(contact => others.GetValueOrDefault(contact.Key)?.Version == contact.Value.Version)
            .Select(contact => KeyValuePair.Create(contact.Key, contact.Value with { ChangeKey = others[contact.Key].ChangeKey })));

    private IEnumerable<(string Name, string Content, string? Id)> Describe() =>
        Groups.Select(it => ($"group '{it.Key}'", $"[{string.Join(", ", it.Value.Members)}]", it.Value.Id))
            .Concat(ImContacts.Select(it => ($"IM contact '{it.Key}'", it.Value.Describe(), it.Value.Id)))
            .Concat(Contacts.Select(it => ($"contact '{it.Key}'", it.Value.Describe(), it.Value.Id)));

    private static ImmutableSortedDictionary<string, T> NewMap<T>() =>
        ImmutableSortedDictionary.Create<string, T>(StringComparer.Ordinal);

    private static ContactModel ReadContact(JsonElement contact) =>
        new(Text(contact, "id"), contact.GetProperty("version").GetInt64(), Property(contact, CompanyName));

    private static Dictionary<string, string> Properties(string? displayName, ContactModel contact)
    {
        var properties = new Dictionary<string, string>();
        if (displayName is not null)
            properties[DisplayName] = displayName;
        if (contact.Company is not null)
            properties[CompanyName] = contact.Company;
        return properties;
    }

    private static string? Property(JsonElement contact, string path) =>
        contact.TryGetProperty("properties", out var properties) && properties.TryGetProperty(path, out var value)
            ? value.ValueKind == JsonValueKind.Array ? value[0].GetString() : value.GetString()
            : null;

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string Cut(string text) => text.Length > 200 ? text[..200] + "…" : text;
}

/// <summary>A group.</summary>
/// <param name="Id">The id, or <c>null</c> if it is not known.</param>
/// <param name="IsDistributionGroup"><c>true</c> for a distribution group; <c>false</c> for a user group.</param>
/// <param name="Members">The addresses of the members, in order.</param>
internal sealed record GroupModel(string? Id, bool IsDistributionGroup, ImmutableList<string> Members);

/// <summary>A contact.</summary>
/// <param name="Id">The id, or <c>null</c> if it is not known.</param>
/// <param name="Version">The version, which is 1 for a new contact.</param>
/// <param name="Company">The company, a text of any length.</param>
/// <param name="ChangeKey">The change key of this version, or <c>null</c> if it is not known.</param>
internal sealed record ContactModel(string? Id, long Version, string? Company, string? ChangeKey = null)
{
    /// <summary>Returns the content without the id.</summary>
    public string Describe() => string.Create(CultureInfo.InvariantCulture, $"version {Version} of the company '{Company}'");
}
