using System.Collections.Immutable;

namespace Ews.ImService.Mailbox;

/// <summary>What a contact says: EWS property paths and their values. It never changes.</summary>
/// <remarks>
/// A path is a FieldURI, <c>contacts:GivenName</c>; for entries of a dictionary its key follows,
/// <c>contacts:EmailAddress:EmailAddress1</c>. Most properties have one value. Learn: "FieldURI", "IndexedFieldURI".
/// </remarks>
public sealed class ContactProperties
{
    private readonly Dictionary<string, ImmutableArray<string>> _values;

    private ContactProperties(Dictionary<string, ImmutableArray<string>> values) => _values = values;

    /// <summary>A contact that says nothing.</summary>
    public static ContactProperties Empty { get; } = new(new(StringComparer.Ordinal));

    /// <summary>All of them, in no order.</summary>
    public IEnumerable<KeyValuePair<string, ImmutableArray<string>>> All => _values;

    /// <summary>The property's first value, or null where it has none.</summary>
    public string? this[string path] => _values.TryGetValue(path, out var values) ? values[0] : null;

    /// <summary>Properties read from elsewhere.</summary>
    public static ContactProperties Of(IEnumerable<KeyValuePair<string, ImmutableArray<string>>> values) =>
        new(new(values.Where(pair => !pair.Value.IsEmpty), StringComparer.Ordinal));

    /// <summary>All values of a property; none where it is not there.</summary>
    public ImmutableArray<string> Values(string path) => _values.TryGetValue(path, out var values) ? values : [];

    /// <summary>These, with one property set; without it for null or no value.</summary>
    public ContactProperties With(string path, string? value) => With(path, value is null ? [] : [value]);

    /// <summary>These, with one property set; without it for no value.</summary>
    public ContactProperties With(string path, ImmutableArray<string> values)
    {
        var changed = new Dictionary<string, ImmutableArray<string>>(_values, StringComparer.Ordinal);
        if (values.IsEmpty)
            changed.Remove(path);
        else
            changed[path] = values;
        return new ContactProperties(changed);
    }

    /// <summary>These, with all properties of others set.</summary>
    public ContactProperties With(ContactProperties others) => Of(_values.Where(pair => !others._values.ContainsKey(pair.Key)).Concat(others._values));
}
