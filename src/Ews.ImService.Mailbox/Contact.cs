namespace Ews.ImService.Mailbox;

/// <summary>An ordinary contact, kept in the Contacts folder. It is not on the IM list. Learn: "Contact".</summary>
/// <param name="Id">Its item id.</param>
/// <param name="PersonaId">The persona that shows it, unless an IM contact of the same person does.</param>
/// <param name="Properties">What was said of it.</param>
/// <param name="CreationTime">When it was made, UTC.</param>
/// <param name="LastModifiedTime">When it was changed last, UTC.</param>
/// <param name="Version">Counted from 1, for its change key.</param>
/// <param name="Ordinal">Its place in the order of creation.</param>
public sealed record Contact(
    ContactId Id,
    PersonaId PersonaId,
    ContactProperties Properties,
    DateTime CreationTime,
    DateTime LastModifiedTime,
    long Version,
    long Ordinal)
{
    /// <summary>The item class of every contact.</summary>
    public const string ItemClass = "IPM.Contact";

    /// <summary>By which other contacts of the same person are found.</summary>
    public IEnumerable<string> AddressKeys =>
        ContactPath.Addresses.Select(path => Properties[path]).OfType<string>().Select(ImAddress.Key).Where(key => key.Length > 0).Distinct(StringComparer.Ordinal);
}
