using System.Collections.Immutable;

namespace Ews.ImService.Mailbox;

/// <summary>A change of a property of a contact.</summary>
/// <param name="Path">The path of the property. See <see cref="ContactProperties"/>.</param>
/// <param name="Values">The new values; empty to delete the property.</param>
public sealed record PropertyChange(string Path, ImmutableArray<string> Values)
{
    /// <summary>
    /// Gets a value that indicates whether the text of a body is appended to the current text. The default is <c>false</c>.
    /// </summary>
    public bool IsAppended { get; init; }

    /// <summary>
    /// Gets the index of the value that is changed, or <c>null</c> if the new values replace all. The others keep their values. The default
    /// is <c>null</c>.
    /// </summary>
    public int? Part { get; init; }

    /// <summary>Returns the properties of a contact after this change.</summary>
    /// <param name="properties">The properties before this change.</param>
    public ContactProperties ApplyTo(ContactProperties properties)
    {
        ArgumentNullException.ThrowIfNull(properties);
        var current = properties.Values(Path);
        return properties.With(Path, Part is { } part ? Replace(current, part) : IsAppended ? AppendTo(current) : Values);
    }

    private ImmutableArray<string> AppendTo(ImmutableArray<string> current) =>
        current.IsEmpty ? Values : ItemBody.From(current).Append(ItemBody.From(Values)).Values;

    private ImmutableArray<string> Replace(ImmutableArray<string> current, int part)
    {
        var values = current.ToList();
        while (values.Count <= part)
            values.Add(string.Empty);
        values[part] = Values.FirstOrDefault(string.Empty);
        return values.TrueForAll(value => value.Length == 0) ? [] : [.. values];
    }
}
