using System.Globalization;
using System.Xml.Linq;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.Items;

/// <summary>A property by which items can be filtered and sorted.</summary>
internal sealed class ComparablePath
{
    private static readonly Comparer<string> Texts = Comparer<string>.Create(StringComparer.OrdinalIgnoreCase.Compare);
    private static readonly Comparer<string> Numbers = Comparer<string>.Create(CompareNumbers);
    private static readonly Comparer<string> Times = Comparer<string>.Create(CompareTimes);

    private readonly string _path;

    private ComparablePath(string path, Comparer<string> comparer) => (_path, Comparer) = (path, comparer);

    /// <summary>
    /// Gets the order of the values: texts are compared without regard to case, times and numbers by value. A value that is not
    /// a valid time or number is compared as text.
    /// </summary>
    public Comparer<string> Comparer { get; }

    /// <summary>Reads a path.</summary>
    /// <returns>The path, <c>null</c> if contacts have no comparable value at the path, or ErrorInvalidExtendedProperty.</returns>
    public static EwsResult<ComparablePath?> Read(XElement element)
    {
        var path = PropertyPath.Read(element);
        if (!path.Succeeded)
            return path.Error;
        if (PropertyPath.IsExtended(path.Value))
            return new ComparablePath(path.Value, ComparerOf(element.Attribute("PropertyType")!.Value));
        if (ItemFields.IsEntry(path.Value))
            return new ComparablePath(path.Value, Texts);
        return ItemFields.At(path.Value) is { IsComparable: true } field
            ? new ComparablePath(path.Value, field.IsTime ? Times : field.IsNumber ? Numbers : Texts)
            : null;
    }

    /// <summary>Returns the values of an item; none if it does not have the property.</summary>
    public IReadOnlyList<string> ValuesOf(MailboxItem item)
    {
        if (ItemFields.At(_path) is { } field)
            return field.ValuesOf(item);
        var values = PropertyPath.IsExtended(_path) ? ItemXml.ExtendedValuesOf(item, _path) : item.Properties.Values(_path);
        return ItemFields.IsEntry(_path) ? values.Take(1).ToList() : values;
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
