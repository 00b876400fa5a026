using System.Xml.Linq;

namespace Ews.ImService.Protocol.Operations.Folders;

/// <summary>Which of a folder's elements an answer holds. Learn: "FolderShape".</summary>
/// <param name="BaseShape">The set to begin with: IdOnly, Default or AllProperties.</param>
/// <param name="Paths">Further FieldURIs; extended properties are passed over, for folders have none here.</param>
internal sealed record FolderShape(string BaseShape, IReadOnlySet<string> Paths)
{
    /// <summary>Reads a <c>t:FolderResponseShapeType</c>.</summary>
    public static FolderShape Read(XElement shape)
    {
        var t = shape.Elements().First().Name.Namespace;
        var paths = shape.Elements(t + "AdditionalProperties").Elements(t + "FieldURI").Select(path => path.Attribute("FieldURI")!.Value);
        return new FolderShape(shape.Element(t + "BaseShape")!.Value, paths.ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>Whether an element is asked for.</summary>
    /// <param name="element">Its name, which its FieldURI ends with.</param>
    /// <param name="isDefault">Whether the Default shape has it.</param>
    public bool Includes(string element, bool isDefault = false) =>
        BaseShape == "AllProperties" || (isDefault && BaseShape == "Default") || Paths.Contains("folder:" + element);
}
