using System.Xml.Linq;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.Items;

/// <summary>The requested elements of an item.</summary>
/// <param name="BaseShape">The base set: IdOnly, Default or AllProperties.</param>
/// <param name="Paths">The paths of additional elements. Paths of other kinds of items are ignored.</param>
/// <param name="ExtendedFields">The additional extended properties, as in the request.</param>
/// <remarks>Learn: "ItemShape".</remarks>
internal sealed record ItemShape(string BaseShape, IReadOnlySet<string> Paths, IReadOnlyList<(XElement Field, string Path)> ExtendedFields)
{
    /// <summary>All elements except extended properties.</summary>
    public static readonly ItemShape Everything = new("AllProperties", new HashSet<string>(), []);

    /// <summary>Only the id, which is the shape in responses to changes.</summary>
    public static readonly ItemShape IdOnly = new("IdOnly", new HashSet<string>(), []);

    /// <summary>Creates the shape of a base set, without additional elements.</summary>
    public static ItemShape FromBase(string baseShape) => new(baseShape, new HashSet<string>(), []);

    /// <summary>Reads a <c>t:ItemResponseShapeType</c>.</summary>
    /// <returns>The shape, or ErrorInvalidExtendedProperty.</returns>
    public static EwsResult<ItemShape> Read(XElement shape)
    {
        var t = shape.Elements().First().Name.Namespace;
        var paths = new HashSet<string>(StringComparer.Ordinal);
        var extended = new List<(XElement, string)>();
        foreach (var element in shape.Elements(t + "AdditionalProperties").Elements())
        {
            var path = PropertyPath.Read(element);
            if (!path.Succeeded)
                return path.Error;
            if (PropertyPath.IsExtended(path.Value))
                extended.Add((element, path.Value));
            else
                paths.Add(path.Value);
        }

        return new ItemShape(shape.Element(t + "BaseShape")!.Value, paths, extended);
    }

    /// <summary>Determines whether a complete element is requested.</summary>
    public bool Includes(ItemField field) => BaseShape switch
    {
        "AllProperties" => true,
        "Default" => field.IsDefault || Paths.Contains(field.Path),
        _ => Paths.Contains(field.Path),
    };
}
