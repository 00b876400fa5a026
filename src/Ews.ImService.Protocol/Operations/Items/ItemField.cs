using System.Collections.Immutable;
using System.Xml.Linq;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.Items;

/// <summary>An element of <c>t:ContactItemType</c> or <c>t:DistributionListType</c>: how it is read and written.</summary>
/// <param name="element">Its name.</param>
/// <param name="path">Its FieldURI.</param>
/// <param name="isDefault">Whether the Default shape has it.</param>
internal abstract class ItemField(string element, string path, bool isDefault)
{
    /// <summary>Its name.</summary>
    public string Element => element;

    /// <summary>Its FieldURI.</summary>
    public string Path => path;

    /// <summary>Whether the Default shape has it.</summary>
    public bool IsDefault => isDefault;

    /// <summary>Writes the element, or nothing where the item does not have it.</summary>
    /// <param name="xml">The answer.</param>
    /// <param name="item">The item.</param>
    /// <param name="isWanted">Of an element with entries, whether one of them is asked for, by its path.</param>
    public abstract void Write(EwsXmlWriter xml, MailboxItem item, Func<string, bool> isWanted);

    /// <summary>The values to compare and sort by.</summary>
    public virtual ImmutableArray<string> ValuesOf(MailboxItem item) => item.Properties.Values(Path);

    /// <summary>Whether it has such values, and not only parts that have.</summary>
    public virtual bool IsComparable => true;

    /// <summary>Whether its values are times.</summary>
    public virtual bool IsTime => false;

    /// <summary>Whether its values are numbers.</summary>
    public bool IsNumber => ContactProperty.Find(path)?.Rule == ContactValueRule.Number;

    /// <summary>Reads the element of a request as changes.</summary>
    /// <returns>The changes, or ErrorInvalidPropertySet where nobody may set it.</returns>
    public virtual EwsResult<List<PropertyChange>> Read(XElement value) => EwsError.InvalidPropertySet(Path);

    /// <summary>Whether a client may remove it as a whole.</summary>
    public virtual bool IsDeletable => false;
}

/// <summary>A text.</summary>
internal class TextField(string element, string path, bool isDefault = false) : ItemField(element, path, isDefault)
{
    public override bool IsDeletable => true;

    public override void Write(EwsXmlWriter xml, MailboxItem item, Func<string, bool> isWanted)
    {
        if (item.Properties[Path] is { } text)
            xml.Type(Element, text);
    }

    public override EwsResult<List<PropertyChange>> Read(XElement value) => new List<PropertyChange> { new(Path, [value.Value]) };
}

/// <summary>A text that is always there.</summary>
internal sealed class TextWithDefaultField(string element, string path, string standard) : TextField(element, path)
{
    public override ImmutableArray<string> ValuesOf(MailboxItem item) => [item.Properties[Path] ?? standard];

    public override void Write(EwsXmlWriter xml, MailboxItem item, Func<string, bool> isWanted) => xml.Type(Element, ValuesOf(item)[0]);
}

/// <summary>A time; kept in UTC, as answers tell it.</summary>
internal sealed class TimeField(string element, string path) : TextField(element, path)
{
    public override bool IsTime => true;

    public override EwsResult<List<PropertyChange>> Read(XElement value) =>
        ContactValueRule.Time.Normalize([value.Value]) is { } time
            ? new List<PropertyChange> { new(Path, time) }
            : EwsError.InvalidPropertySet(Path);
}

/// <summary>The item's class, which has to stay a contact's.</summary>
internal sealed class ItemClassField() : TextField("ItemClass", ContactPath.ItemClass)
{
    public override bool IsDeletable => false;

    public override EwsResult<List<PropertyChange>> Read(XElement value) =>
        ContactValueRule.ItemClass.Normalize([value.Value]) is null ? EwsError.ObjectTypeChanged : base.Read(value);
}

/// <summary>The body, with its type beside the text.</summary>
internal sealed class BodyField() : TextField("Body", ContactPath.Body)
{
    public override ImmutableArray<string> ValuesOf(MailboxItem item) => item.Properties[Path] is { } text ? [text] : [];

    public override void Write(EwsXmlWriter xml, MailboxItem item, Func<string, bool> isWanted)
    {
        if (item.Properties.Values(Path) is not [var text, var type])
            return;
        xml.StartType(Element);
        xml.Attribute("BodyType", type);
        xml.Text(text);
        xml.End();
    }

    public override EwsResult<List<PropertyChange>> Read(XElement value) => new List<PropertyChange> { new(Path, [value.Value, value.Attribute("BodyType")!.Value]) };
}

/// <summary>A list of texts.</summary>
internal sealed class TextsField(string element, string path) : ItemField(element, path, isDefault: false)
{
    public override bool IsDeletable => true;

    public override void Write(EwsXmlWriter xml, MailboxItem item, Func<string, bool> isWanted)
    {
        var values = item.Properties.Values(Path);
        if (values.IsEmpty)
            return;
        xml.StartType(Element);
        foreach (var value in values)
            xml.Type("String", value);
        xml.End();
    }

    public override EwsResult<List<PropertyChange>> Read(XElement value) =>
        new List<PropertyChange> { new(Path, value.Elements().Select(text => text.Value).ToImmutableArray()) };
}

