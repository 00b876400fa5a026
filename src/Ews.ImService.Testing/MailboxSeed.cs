using System.Text.Json.Nodes;

namespace Ews.ImService.Testing;

/// <summary>Describes a mailbox to create: its groups, IM contacts and other contacts.</summary>
/// <remarks>
/// Pass it to <see cref="EwsImRealm.SeedAsync"/>, or add it to <see cref="EwsImServerOptions.Mailboxes"/>.
/// The server validates the mailbox and reports every problem at once.
/// </remarks>
public sealed class MailboxSeed
{
    private readonly JsonObject _mailbox;
    private readonly JsonArray _groups = [];
    private readonly JsonArray _imContacts = [];
    private readonly JsonArray _contacts = [];

    /// <summary>Initializes a new instance of the <see cref="MailboxSeed"/> class: an empty mailbox.</summary>
    /// <param name="smtpAddress">The primary SMTP address.</param>
    public MailboxSeed(string smtpAddress)
    {
        ArgumentNullException.ThrowIfNull(smtpAddress);
        SmtpAddress = smtpAddress;
        _mailbox = new JsonObject
        {
            ["smtpAddress"] = smtpAddress,
            ["groups"] = _groups,
            ["imContacts"] = _imContacts,
            ["contacts"] = _contacts,
        };
    }

    /// <summary>Gets the primary SMTP address.</summary>
    public string SmtpAddress { get; }

    /// <summary>Adds an IM group.</summary>
    /// <param name="displayName">The display name, unique in the mailbox.</param>
    /// <param name="configure">A delegate that adds the members; <see langword="null"/> (the default) for an empty group.</param>
    /// <returns>This instance.</returns>
    public MailboxSeed WithGroup(string displayName, Action<GroupSeed>? configure = null) =>
        AddGroup(new JsonObject { ["displayName"] = displayName }, configure);

    /// <summary>Adds a distribution group.</summary>
    /// <param name="smtpAddress">The SMTP address of the group.</param>
    /// <param name="displayName">The display name; <see langword="null"/> (the default) for the address.</param>
    /// <returns>This instance.</returns>
    public MailboxSeed WithDistributionGroup(string smtpAddress, string? displayName = null)
    {
        var group = new JsonObject
        {
            ["displayName"] = displayName ?? smtpAddress,
            ["type"] = "DistributionGroup",
            ["smtpAddress"] = smtpAddress,
        };
        return AddGroup(group, null);
    }

    /// <summary>Adds an IM contact that is in no group; clients show it in Other Contacts.</summary>
    /// <param name="imAddress">The IM address, unique in the mailbox.</param>
    /// <param name="displayName">The display name; <see langword="null"/> (the default) for the address.</param>
    /// <returns>This instance.</returns>
    public MailboxSeed WithContact(string imAddress, string? displayName = null)
    {
        AddContact(imAddress, displayName);
        return this;
    }

    /// <summary>Adds an ordinary contact, which is not an IM contact.</summary>
    /// <param name="properties">The property values by EWS property path, such as <c>contacts:GivenName</c>.</param>
    /// <returns>This instance.</returns>
    public MailboxSeed WithOrdinaryContact(IReadOnlyDictionary<string, string> properties)
    {
        ArgumentNullException.ThrowIfNull(properties);
        var values = new JsonObject();
        foreach (var (path, value) in properties)
            values[path] = value;
        _contacts.Add((JsonNode)new JsonObject { ["properties"] = values });
        return this;
    }

    /// <summary>Marks the migration of the IM list as complete, as the operation SetImListMigrationCompleted does.</summary>
    /// <returns>This instance.</returns>
    public MailboxSeed WithImListMigrationCompleted()
    {
        _mailbox["imListMigrationCompleted"] = true;
        return this;
    }

    internal static string ToJson(IEnumerable<MailboxSeed> mailboxes) =>
        new JsonObject { ["mailboxes"] = new JsonArray([.. mailboxes.Select(mailbox => mailbox._mailbox.DeepClone())]) }.ToJsonString();

    /// <summary>Adds an IM contact, unless it is there already: one that is a member of two groups.</summary>
    internal void AddContact(string imAddress, string? displayName)
    {
        var present = _imContacts.FirstOrDefault(
            contact => string.Equals((string?)contact!["imAddress"], imAddress, StringComparison.OrdinalIgnoreCase));
        if (present is not null && (displayName is null || displayName == (string?)present["displayName"]))
            return;
        var contact = new JsonObject { ["imAddress"] = imAddress };
        if (displayName is not null)
            contact["displayName"] = displayName;
        _imContacts.Add((JsonNode)contact);
    }

    private MailboxSeed AddGroup(JsonObject group, Action<GroupSeed>? configure)
    {
        var members = new JsonArray();
        group["members"] = members;
        _groups.Add((JsonNode)group);
        configure?.Invoke(new GroupSeed(this, members));
        return this;
    }
}
