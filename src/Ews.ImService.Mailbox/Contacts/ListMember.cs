using System.Collections.Immutable;
using System.Text;

namespace Ews.ImService.Mailbox;

/// <summary>A member of a distribution list: an address, or a contact or distribution list of the mailbox.</summary>
/// <param name="Name">The display name.</param>
/// <param name="EmailAddress">The email address, or an empty text if there is none.</param>
/// <param name="RoutingType">The type of the address.</param>
/// <param name="MailboxType">A value of <c>t:MailboxTypeType</c>.</param>
/// <param name="ItemId">The id of the contact or distribution list, or an empty text for an address.</param>
/// <remarks>Learn: "Member", "Mailbox". A member whose item was deleted remains as an address.</remarks>
public sealed record ListMember(string Name, string EmailAddress, string RoutingType, string MailboxType, string ItemId = "")
{
    /// <summary>The mailbox type of an address.</summary>
    public const string OneOff = "OneOff";

    /// <summary>The mailbox type of a contact.</summary>
    public const string ContactType = "Contact";

    /// <summary>The mailbox type of a distribution list of the mailbox.</summary>
    public const string PrivateList = "PrivateDL";

    /// <summary>The routing type of email addresses.</summary>
    public const string Smtp = "SMTP";

    /// <summary>The routing type of a distribution list of the mailbox.</summary>
    public const string ListRoutingType = "MAPIPDL";

    /// <summary>The number of texts that represent a member in the values of a property.</summary>
    public const int TextsPerMember = 5;

    /// <summary>Gets the change key of the item, or <c>null</c> for an address.</summary>
    public string? ChangeKey { get; init; }

    /// <summary>Gets an opaque text that identifies the member. No public page describes its format.</summary>
    public string Key =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes(ItemId.Length > 0 ? ItemId : $"{RoutingType}:{EmailAddress}:{Name}"));

    /// <summary>Returns members as the values of <see cref="ContactPath.Members"/>.</summary>
    /// <param name="members">The members.</param>
    public static ImmutableArray<string> ToValues(IEnumerable<ListMember> members) => members
        .SelectMany(member => new[] { member.Name, member.EmailAddress, member.RoutingType, member.MailboxType, member.ItemId })
        .ToImmutableArray();

    /// <summary>Returns the members in the values of <see cref="ContactPath.Members"/>.</summary>
    /// <param name="values">The values, which are valid.</param>
    public static IEnumerable<ListMember> Read(ImmutableArray<string> values) => values
        .Chunk(TextsPerMember)
        .Select(texts => new ListMember(texts[0], texts[1], texts[2], texts[3], texts[4]));
}
