using System.Collections.Immutable;

namespace Ews.ImService.Mailbox;

/// <summary>A change of a property of a contact.</summary>
/// <param name="Path">The path of the property. See <see cref="ContactProperties"/>.</param>
/// <param name="Values">The new values; empty to delete the property.</param>
public sealed record PropertyChange(string Path, ImmutableArray<string> Values)
{
    /// <summary>
    /// Gets a value that indicates whether the values are appended to the current ones: the text of a body to the
    /// current text, the entries of a list to the current entries. The default is <c>false</c>.
    /// </summary>
    public bool IsAppended { get; init; }

    /// <summary>Returns the properties of a contact after this change.</summary>
    /// <param name="properties">The properties before this change.</param>
    public ContactProperties ApplyTo(ContactProperties properties)
    {
        ArgumentNullException.ThrowIfNull(properties);
        return properties.With(Path, IsAppended ? AppendTo(properties.Values(Path)) : Values);
    }

    private ImmutableArray<string> AppendTo(ImmutableArray<string> current)
    {
        if (current.IsEmpty)
            return Values;
        return Path == ContactPath.Body ? current.SetItem(0, current[0] + Values[0]) : [.. current, .. Values];
    }
}
