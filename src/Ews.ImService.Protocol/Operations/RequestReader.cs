using System.Xml;
using System.Xml.Linq;

namespace Ews.ImService.Protocol.Operations;

/// <summary>Reads the direct children of an operation element, which are all in its own namespace.</summary>
/// <remarks>The schema has found the element valid, so what it requires is there.</remarks>
internal readonly struct RequestReader(XElement operation)
{
    /// <summary>An attribute of the operation itself, or null where it was left out.</summary>
    public string? Attribute(string name) => operation.Attribute(name)?.Value;

    /// <summary>A required text, verbatim.</summary>
    public string Text(string name) => operation.Element(operation.Name.Namespace + name)!.Value;

    /// <summary>A text, verbatim, or null where it was left out.</summary>
    public string? OptionalText(string name) => operation.Element(operation.Name.Namespace + name)?.Value;

    /// <summary>A required boolean, in any of the schema's four spellings.</summary>
    public bool Boolean(string name) => XmlConvert.ToBoolean(Text(name).Trim());

    /// <summary>The items of a list, or none where it was left out.</summary>
    public IEnumerable<XElement> Items(string name) => operation.Element(operation.Name.Namespace + name)?.Elements() ?? [];

    /// <summary>A child with content of its own, or null where it was left out.</summary>
    public XElement? Element(string name) => operation.Element(operation.Name.Namespace + name);

    /// <summary>The Id of a required item id. Change keys are accepted whatever they say, and so never read.</summary>
    public string ItemId(string name) => operation.Element(operation.Name.Namespace + name)!.Attribute("Id")!.Value;

    /// <summary>The Id of an item id, or null where it was left out.</summary>
    public string? OptionalItemId(string name) => operation.Element(operation.Name.Namespace + name)?.Attribute("Id")!.Value;
}
