using System.Collections.Immutable;

namespace Ews.ImService.Mailbox;

/// <summary>The five values of an ImGroup's GroupType. [MS-OXWSCOS] 2.2.4.2.</summary>
public static class GroupType
{
    /// <summary>Contacts that are in no other group.</summary>
    public const string OtherContacts = "IPM.DistList.MOC.OtherContacts";

    /// <summary>Contacts tagged for status-change alerts.</summary>
    public const string Tagged = "IPM.DistList.MOC.Tagged";

    /// <summary>Pinned contacts.</summary>
    public const string Favorites = "IPM.DistList.MOC.Favorites";

    /// <summary>A group that the user made.</summary>
    public const string UserGroup = "IPM.DistList.MOC.UserGroup";

    /// <summary>A directory distribution group put on the list.</summary>
    public const string DistributionGroup = "IPM.DistList.MOC.DG";
}

/// <summary>A group on the IM contact list. Learn: "ImGroup".</summary>
/// <param name="Id">Its ExchangeStoreId.</param>
/// <param name="Type">One of <see cref="GroupType"/>.</param>
/// <param name="DisplayName">Its name, unique on the list without regard to case.</param>
/// <param name="Ordinal">Its place in the order of creation.</param>
public sealed record ImGroup(ImGroupId Id, string Type, string DisplayName, long Ordinal)
{
    /// <summary>Members with their place in the order of joining; empty for Other Contacts, whose members are those of no group.</summary>
    public ImmutableDictionary<ImContactId, long> Members { get; init; } = ImmutableDictionary<ImContactId, long>.Empty;

    /// <summary>The distribution group's address; null for every other kind.</summary>
    public SmtpAddress? SmtpAddress { get; init; }

    /// <summary>Whether it counts against the limit: the three system groups do not.</summary>
    public bool CountsAgainstLimit => Type is GroupType.UserGroup or GroupType.DistributionGroup;
}
