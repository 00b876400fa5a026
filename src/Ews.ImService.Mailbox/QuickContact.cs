using System.Collections.Immutable;

namespace Ews.ImService.Mailbox;

/// <summary>An IM contact, kept in the hidden Quick Contacts folder.</summary>
/// <param name="Id">Its item id: the SourceId of its persona's quick-contact attribution.</param>
/// <param name="PersonaId">The persona that shows it.</param>
/// <param name="ImAddress">The address as it was given; null for a phone contact.</param>
/// <param name="DisplayName">The name as it was given, else the address; for a phone contact, its number.</param>
/// <param name="CreationTime">When it was made, UTC.</param>
/// <param name="Version">Counted from 1, for its change key.</param>
/// <param name="Ordinal">Its place in the order of creation.</param>
public sealed record QuickContact(
    ImContactId Id,
    PersonaId PersonaId,
    string? ImAddress,
    string DisplayName,
    DateTime CreationTime,
    long Version,
    long Ordinal)
{
    /// <summary>What makes it a phone contact; null for all others.</summary>
    public TelUriContact? TelUri { get; init; }

    /// <summary>What no two contacts of a mailbox share.</summary>
    public string AddressKey => TelUri is null ? Mailbox.ImAddress.Key(ImAddress!) : TelUriContact.Key(TelUri.TelUriAddress);

    /// <summary>The groups that it is in; none means Other Contacts.</summary>
    public ImmutableHashSet<ImGroupId> Groups { get; init; } = [];
}
