using System.Xml.Linq;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.Folders;

/// <summary>The requested elements of a folder.</summary>
/// <param name="BaseShape">The base set: IdOnly, Default or AllProperties.</param>
/// <param name="Paths">The FieldURIs of additional elements.</param>
/// <param name="ExtendedFields">The additional extended properties, as in the request.</param>
/// <remarks>Learn: "FolderShape".</remarks>
internal sealed record FolderShape(
    string BaseShape, IReadOnlySet<string> Paths, IReadOnlyList<(XElement Field, string Path)> ExtendedFields)
{
    /// <summary>Only the id, which is the shape in responses to changes.</summary>
    public static readonly FolderShape IdOnly = new("IdOnly", new HashSet<string>(), []);

    /// <summary>Reads a <c>t:FolderResponseShapeType</c>.</summary>
    /// <returns>The shape, or ErrorInvalidPropertyRequest for the path of an item, or an error of an extended property.</returns>
    public static EwsResult<FolderShape> Read(XElement shape)
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
            else if (path.Value.StartsWith("folder:", StringComparison.Ordinal))
                paths.Add(path.Value);
            else
                return EwsError.InvalidPropertyRequest(path.Value);
        }

        return new FolderShape(shape.Element(t + "BaseShape")!.Value, paths, extended);
    }

    /// <summary>Determines whether an element is requested.</summary>
    /// <param name="element">The name of the element, which is the last part of its FieldURI.</param>
    /// <param name="isDefault"><c>true</c> if the Default shape contains the element.</param>
    public bool Includes(string element, bool isDefault = false) =>
        BaseShape == "AllProperties" || (isDefault && BaseShape == "Default") || Paths.Contains("folder:" + element);
}
