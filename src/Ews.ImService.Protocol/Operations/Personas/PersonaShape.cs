using System.Xml.Linq;

namespace Ews.ImService.Protocol.Operations.Personas;

/// <summary>The requested elements of a persona.</summary>
/// <param name="BaseShape">The base set: IdOnly, Default or AllProperties.</param>
/// <param name="Additional">The names of additional elements.</param>
/// <remarks>Learn: "PersonaShape".</remarks>
internal sealed record PersonaShape(string BaseShape, IReadOnlySet<string> Additional)
{
    private const string AllProperties = "AllProperties";
    private const string IdOnly = "IdOnly";
    private const string PersonaPrefix = "persona:";

    /// <summary>All elements.</summary>
    public static readonly PersonaShape Everything = new(AllProperties, new HashSet<string>());

    /// <summary>
    /// The elements in the response to a search without a shape, chosen by this project: those of the person, without
    /// sources of values.
    /// </summary>
    public static readonly PersonaShape Summary = new("Default", new HashSet<string>());

    private static readonly HashSet<string> SummaryElements =
    [
        "PersonaType", "CreationTime", "DisplayName", "DisplayNameFirstLast", "DisplayNameLastFirst", "FileAs", "FileAsId", "GivenName",
        "Surname", "Title", "Department", "CompanyName", "EmailAddress", "EmailAddresses", "ImAddress", "RelevanceScore",
    ];

    /// <summary>Reads a <c>t:PersonaResponseShapeType</c>. Paths that are not those of persona properties are ignored.</summary>
    public static PersonaShape Read(XElement shape)
    {
        XNamespace t = shape.Name.NamespaceName.Replace("/messages", "/types", StringComparison.Ordinal);
        var paths = shape.Elements(t + "AdditionalProperties").Elements(t + "FieldURI").Select(path => path.Attribute("FieldURI")!.Value);
        var names = paths.Where(path => path.StartsWith(PersonaPrefix, StringComparison.Ordinal))
            .Select(path => path[PersonaPrefix.Length..]);
        return new PersonaShape(shape.Element(t + "BaseShape")!.Value, names.ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>Determines whether an element is requested. The id is always part of the response.</summary>
    public bool Includes(string element) =>
        BaseShape == AllProperties || (BaseShape != IdOnly && SummaryElements.Contains(element)) || Additional.Contains(element);
}
