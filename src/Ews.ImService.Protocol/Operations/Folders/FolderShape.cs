using System.Xml.Linq;

namespace Ews.ImService.Protocol.Operations.Folders;

/// <summary>The requested elements of a folder.</summary>
/// <param name="BaseShape">The base set: IdOnly, Default or AllProperties.</param>
/// <param name="Paths">The FieldURIs of additional elements. Extended properties are ignored, because folders have none.</param>
/// <remarks>Learn: "FolderShape".</remarks>
internal sealed record FolderShape(string BaseShape, IReadOnlySet<string> Paths)
{
    /// <summary>Reads a <c>t:FolderResponseShapeType</c>.</summary>
    public static FolderShape Read(XElement shape)
    {
        var t = shape.Elements().First().Name.Namespace;
        var paths = shape.Elements(t + "AdditionalProperties").Elements(t + "FieldURI").Select(path => path.Attribute("FieldURI")!.Value);
        return new FolderShape(shape.Element(t + "BaseShape")!.Value, paths.ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>Determines whether an element is requested.</summary>
    /// <param name="element">The name of the element, which is the last part of its FieldURI.</param>
    /// <param name="isDefault"><c>true</c> if the Default shape contains the element.</param>
    public bool Includes(string element, bool isDefault = false) =>
        BaseShape == "AllProperties" || (isDefault && BaseShape == "Default") || Paths.Contains("folder:" + element);
}
