using System.Xml;
using System.Xml.Linq;
using Ews.ImService.Protocol.Soap;

namespace Ews.ImService.Protocol.Operations;

/// <summary>Reads the attributes and child elements of a request element.</summary>
/// <remarks>
/// The element is valid against the schema, so required parts are present. Methods find children in the namespace of the element.
/// </remarks>
internal readonly struct RequestReader(XElement operation)
{
    /// <summary>Gets the schema version that the request specifies; the default is Exchange 2013.</summary>
    public ExchangeVersion Version { get; init; } = ExchangeVersion.Exchange2013;

    /// <summary>Gets the culture of the caller, or <c>null</c> if the request specifies none; the default is <c>null</c>.</summary>
    public string? Culture { get; init; }

    /// <summary>Returns an attribute of the request element, or <c>null</c> if it is absent.</summary>
    public string? Attribute(string name) => operation.Attribute(name)?.Value;

    /// <summary>Returns a child element, or <c>null</c> if it is absent.</summary>
    public XElement? Element(string name) => operation.Element(operation.Name.Namespace + name);

    /// <summary>Gets all children; those that the schema references by name are in the types namespace.</summary>
    public IEnumerable<XElement> Children => operation.Elements();

    /// <summary>Returns the text of a required child, unchanged.</summary>
    public string Text(string name) => Element(name)!.Value;

    /// <summary>Returns the text of a child, unchanged, or <c>null</c> if the child is absent.</summary>
    public string? OptionalText(string name) => Element(name)?.Value;

    /// <summary>Returns a required boolean, which the schema allows as <c>true</c>, <c>false</c>, <c>1</c> and <c>0</c>.</summary>
    public bool Boolean(string name) => XmlConvert.ToBoolean(Text(name).Trim());

    /// <summary>Returns the elements of a list; none if the list is absent.</summary>
    public IEnumerable<XElement> Items(string name) => Element(name)?.Elements() ?? [];

    /// <summary>Returns the Id of a required item id. Change keys are not read, because any value is accepted.</summary>
    public string ItemId(string name) => Element(name)!.Attribute("Id")!.Value;

    /// <summary>Returns the Id of an item id, or <c>null</c> if the element is absent.</summary>
    public string? OptionalItemId(string name) => Element(name)?.Attribute("Id")!.Value;

    /// <summary>
    /// Returns the ids of a list of <c>t:BaseItemIdType</c>. The id of an occurrence of a series, which has no Id, is
    /// empty.
    /// </summary>
    public IEnumerable<string> BaseItemIds(string name) => Items(name).Select(id => id.Attribute("Id")?.Value ?? string.Empty);
}
