using System.Text.Json.Nodes;

namespace Ews.ImService.Testing;

/// <summary>A mailbox as it is to be: groups, IM contacts and ordinary contacts.</summary>
public sealed class MailboxSeed
{
    private readonly EwsImRealm? _realm;
    private readonly JsonObject _mailbox;
    private readonly JsonArray _groups = [];
    private readonly JsonArray _imContacts = [];
    private readonly JsonArray _contacts = [];

    internal MailboxSeed(string smtpAddress, EwsImRealm? realm)
    {
        _realm = realm;
        _mailbox = new JsonObject { ["smtpAddress"] = smtpAddress, ["groups"] = _groups, ["imContacts"] = _imContacts, ["contacts"] = _contacts };
    }

    /// <summary>Adds an IM group.</summary>
    /// <param name="displayName">Its name, unique in its mailbox.</param>
    /// <param name="fill">Says who is in it.</param>
    public MailboxSeed WithGroup(string displayName, Action<GroupSeed>? fill = null) => AddGroup(new JsonObject { ["displayName"] = displayName }, fill);

    /// <summary>Adds a distribution group.</summary>
    /// <param name="smtpAddress">Its address.</param>
    /// <param name="displayName">Its name; null for the address.</param>
    public MailboxSeed WithDistributionGroup(string smtpAddress, string? displayName = null) =>
        AddGroup(new JsonObject { ["displayName"] = displayName ?? smtpAddress, ["type"] = "DistributionGroup", ["smtpAddress"] = smtpAddress }, null);

    /// <summary>Adds an IM contact that is in no group, and so in Other Contacts.</summary>
    /// <param name="imAddress">Its address, unique in its mailbox.</param>
    /// <param name="displayName">Its name; null for the address.</param>
    public MailboxSeed WithContact(string imAddress, string? displayName = null)
    {
        AddContact(imAddress, displayName);
        return this;
    }

    /// <summary>Adds an ordinary contact, which is not on the IM list.</summary>
    /// <param name="properties">What it says, by EWS property path, such as <c>contacts:GivenName</c>.</param>
    public MailboxSeed WithOrdinaryContact(IReadOnlyDictionary<string, string> properties)
    {
        ArgumentNullException.ThrowIfNull(properties);
        var all = new JsonObject();
        foreach (var (path, value) in properties)
            all[path] = value;
        _contacts.Add((JsonNode)new JsonObject { ["properties"] = all });
        return this;
    }

    /// <summary>Says that the list was migrated, as SetImListMigrationCompleted does.</summary>
    public MailboxSeed WithImListMigrationCompleted()
    {
        _mailbox["imListMigrationCompleted"] = true;
        return this;
    }

    /// <summary>Puts the mailbox there, in the place of one of the same address.</summary>
    /// <exception cref="EwsImServerException">It cannot be; the message says everything that is wrong.</exception>
    /// <returns>The mailbox as it is there.</returns>
    /// <exception cref="InvalidOperationException">It is a mailbox of the options, which is put there by the start.</exception>
    public async Task<ImMailbox> SeedAsync(CancellationToken cancellation = default)
    {
        if (_realm is null)
            throw new InvalidOperationException("A mailbox of the options is put there by the start of the stand-in.");
        await _realm.SeedAsync(this, cancellation).ConfigureAwait(false);
        return (await _realm.ReadMailboxAsync((string)_mailbox["smtpAddress"]!, cancellation).ConfigureAwait(false))!;
    }

    internal void AddContact(string imAddress, string? displayName)
    {
        var present = _imContacts.FirstOrDefault(contact => string.Equals((string?)contact!["imAddress"], imAddress, StringComparison.OrdinalIgnoreCase));
        if (present is not null && (displayName is null || displayName == (string?)present["displayName"]))
            return; // Somebody who is in two groups.
        var contact = new JsonObject { ["imAddress"] = imAddress };
        if (displayName is not null)
            contact["displayName"] = displayName;
        _imContacts.Add((JsonNode)contact);
    }

    internal string ToJson() => ToJson([this]);

    internal static string ToJson(IEnumerable<MailboxSeed> mailboxes) =>
        new JsonObject { ["mailboxes"] = new JsonArray([.. mailboxes.Select(mailbox => mailbox._mailbox.DeepClone())]) }.ToJsonString();

    private MailboxSeed AddGroup(JsonObject group, Action<GroupSeed>? fill)
    {
        var members = new JsonArray();
        group["members"] = members;
        _groups.Add((JsonNode)group);
        fill?.Invoke(new GroupSeed(this, members));
        return this;
    }
}

/// <summary>Who is in a group.</summary>
public sealed class GroupSeed
{
    private readonly MailboxSeed _mailbox;
    private readonly JsonArray _members;

    internal GroupSeed(MailboxSeed mailbox, JsonArray members) => (_mailbox, _members) = (mailbox, members);

    /// <summary>Adds an IM contact to the group; one that is in another group already is named by its address alone.</summary>
    /// <param name="imAddress">Its address.</param>
    /// <param name="displayName">Its name; null for the address, or for the name that it was given already.</param>
    public GroupSeed WithContact(string imAddress, string? displayName = null)
    {
        _mailbox.AddContact(imAddress, displayName);
        _members.Add((JsonNode?)imAddress);
        return this;
    }
}
