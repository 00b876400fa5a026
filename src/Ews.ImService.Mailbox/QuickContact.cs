using System.Collections.Immutable;

namespace Ews.ImService.Mailbox;

/// <summary>An IM contact, kept in the hidden Quick Contacts folder.</summary>
/// <param name="Id">Its item id: the SourceId of its persona's quick-contact attribution.</param>
/// <param name="PersonaId">The persona that shows it.</param>
/// <param name="ImAddress">The address as it was given.</param>
/// <param name="DisplayName">The name as it was given, else the address.</param>
/// <param name="CreationTime">When it was made, UTC.</param>
/// <param name="Version">Counted from 1, for its change key.</param>
/// <param name="Ordinal">Its place in the order of creation.</param>
public sealed record QuickContact(
    ImContactId Id,
    PersonaId PersonaId,
    string ImAddress,
    string DisplayName,
    DateTime CreationTime,
    long Version,
    long Ordinal)
{
    /// <summary>The groups that it is in; none means Other Contacts.</summary>
    public ImmutableHashSet<ImGroupId> Groups { get; init; } = [];
}
