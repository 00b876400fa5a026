using System.Collections.Immutable;

namespace Ews.ImService.Mailbox;

/// <summary>An IM contact, kept in the hidden Quick Contacts folder.</summary>
/// <param name="Id">Its item id: the SourceId of its persona's quick-contact attribution.</param>
/// <param name="PersonaId">The persona that shows it.</param>
/// <param name="Properties">What it says: at least a display name, and an IM address unless it is a phone contact.</param>
/// <param name="CreationTime">When it was made, UTC.</param>
/// <param name="Version">Counted from 1, for its change key.</param>
/// <param name="Ordinal">Its place in the order of creation.</param>
public sealed record QuickContact(ImContactId Id, PersonaId PersonaId, ContactProperties Properties, DateTime CreationTime, long Version, long Ordinal)
{
    /// <summary>The IM address as it was given; null for a phone contact.</summary>
    public string? ImAddress => Properties[ContactPath.ImAddress1];

    /// <summary>The name as it was given, else the address; for a phone contact, its number.</summary>
    public string DisplayName => Properties[ContactPath.DisplayName]!;

    /// <summary>When it was changed last, UTC.</summary>
    public DateTime LastModifiedTime { get; init; } = CreationTime;

    /// <summary>What makes it a phone contact; null for all others.</summary>
    public TelUriContact? TelUri { get; init; }

    /// <summary>What no two contacts of a mailbox share.</summary>
    public string AddressKey => TelUri is null ? Mailbox.ImAddress.Key(ImAddress!) : TelUriContact.Key(TelUri.TelUriAddress);

    /// <summary>The groups that it is in; none means Other Contacts.</summary>
    public ImmutableHashSet<ImGroupId> Groups { get; init; } = [];

    /// <summary>What a new IM contact says: its name, its address, and the address in mail's form.</summary>
    public static ContactProperties PropertiesOf(string imAddress, string displayName) => ContactProperties.Empty
        .With(ContactPath.DisplayName, displayName)
        .With(ContactPath.ImAddress1, imAddress)
        .With(ContactPath.EmailAddress1, Mailbox.ImAddress.WithoutScheme(imAddress) is { Length: > 0 } email ? email : null);

    /// <summary>What a new phone contact says: its number, which is its name as well.</summary>
    public static ContactProperties PropertiesOf(TelUriContact telUri) => ContactProperties.Empty
        .With(ContactPath.DisplayName, telUri.ImTelephoneNumber)
        .With(ContactPath.OtherTelephone, telUri.ImTelephoneNumber);
}
