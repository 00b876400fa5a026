using System.Collections.Immutable;
using System.Xml.Linq;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Soap;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.Items;

/// <summary>Reads and writes an element of <c>t:ContactItemType</c> or <c>t:DistributionListType</c>.</summary>
/// <param name="element">The name of the element.</param>
/// <param name="path">The FieldURI.</param>
/// <param name="isDefault"><c>true</c> if the Default shape contains the element.</param>
internal abstract class ItemField(string element, string path, bool isDefault)
{
    /// <summary>Gets the name of the element.</summary>
    public string Element => element;

    /// <summary>Gets the FieldURI.</summary>
    public string Path => path;

    /// <summary>Gets a value that indicates whether the Default shape contains the element.</summary>
    public bool IsDefault => isDefault;

    /// <summary>Gets a value that indicates whether no base shape contains the element; the default is <c>false</c>.</summary>
    public bool IsOnlyOnRequest { get; init; }

    /// <summary>Gets a value that indicates whether FindItem returns the element; the default is <c>true</c>.</summary>
    public bool IsInSearchResults { get; init; } = true;

    /// <summary>Gets the first schema version that has the element; the default is Exchange 2007.</summary>
    public ExchangeVersion Since { get; init; } = ExchangeVersion.Exchange2007;

    /// <summary>Writes the element; nothing if the item does not have it.</summary>
    /// <param name="xml">The writer of the response.</param>
    /// <param name="item">The item.</param>
    /// <param name="shape">The requested elements.</param>
    public abstract void Write(EwsXmlWriter xml, MailboxItem item, ItemShape shape);

    /// <summary>Returns the values by which items are filtered and sorted.</summary>
    public virtual ImmutableArray<string> ValuesOf(MailboxItem item) => item.Properties.Values(Path);

    /// <summary>Gets a value that indicates whether items can be filtered and sorted by the element as a whole.</summary>
    public virtual bool IsComparable => true;

    /// <summary>Gets the type of the values by which items are filtered and sorted; the default follows from the rule for values.</summary>
    public ComparableType Type { get; init; } = ComparableType.Of(ContactProperty.Find(path)?.Rule);

    /// <summary>Reads the element of a request as changes.</summary>
    /// <returns>The changes, or ErrorInvalidPropertySet if the element is read-only or the value is invalid.</returns>
    public virtual EwsResult<List<PropertyChange>> Read(XElement value) => EwsError.InvalidPropertySet(Path);

    /// <summary>Returns the change that sets the property, or the error of a value that violates its rule.</summary>
    protected EwsResult<List<PropertyChange>> Set(params ImmutableArray<string> values)
    {
        var rule = ContactProperty.Find(Path)!.Rule;
        return rule.Normalize(values) is { } normalized ? new List<PropertyChange> { new(Path, normalized) } : rule.Error(Path);
    }

    /// <summary>Gets a value that indicates whether a client can delete the element as a whole.</summary>
    public virtual bool IsDeletable => false;
}

/// <summary>A text.</summary>
internal class TextField(string element, string path, bool isDefault = false) : ItemField(element, path, isDefault)
{
    public override bool IsDeletable => true;

    public override void Write(EwsXmlWriter xml, MailboxItem item, ItemShape shape)
    {
        if (item.Properties[Path] is { } text)
            xml.Type(Element, shape.Shorten(text));
    }

    public override EwsResult<List<PropertyChange>> Read(XElement value) => Set(value.Value);
}

/// <summary>A text with a default value.</summary>
internal sealed class TextWithDefaultField(string element, string path, string defaultText) : TextField(element, path)
{
    public override ImmutableArray<string> ValuesOf(MailboxItem item) => [item.Properties[Path] ?? defaultText];

    public override void Write(EwsXmlWriter xml, MailboxItem item, ItemShape shape) => xml.Type(Element, ValuesOf(item)[0]);
}

/// <summary>A time, which is stored in UTC.</summary>
internal sealed class TimeField(string element, string path) : TextField(element, path)
{
    public override void Write(EwsXmlWriter xml, MailboxItem item, ItemShape shape)
    {
        if (item.Properties[Path] is { } time)
            xml.Type(Element, xml.FormatTime(time));
    }
}

/// <summary>The item class, which must be that of a contact.</summary>
internal sealed class ItemClassField() : TextField("ItemClass", ContactPath.ItemClass)
{
    public override bool IsDeletable => false;
}

/// <summary>The flag: a status and dates.</summary>
internal sealed class FlagField() : TextField("Flag", ContactPath.Flag)
{
    private static readonly string[] Dates = ["StartDate", "DueDate", "CompleteDate"];

