namespace Ews.ImService.Testing;

/// <summary>Represents a contact of a mailbox.</summary>
/// <param name="Id">The EWS id.</param>
/// <param name="PersonaId">The EWS id of its persona.</param>
/// <param name="ImAddress">The IM address, or the tel URI of a phone contact; <see langword="null"/> for an ordinary contact.</param>
/// <param name="IsPhoneContact"><see langword="true"/> if the contact was created from a tel URI; otherwise, <see langword="false"/>.</param>
/// <param name="DisplayName">The display name; empty for an ordinary contact without one.</param>
/// <param name="CreationTime">The time of creation, by the clock of the realm.</param>
/// <param name="LastModifiedTime">The time of the last change, by the clock of the realm.</param>
/// <param name="Properties">The property values by EWS property path, such as <c>contacts:GivenName</c>.</param>
public sealed record ImMailboxContact(
    string Id,
    string PersonaId,
    string? ImAddress,
    bool IsPhoneContact,
    string DisplayName,
    DateTimeOffset CreationTime,
    DateTimeOffset LastModifiedTime,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Properties);
