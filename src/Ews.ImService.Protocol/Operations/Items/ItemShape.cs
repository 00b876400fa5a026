using System.Xml;
using System.Xml.Linq;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Soap;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Operations.Items;

/// <summary>The requested elements of an item.</summary>
/// <param name="BaseShape">The base set: IdOnly, Default or AllProperties. Every other set is treated as Default.</param>
/// <param name="Paths">The paths of additional elements. Those that contacts do not have are ignored.</param>
/// <param name="ExtendedFields">The additional extended properties, as in the request.</param>
/// <remarks>Learn: "ItemShape", "Property sets and response shapes in EWS in Exchange".</remarks>
internal sealed record ItemShape(string BaseShape, IReadOnlySet<string> Paths, IReadOnlyList<(XElement Field, string Path)> ExtendedFields)
{
    /// <summary>The number of characters of a text that FindItem returns.</summary>
    private const int MaxTextInSearchResults = 255;

    private const string MimeContentPath = "item:MimeContent";

    /// <summary>Only the id, which is the shape in responses to changes.</summary>
    public static readonly ItemShape IdOnly = FromBase("IdOnly");

    /// <summary>The kinds of objects that are not items.</summary>
    private static readonly HashSet<string> OtherObjects = ["folder", "conversation", "persona"];

    /// <summary>The kinds of items in folders of contacts.</summary>
    private static readonly HashSet<string> Contacts = ["item", "contacts", "distributionlist"];

    /// <summary>
    /// Gets the schema version of the request. Base shapes do not contain elements that are newer; the default is Exchange 2013.
    /// </summary>
    public ExchangeVersion Version { get; init; } = ExchangeVersion.Exchange2013;

    /// <summary>
    /// Gets a value that indicates whether items are search results, which have no bodies, and only the start of long texts; the default
    /// is <c>false</c>.
    /// </summary>
    /// <remarks>Learn: "FindItem operation".</remarks>
    public bool IsOfSearchResults { get; init; }

    /// <summary>Gets a value that indicates whether the MIME content is requested, by its element in the shape or by its path.</summary>
    public bool IncludesMimeContent { get; init; }

    /// <summary>Gets the form of the body.</summary>
    public BodyShape Body { get; init; } = BodyShape.Default;

    /// <summary>Gets the form of the part of the body that is unique in its conversation: for a contact, the whole body.</summary>
    public BodyShape UniqueBody { get; init; } = BodyShape.Default;

    /// <summary>Gets the form of the body for display, which has no unsafe content.</summary>
    public BodyShape NormalizedBody { get; init; } = BodyShape.Default;

    /// <summary>Creates the shape of a base set, without additional elements.</summary>
    public static ItemShape FromBase(string baseShape) => new(baseShape, new HashSet<string>(), []);

    /// <summary>Reads a <c>t:ItemResponseShapeType</c>.</summary>
    /// <param name="shape">The element.</param>
    /// <param name="version">The schema version of the request.</param>
    /// <returns>
    /// The shape, or ErrorInvalidPropertyRequest, ErrorInvalidContactEmailIndex or an error of an extended property.
    /// </returns>
    public static EwsResult<ItemShape> Read(XElement shape, ExchangeVersion version)
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
            else if (CheckPath(path.Value, isIndexed: element.Name.LocalName == "IndexedFieldURI", version) is { } error)
                return error;
            else
                paths.Add(path.Value);
        }

        var normalized = BodyShape.Read(shape, "NormalizedBodyType");
        return new ItemShape(shape.Element(t + "BaseShape")!.Value, paths, extended)
        {
            Version = version,
            IncludesMimeContent = paths.Contains(MimeContentPath)
                || shape.Element(t + "IncludeMimeContent") is { } included && XmlConvert.ToBoolean(included.Value.Trim()),
            Body = BodyShape.Read(shape, "BodyType"),
            UniqueBody = BodyShape.Read(shape, "UniqueBodyType"),
            NormalizedBody = normalized with { Rewriter = normalized.Rewriter with { RemovesUnsafeContent = true } },
        };
    }

    /// <summary>Determines whether a complete element is requested.</summary>
    public bool Includes(ItemField field) => Version.Includes(field.Since)
        && (field.IsInSearchResults || !IsOfSearchResults)
        && (IsInBaseShape(field) || Paths.Contains(field.Path));

    /// <summary>Determines whether an entry of an element is requested, with the complete element or separately.</summary>
    /// <param name="field">The element.</param>
    /// <param name="path">The path of the entry.</param>
    public bool IncludesEntry(ItemField field, string path) => Includes(field) || Paths.Contains(path);

    /// <summary>Returns a text as the shape contains it: only the start, if items are search results.</summary>
    public string Shorten(string text)
    {
        if (!IsOfSearchResults || text.Length <= MaxTextInSearchResults)
            return text;
        var splitsCharacter = char.IsHighSurrogate(text[MaxTextInSearchResults - 1]);
        return text[..(splitsCharacter ? MaxTextInSearchResults - 1 : MaxTextInSearchResults)];
    }

    private bool IsInBaseShape(ItemField field) => BaseShape switch
    {
        "IdOnly" => false,
        "AllProperties" => !field.IsOnlyOnRequest,
        _ => field.IsDefault,
    };

    /// <summary>
    /// Checks the path of an element. Clients that read items of unknown kinds request the elements of all kinds; Exchange has ignored
    /// those of other kinds since Exchange 2010.
    /// </summary>
    private static EwsError? CheckPath(string path, bool isIndexed, ExchangeVersion version)
    {
        var kind = path[..path.IndexOf(':', StringComparison.Ordinal)];
        var isValid = Contacts.Contains(kind)
            ? IsKnown(path, isIndexed, version)
            : !OtherObjects.Contains(kind) && version.Includes(ExchangeVersion.Exchange2010);
        if (isValid)
            return null;
        return path.StartsWith(ContactPath.EmailAddress + ":", StringComparison.Ordinal)
            ? EwsError.InvalidContactEmailIndex
            : EwsError.InvalidPropertyRequest(path);
    }

    private static bool IsKnown(string path, bool isIndexed, ExchangeVersion version)
    {
        if (ItemFields.At(path) is { } field)
            return version.Includes(field.Since);
        return !isIndexed || ItemFields.IsEntry(path) || !path.StartsWith("contacts:", StringComparison.Ordinal);
    }
}