    public override bool IsComparable => false;

    public override void Write(EwsXmlWriter xml, MailboxItem item, ItemShape shape)
    {
        var values = ValuesOf(item);
        xml.StartType(Element);
        xml.Type("FlagStatus", values is [{ Length: > 0 } status, ..] ? status : ItemFlag.NotFlagged);
        foreach (var (date, value) in Dates.Zip(values.Skip(1)))
        {
            if (value.Length > 0)
                xml.Type(date, xml.FormatTime(value));
        }

        xml.End();
    }

    public override EwsResult<List<PropertyChange>> Read(XElement value)
    {
        return Set([Child("FlagStatus"), .. Dates.Select(Child)]);

        string Child(string name) => value.Element(value.Name.Namespace + name)?.Value ?? string.Empty;
    }
}

/// <summary>The body: a text and its type.</summary>
internal sealed class BodyField() : TextField("Body", ContactPath.Body)
{
    public override ImmutableArray<string> ValuesOf(MailboxItem item) => item.Properties[Path] is { } text ? [text] : [];

    public override void Write(EwsXmlWriter xml, MailboxItem item, ItemShape shape) =>
        shape.Body.Write(xml, Element, ItemBody.Of(item.Properties));

    public override EwsResult<List<PropertyChange>> Read(XElement value) =>
        new List<PropertyChange> { new(Path, [value.Value, value.Attribute("BodyType")!.Value]) };
}

/// <summary>The body in a form with its own type, which is read-only.</summary>
/// <param name="element">The name of the element.</param>
/// <param name="path">The FieldURI.</param>
/// <param name="formIn">Returns the form of the body that a shape requests.</param>
internal sealed class ConvertedBodyField(string element, string path, Func<ItemShape, BodyShape> formIn)
    : ItemField(element, path, isDefault: false)
{
    public override bool IsComparable => false;

    public override void Write(EwsXmlWriter xml, MailboxItem item, ItemShape shape) =>
        formIn(shape).Write(xml, Element, ItemBody.Of(item.Properties));
}

/// <summary>A list of texts.</summary>
internal sealed class TextsField(string element, string path) : ItemField(element, path, isDefault: false)
{
    public override bool IsDeletable => true;

    public override void Write(EwsXmlWriter xml, MailboxItem item, ItemShape shape)
    {
        var values = item.Properties.Values(Path);
        if (values.IsEmpty)
            return;
        xml.StartType(Element);
        foreach (var value in values)
            xml.Type("String", shape.Shorten(value));
        xml.End();
    }

    public override EwsResult<List<PropertyChange>> Read(XElement value) =>
        new List<PropertyChange> { new(Path, value.Elements().Select(text => text.Value).ToImmutableArray()) };
}

/// <summary>An element whose entries have their own paths, and can be requested, set and deleted separately.</summary>
internal interface IEntriesField
{
    /// <summary>Gets the paths of all possible entries.</summary>
    IEnumerable<string> EntryPaths { get; }
}

/// <summary>Entries with a key: telephone numbers, IM addresses, and email addresses, which have additional attributes.</summary>
/// <param name="element">The name of the element.</param>
/// <param name="path">The FieldURI.</param>
/// <param name="entryPath">The FieldURI of the entries.</param>
/// <param name="attributes">
/// The additional attributes of an entry, which Exchange returns since Exchange 2010, and their defaults; <c>null</c> for the text of the
/// entry.
/// </param>
internal sealed class EntriesField(string element, string path, string entryPath, params (string Name, string? Default)[] attributes)
    : ItemField(element, path, isDefault: true), IEntriesField
{
    private readonly List<string> _keys = ContactProperty.All
        .Where(property => property.Path.StartsWith(entryPath + ":", StringComparison.Ordinal))
        .Select(property => property.Path[(entryPath.Length + 1)..])
        .ToList();

    public IEnumerable<string> EntryPaths => _keys.Select(PathOf);

    public override bool IsComparable => false;

    public override void Write(EwsXmlWriter xml, MailboxItem item, ItemShape shape)
    {
        var present = _keys.Select(key => (Key: key, Values: item.Properties.Values(PathOf(key))))
            .Where(entry => !entry.Values.IsEmpty && shape.IncludesEntry(this, PathOf(entry.Key))).ToList();
        if (present.Count == 0)
            return;
        xml.StartType(Element);
        foreach (var (key, values) in present)
            WriteEntry(xml, key, values, shape);
        xml.End();
    }

    public override EwsResult<List<PropertyChange>> Read(XElement value)
    {
        var changes = value.Elements()
            .Select(entry => new PropertyChange(PathOf(entry.Attribute("Key")!.Value), ReadEntry(entry))).ToList();
        var invalid = changes.Find(change => !change.Values.IsEmpty && RuleOf(change).Normalize(change.Values) is null);
        return invalid is null ? changes : RuleOf(invalid).Error(invalid.Path);
    }

    private static ContactValueRule RuleOf(PropertyChange change) => ContactProperty.Find(change.Path)!.Rule;

    private string PathOf(string key) => entryPath + ":" + key;

    /// <summary>Reads the values of an entry. An entry without text is deleted.</summary>
    private ImmutableArray<string> ReadEntry(XElement entry) => entry.Value.Length == 0
        ? []
        : [entry.Value, .. attributes.Select(attribute => entry.Attribute(attribute.Name)?.Value ?? string.Empty)];

    private void WriteEntry(EwsXmlWriter xml, string key, ImmutableArray<string> values, ItemShape shape)
    {
        xml.StartType("Entry");
        xml.Attribute("Key", key);
        for (var i = 0; i < attributes.Length && shape.Version.Includes(ExchangeVersion.Exchange2010); i++)
        {
            var value = values.ElementAtOrDefault(i + 1);
            xml.Attribute(attributes[i].Name, string.IsNullOrEmpty(value) ? attributes[i].Default ?? values[0] : value);
        }

        xml.Text(shape.Shorten(values[0]));
        xml.End();
    }
}

