using System.Collections.Immutable;

namespace Ews.ImService.Mailbox;

/// <summary>The values of the GroupType element of an IM group.</summary>
/// <remarks>[MS-OXWSCOS] section 2.2.4.2.</remarks>
public static class GroupType
{
    /// <summary>The system group of contacts that are in no other group.</summary>
    public const string OtherContacts = "IPM.DistList.MOC.OtherContacts";

    /// <summary>The system group of contacts tagged for status change alerts.</summary>
    public const string Tagged = "IPM.DistList.MOC.Tagged";

    /// <summary>The system group of pinned contacts.</summary>
    public const string Favorites = "IPM.DistList.MOC.Favorites";

    /// <summary>A group created by the user.</summary>
    public const string UserGroup = "IPM.DistList.MOC.UserGroup";

    /// <summary>A distribution group of the directory that was added to the IM list.</summary>
    public const string DistributionGroup = "IPM.DistList.MOC.DG";
}

/// <summary>A group on the IM list.</summary>
/// <param name="Id">The ExchangeStoreId.</param>
/// <param name="Type">One of the values of <see cref="GroupType"/>.</param>
/// <param name="DisplayName">The display name. It is unique on the IM list, regardless of case.</param>
/// <param name="Ordinal">The position in the order of creation.</param>
/// <remarks>Learn: "ImGroup".</remarks>
public sealed record ImGroup(ImGroupId Id, string Type, string DisplayName, long Ordinal)
{
    /// <summary>
    /// Gets the members, with their position in the order in which they were added. The dictionary is empty for Other Contacts, whose
    /// members are the IM contacts in no group.
    /// </summary>
    public ImmutableDictionary<ContactId, long> Members { get; init; } = ImmutableDictionary<ContactId, long>.Empty;

    /// <summary>Gets the address of a distribution group, or <c>null</c> for any other group.</summary>
    public SmtpAddress? SmtpAddress { get; init; }

    /// <summary>Gets a value that indicates whether the group counts against the limit. System groups do not.</summary>
    public bool CountsAgainstLimit => Type is GroupType.UserGroup or GroupType.DistributionGroup;
}