/// <summary>An element whose entries have paths of their own, and can be asked for, set and removed alone.</summary>
internal interface IEntriesField
{
    /// <summary>The paths of all entries that there can be.</summary>
    IEnumerable<string> EntryPaths { get; }
}

/// <summary>Entries with a key: telephone numbers, IM addresses, and e-mail addresses, which have further attributes.</summary>
/// <param name="element">The element's name.</param>
/// <param name="path">Its FieldURI.</param>
/// <param name="entryPath">Its entries' FieldURI.</param>
/// <param name="attributes">Attributes beside the key.</param>
internal sealed class EntriesField(string element, string path, string entryPath, params string[] attributes) : ItemField(element, path, isDefault: true), IEntriesField
{
    private readonly List<string> _keys = ContactProperty.All
        .Where(property => property.Path.StartsWith(entryPath + ":", StringComparison.Ordinal))
        .Select(property => property.Path[(entryPath.Length + 1)..])
        .ToList();

    public IEnumerable<string> EntryPaths => _keys.Select(key => entryPath + ":" + key);

    public override bool IsComparable => false;

    public override void Write(EwsXmlWriter xml, MailboxItem item, Func<string, bool> isWanted)
    {
        var present = _keys.Where(key => !item.Properties.Values(entryPath + ":" + key).IsEmpty && isWanted(entryPath + ":" + key)).ToList();
        if (present.Count == 0)
            return;
        xml.StartType(Element);
        foreach (var key in present)
            WriteEntry(xml, key, item.Properties.Values(entryPath + ":" + key));
        xml.End();
    }

    /// <summary>An entry without text is none.</summary>
    public override EwsResult<List<PropertyChange>> Read(XElement value) => value.Elements().Select(entry => new PropertyChange(
        entryPath + ":" + entry.Attribute("Key")!.Value,
        entry.Value.Length == 0 ? [] : [entry.Value, .. attributes.Select(attribute => entry.Attribute(attribute)?.Value ?? string.Empty)])).ToList();

    private void WriteEntry(EwsXmlWriter xml, string key, ImmutableArray<string> values)
    {
        xml.StartType("Entry");
        xml.Attribute("Key", key);
        for (var i = 1; i < values.Length; i++)
        {
            if (values[i].Length > 0)
                xml.Attribute(attributes[i - 1], values[i]);
        }

        xml.Text(values[0]);
        xml.End();
    }
}

/// <summary>Postal addresses by key; each part has a path of its own.</summary>
internal sealed class PhysicalAddressesField() : ItemField("PhysicalAddresses", "contacts:PhysicalAddresses", isDefault: true), IEntriesField
{
    public IEnumerable<string> EntryPaths =>
        ContactPath.PhysicalAddressKeys.SelectMany(
            key => ContactPath.PhysicalAddressParts.Select(part => ContactPath.PhysicalAddress(part, key)));

    public override bool IsComparable => false;

    public override void Write(EwsXmlWriter xml, MailboxItem item, Func<string, bool> isWanted)
    {
        var present = ContactPath.PhysicalAddressKeys
            .SelectMany(key => ContactPath.PhysicalAddressParts.Select(
                part => (Key: key, Part: part, Path: ContactPath.PhysicalAddress(part, key))))
            .Where(part => item.Properties[part.Path] is not null && isWanted(part.Path)).GroupBy(part => part.Key).ToList();
        if (present.Count == 0)
            return;
        xml.StartType(Element);
        foreach (var address in present)
        {
            xml.StartType("Entry");
            xml.Attribute("Key", address.Key);
            foreach (var part in address)
                xml.Type(part.Part, item.Properties[part.Path]!);
            xml.End();
        }

        xml.End();
    }

    public override EwsResult<List<PropertyChange>> Read(XElement value) => value.Elements()
        .SelectMany(entry => entry.Elements().Select(part => new PropertyChange(ContactPath.PhysicalAddress(part.Name.LocalName, entry.Attribute("Key")!.Value), [part.Value]))).ToList();
}

/// <summary>A text that follows from the item; nobody may set it.</summary>
internal class ComputedField(string element, string path, Func<MailboxItem, string?> compute, bool isDefault = false) : ItemField(element, path, isDefault)
{
    public override ImmutableArray<string> ValuesOf(MailboxItem item) => compute(item) is { } text ? [text] : [];

    public override void Write(EwsXmlWriter xml, MailboxItem item, Func<string, bool> isWanted)
    {
        if (compute(item) is { } text)
            xml.Type(Element, text);
    }
}

/// <summary>A time that follows from the item; nobody may set it.</summary>
internal sealed class ComputedTimeField(string element, string path, Func<MailboxItem, DateTime?> compute)
    : ComputedField(element, path, item => compute(item) is { } time ? WholeSeconds.Format(time) : null)
{
    public override bool IsTime => true;
}

/// <summary>An element with content of its own that follows from the item; nobody may set it.</summary>
internal sealed class ComputedElementField(string element, string path, Action<EwsXmlWriter, MailboxItem> write, bool isDefault = false) : ItemField(element, path, isDefault)
{
    public override bool IsComparable => false;

    public override void Write(EwsXmlWriter xml, MailboxItem item, Func<string, bool> isWanted) => write(xml, item);
}
