using System.Globalization;
using System.Xml.Linq;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.Items;

/// <summary>A property by which rows can be filtered and sorted.</summary>
/// <typeparam name="TRow">The type of the rows, such as items or personas.</typeparam>
/// <param name="ValuesOf">Returns the values of a row; none if it does not have the property.</param>
/// <param name="Comparer">The order of the values.</param>
internal sealed record ComparablePath<TRow>(Func<TRow, IReadOnlyList<string>> ValuesOf, Comparer<string> Comparer);

/// <summary>
/// Reads the paths of items, and compares values: texts are compared without regard to case, times and numbers by value. A value that is
/// not a valid time or number is compared as text.
/// </summary>
internal static class ComparablePath
{
    /// <summary>The order of texts.</summary>
    public static readonly Comparer<string> Texts = Comparer<string>.Create(StringComparer.OrdinalIgnoreCase.Compare);

    /// <summary>The order of numbers.</summary>
    public static readonly Comparer<string> Numbers = Comparer<string>.Create(CompareNumbers);

    /// <summary>The order of times.</summary>
    public static readonly Comparer<string> Times = Comparer<string>.Create(CompareTimes);

    /// <summary>Reads a path of items.</summary>
    /// <returns>The path, <c>null</c> if contacts have no comparable value at the path, or ErrorInvalidExtendedProperty.</returns>
    public static EwsResult<ComparablePath<MailboxItem>?> OfItem(XElement element)
    {
        var path = PropertyPath.Read(element);
        if (!path.Succeeded)
            return path.Error;
        if (PropertyPath.IsExtended(path.Value))
            return At(path.Value, ComparerOf(element.Attribute("PropertyType")!.Value));
        if (ItemFields.IsEntry(path.Value))
            return At(path.Value, Texts);
        return ItemFields.At(path.Value) is { IsComparable: true } field
            ? At(path.Value, field.IsTime ? Times : field.IsNumber ? Numbers : Texts)
            : null;
    }

    private static ComparablePath<MailboxItem> At(string path, Comparer<string> comparer) => new(item => ValuesOf(item, path), comparer);

    private static IReadOnlyList<string> ValuesOf(MailboxItem item, string path)
    {
        var values = ItemFields.ValuesOf(item, path);
        return ItemFields.IsEntry(path) ? values.Take(1).ToList() : values;
    }

    private static Comparer<string> ComparerOf(string propertyType) => propertyType switch
    {
        "Short" or "Integer" or "Long" or "Float" or "Double" or "Currency" => Numbers,
        "SystemTime" or "ApplicationTime" => Times,
        _ => Texts,
    };

    private static int CompareNumbers(string? left, string? right) =>
        decimal.TryParse(left, NumberStyles.Float, CultureInfo.InvariantCulture, out var leftNumber)
        && decimal.TryParse(right, NumberStyles.Float, CultureInfo.InvariantCulture, out var rightNumber)
            ? leftNumber.CompareTo(rightNumber)
            : Texts.Compare(left, right);

    private static int CompareTimes(string? left, string? right) =>
        DateTimeOffset.TryParse(left, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var leftTime)
        && DateTimeOffset.TryParse(right, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var rightTime)
            ? leftTime.CompareTo(rightTime)
            : Texts.Compare(left, right);
}
