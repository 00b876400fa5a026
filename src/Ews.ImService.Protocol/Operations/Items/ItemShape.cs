using System.Xml.Linq;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.Items;

/// <summary>Which of an item's elements an answer holds. Learn: "ItemShape".</summary>
/// <param name="BaseShape">The set to begin with: IdOnly, Default or AllProperties.</param>
/// <param name="Paths">Further paths; clients ask for those of every kind of item at once, and get what this one has.</param>
/// <param name="ExtendedFields">Further extended properties, as they were asked for.</param>
internal sealed record ItemShape(string BaseShape, IReadOnlySet<string> Paths, IReadOnlyList<(XElement Field, string Path)> ExtendedFields)
{
    /// <summary>Everything but extended properties.</summary>
    public static readonly ItemShape Everything = new("AllProperties", new HashSet<string>(), []);

    /// <summary>The id alone: what answers to writes hold.</summary>
    public static readonly ItemShape IdOnly = new("IdOnly", new HashSet<string>(), []);

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

    /// <summary>Whether a whole element is asked for.</summary>
    public bool Includes(ItemField field) => BaseShape switch
    {
        "AllProperties" => true,
        "Default" => field.IsDefault || Paths.Contains(field.Path),
        _ => Paths.Contains(field.Path),
    };
}
