using System.Xml.Linq;

namespace Ews.ImService.Protocol.Operations.Items;

/// <summary>Reads a list of <c>t:BaseItemIdType</c>.</summary>
internal static class ItemIds
{
    /// <summary>The ids; that of an occurrence of a series, which contacts are not, names nothing and so counts as empty.</summary>
    public static List<string> Read(IEnumerable<XElement> ids) => ids.Select(id => id.Attribute("Id")?.Value ?? string.Empty).ToList();
}
