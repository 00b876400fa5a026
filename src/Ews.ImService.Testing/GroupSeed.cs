using System.Text.Json.Nodes;

namespace Ews.ImService.Testing;

/// <summary>Describes the members of an IM group; see <see cref="MailboxSeed.WithGroup"/>.</summary>
public sealed class GroupSeed
{
    private readonly MailboxSeed _mailbox;
    private readonly JsonArray _members;

    internal GroupSeed(MailboxSeed mailbox, JsonArray members) => (_mailbox, _members) = (mailbox, members);

    /// <summary>Adds an IM contact to the group, and to the mailbox if it is not there yet.</summary>
    /// <param name="imAddress">The IM address, such as <c>bob@contoso.com</c>.</param>
    /// <param name="displayName">
    /// The display name; <see langword="null"/> (the default) for the name that the contact already has, or for the address.
    /// </param>
    /// <returns>This instance.</returns>
    public GroupSeed WithContact(string imAddress, string? displayName = null)
    {
        _mailbox.AddContact(imAddress, displayName);
        _members.Add((JsonNode?)imAddress);
        return this;
    }
}
