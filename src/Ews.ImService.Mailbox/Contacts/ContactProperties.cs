using System.Collections.Immutable;

namespace Ews.ImService.Mailbox;

/// <summary>The properties of a contact: EWS property paths and their values. Instances are immutable.</summary>
/// <remarks>
/// Learn: "FieldURI", "IndexedFieldURI". A path is a FieldURI such as <c>contacts:GivenName</c>; the path of a
/// dictionary entry ends with the key of the entry, as in <c>contacts:EmailAddress:EmailAddress1</c>. Most properties
/// have a single value.
/// </remarks>
public sealed class ContactProperties
{
    private readonly Dictionary<string, ImmutableArray<string>> _values;

    private ContactProperties(Dictionary<string, ImmutableArray<string>> values) => _values = values;

    /// <summary>Gets an instance without properties.</summary>
    public static ContactProperties Empty { get; } = new(new(StringComparer.Ordinal));

    /// <summary>Gets all properties, in no particular order.</summary>
    public IEnumerable<KeyValuePair<string, ImmutableArray<string>>> All => _values;

    /// <summary>Gets the first value of a property, or <c>null</c> if the property is not set.</summary>
    /// <param name="path">The path of the property.</param>
    public string? this[string path] => _values.TryGetValue(path, out var values) ? values[0] : null;

    /// <summary>Creates an instance from paths and values.</summary>
    /// <param name="values">The paths and values. A property without values is ignored.</param>
    public static ContactProperties From(IEnumerable<KeyValuePair<string, ImmutableArray<string>>> values) =>
        new(new(values.Where(pair => !pair.Value.IsEmpty), StringComparer.Ordinal));

    /// <summary>
    /// Creates the properties of a new IM contact: the name, the IM address and, without <c>sip:</c>, the email
    /// address.
    /// </summary>
    /// <param name="imAddress">The IM address.</param>
    /// <param name="displayName">The display name.</param>
    public static ContactProperties FromImAddress(string imAddress, string displayName) => Empty
        .With(ContactPath.DisplayName, displayName)
        .With(ContactPath.ImAddress1, imAddress)
        .With(ContactPath.EmailAddress1, ContactValueRule.EmailAddress.Normalize([ImAddress.WithoutScheme(imAddress)])?[0]);

    /// <summary>Creates the properties of a new phone contact: the telephone number, which is also the display name.</summary>
    /// <param name="telUri">The URIs and the number.</param>
    public static ContactProperties FromTelUri(TelUriContact telUri)
    {
        ArgumentNullException.ThrowIfNull(telUri);
        return Empty
            .With(ContactPath.DisplayName, telUri.ImTelephoneNumber)
            .With(ContactPath.OtherTelephone, telUri.ImTelephoneNumber);
    }

    /// <summary>Returns all values of a property; empty if the property is not set.</summary>
    /// <param name="path">The path of the property.</param>
    public ImmutableArray<string> Values(string path) => _values.TryGetValue(path, out var values) ? values : [];

    /// <summary>Returns a copy with one property set or deleted.</summary>
    /// <param name="path">The path of the property.</param>
    /// <param name="value">The value, or <c>null</c> to delete the property.</param>
    public ContactProperties With(string path, string? value) => With(path, value is null ? [] : [value]);

    /// <summary>Returns a copy with one property set or deleted.</summary>
    /// <param name="path">The path of the property.</param>
    /// <param name="values">The values; empty to delete the property.</param>
    public ContactProperties With(string path, ImmutableArray<string> values)
    {
        var changed = new Dictionary<string, ImmutableArray<string>>(_values, StringComparer.Ordinal);
        if (values.IsEmpty)
            changed.Remove(path);
        else
            changed[path] = values;
        return new ContactProperties(changed);
    }

    /// <summary>Returns a copy with all properties of another instance set.</summary>
    /// <param name="others">The other instance.</param>
    public ContactProperties With(ContactProperties others)
    {
        ArgumentNullException.ThrowIfNull(others);
        return From(_values.Where(pair => !others._values.ContainsKey(pair.Key)).Concat(others._values));
    }
}
