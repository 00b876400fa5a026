using System.Xml.Linq;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.Items;

/// <summary>A property by which rows can be filtered and sorted.</summary>
/// <typeparam name="TRow">The type of the rows, such as items or personas.</typeparam>
/// <param name="ValuesOf">Returns the values of a row; none if it does not have the property.</param>
/// <param name="Type">The type of the values.</param>
internal sealed record ComparablePath<TRow>(Func<TRow, IReadOnlyList<string>> ValuesOf, ComparableType Type)
{
    /// <summary>Gets a value that indicates whether a restriction can ask if rows have the property; the default is <c>true</c>.</summary>
    public bool IsOptional { get; init; } = true;

    /// <summary>Gets a value that indicates whether rows can be sorted by the property; the default is <c>true</c>.</summary>
    public bool IsSortable { get; init; } = true;
}

/// <summary>Reads the paths of items.</summary>
internal static class ComparablePath
{
    /// <summary>The paths that Exchange does not search, and those that only identify an item.</summary>
    private static readonly HashSet<string> NotSearchable =
    [
        "contacts:Companies", "item:Culture", "item:ReminderDueBy", "item:InstanceKey", "item:WebClientReadFormQueryString",
        "item:WebClientEditFormQueryString",
    ];

    /// <summary>The flags that every message has.</summary>
    /// <remarks>Learn: "ResponseCode", ErrorInvalidPropertyForExists.</remarks>
    private static readonly HashSet<string> MessageFlags =
        ["item:IsDraft", "item:IsSubmitted", "item:IsUnmodified", "item:IsResend", "item:IsFromMe"];

    /// <summary>The prefixes of the paths that a restriction on items cannot contain, unless contacts have the property.</summary>
    private static readonly HashSet<string> RestrictedPrefixes =
        ["item", "contacts", "distributionlist", "folder", "conversation", "persona"];

    /// <summary>Reads a path of items. No contact matches a property of another kind of items, such as appointments.</summary>
    /// <returns>The path, <c>null</c> if contacts have no comparable value at the path, or an error of an extended property.</returns>
    public static EwsResult<ComparablePath<MailboxItem>?> OfItem(XElement element)
    {
        var path = PropertyPath.Read(element);
        if (!path.Succeeded)
            return path.Error;
        if (PropertyPath.IsExtended(path.Value))
            return At(path.Value, ComparableType.Of(element.Attribute("PropertyType")!.Value));
        if (ItemFields.IsEntry(path.Value))
            return At(path.Value, ComparableType.Texts);
        if (!RestrictedPrefixes.Contains(path.Value[..path.Value.IndexOf(':', StringComparison.Ordinal)]))
            return new ComparablePath<MailboxItem>(_ => [], ComparableType.Texts) { IsSortable = false };
        return ItemFields.At(path.Value) is { IsComparable: true } field && !NotSearchable.Contains(path.Value)
            ? At(path.Value, field.Type)
            : null;
    }

    private static ComparablePath<MailboxItem> At(string path, ComparableType type) => new(item => ValuesOf(item, path), type)
    {
        IsOptional = !MessageFlags.Contains(path),
    };

    private static IReadOnlyList<string> ValuesOf(MailboxItem item, string path)
    {
        var values = ItemFields.ValuesOf(item, path);
        return ItemFields.IsEntry(path) ? values.Take(1).ToList() : values;
    }
}
