using System.Xml.Linq;

namespace Ews.ImService.Protocol.Operations.Personas;

/// <summary>Which of a persona's elements an answer holds. Learn: "PersonaShape".</summary>
/// <param name="BaseShape">The set to begin with.</param>
/// <param name="Additional">Names of further elements.</param>
internal sealed record PersonaShape(string BaseShape, IReadOnlySet<string> Additional)
{
    private const string AllProperties = "AllProperties";
    private const string IdOnly = "IdOnly";
    private const string PersonaPrefix = "persona:";

    /// <summary>Every element that the persona has.</summary>
    public static readonly PersonaShape Everything = new(AllProperties, new HashSet<string>());

    /// <summary>What a search answers where nothing is asked for: what describes a person, without the values' sources. The choice is this project's.</summary>
    public static readonly PersonaShape Summary = new("Default", new HashSet<string>());

    private static readonly HashSet<string> OfSummary =
    [
        "PersonaType", "CreationTime", "DisplayName", "DisplayNameFirstLast", "DisplayNameLastFirst", "FileAs", "FileAsId", "GivenName", "Surname",
        "Title", "Department", "CompanyName", "EmailAddress", "EmailAddresses", "ImAddress", "RelevanceScore",
    ];

    /// <summary>Reads a <c>t:PersonaResponseShapeType</c>; paths that name no persona property add nothing.</summary>
    public static PersonaShape Read(XElement shape)
    {
        XNamespace t = shape.Name.NamespaceName.Replace("/messages", "/types", StringComparison.Ordinal);
        var paths = shape.Elements(t + "AdditionalProperties").Elements(t + "FieldURI").Select(path => path.Attribute("FieldURI")!.Value);
        var names = paths.Where(path => path.StartsWith(PersonaPrefix, StringComparison.Ordinal)).Select(path => path[PersonaPrefix.Length..]);
        return new PersonaShape(shape.Element(t + "BaseShape")!.Value, names.ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>Whether an element is asked for; the id always is.</summary>
    public bool Includes(string element) =>
        BaseShape == AllProperties || (BaseShape != IdOnly && OfSummary.Contains(element)) || Additional.Contains(element);
}