/// <summary>Postal addresses with a key. Each part of an address has its own path.</summary>
internal sealed class PhysicalAddressesField()
    : ItemField("PhysicalAddresses", "contacts:PhysicalAddresses", isDefault: true), IEntriesField
{
    public IEnumerable<string> EntryPaths =>
        ContactPath.PhysicalAddressKeys.SelectMany(
            key => ContactPath.PhysicalAddressParts.Select(part => ContactPath.PhysicalAddress(part, key)));

    public override bool IsComparable => false;

    public override void Write(EwsXmlWriter xml, MailboxItem item, ItemShape shape)
    {
        var present = ContactPath.PhysicalAddressKeys
            .SelectMany(key => ContactPath.PhysicalAddressParts.Select(
                part => (Key: key, Part: part, Path: ContactPath.PhysicalAddress(part, key))))
            .Where(part => item.Properties[part.Path] is not null && shape.IncludesEntry(this, part.Path))
            .GroupBy(part => part.Key)
            .ToList();
        if (present.Count == 0)
            return;
        xml.StartType(Element);
        foreach (var address in present)
        {
            xml.StartType("Entry");
            xml.Attribute("Key", address.Key);
            foreach (var part in address)
                xml.Type(part.Part, shape.Shorten(item.Properties[part.Path]!));
            xml.End();
        }

        xml.End();
    }

    public override EwsResult<List<PropertyChange>> Read(XElement value) => value.Elements()
        .SelectMany(entry => entry.Elements().Select(part => new PropertyChange(
            ContactPath.PhysicalAddress(part.Name.LocalName, entry.Attribute("Key")!.Value), part.Value.Length == 0 ? [] : [part.Value])))
        .ToList();
}

/// <summary>A read-only text that is computed from the item.</summary>
internal class ComputedField(string element, string path, Func<MailboxItem, string?> compute, bool isDefault = false)
    : ItemField(element, path, isDefault)
{
    public override ImmutableArray<string> ValuesOf(MailboxItem item) => compute(item) is { } text ? [text] : [];

    public override void Write(EwsXmlWriter xml, MailboxItem item, ItemShape shape)
    {
        if (compute(item) is { } text)
            xml.Type(Element, text);
    }
}

/// <summary>A read-only time that is computed from the item.</summary>
internal sealed class ComputedTimeField : ComputedField
{
    private readonly Func<MailboxItem, DateTime?> _compute;

    public ComputedTimeField(string element, string path, Func<MailboxItem, DateTime?> compute)
        : base(element, path, item => compute(item) is { } time ? Milliseconds.Format(time) : null) =>
        (_compute, Type) = (compute, ComparableType.Times);

    public override void Write(EwsXmlWriter xml, MailboxItem item, ItemShape shape)
    {
        if (_compute(item) is { } time)
            xml.Type(Element, time);
    }
}

/// <summary>A read-only element with child elements that are computed from the item.</summary>
internal sealed class ComputedElementField(
    string element, string path, Action<EwsXmlWriter, MailboxItem> write, bool isDefault = false) : ItemField(element, path, isDefault)
{
    public override bool IsComparable => false;

    public override void Write(EwsXmlWriter xml, MailboxItem item, ItemShape shape) => write(xml, item);
}
