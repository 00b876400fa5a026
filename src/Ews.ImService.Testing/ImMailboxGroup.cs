namespace Ews.ImService.Testing;

/// <summary>Represents a group of a mailbox.</summary>
/// <param name="Id">The EWS id.</param>
/// <param name="DisplayName">The display name.</param>
/// <param name="Type">UserGroup or DistributionGroup; for system groups OtherContacts, Tagged or Favorites.</param>
/// <param name="SmtpAddress">The SMTP address of a distribution group; <see langword="null"/> for all other groups.</param>
/// <param name="Members">
/// The members, in the order in which they joined. The members of Other Contacts are the IM contacts that are in no group; they are not listed.
/// </param>
public sealed record ImMailboxGroup(
    string Id, string DisplayName, string Type, string? SmtpAddress, IReadOnlyList<ImMailboxContact> Members);
