using System.Text;
using System.Xml.Linq;
using Ews.ImService.Protocol.Operations;
using Ews.ImService.Protocol.Xml;

namespace Ews.ImService.Protocol.Schema;

/// <summary>The content of a request that is a sequence of simple fields: texts, booleans and item ids.</summary>
/// <remarks>
/// The shape is read from the schema of the operation, so that both accept the same requests. Fields of other types are unknown to the
/// shape, which does not accept a request that contains one.
/// </remarks>
internal sealed class RequestShape
{
    private const string EndOfType = "</xs:complexType>";

    private static readonly XNamespace Xs = "http://www.w3.org/2001/XMLSchema";

    private static readonly Dictionary<string, Func<XElement, bool>> SimpleTypes = new(StringComparer.Ordinal)
    {
        ["xs:boolean"] = IsBoolean,
        ["xs:string"] = element => element is { HasAttributes: false, HasElements: false },
        ["t:NonEmptyStringType"] = element => !element.HasAttributes && IsText(element),
        ["t:ItemIdType"] = IsItemId,
    };

    private static readonly Dictionary<string, Lazy<RequestShape?>> ByOperation = OperationTable.Entries.ToDictionary(
        entry => entry.Name, entry => new Lazy<RequestShape?>(() => Read(entry)), StringComparer.Ordinal);

    private readonly List<Field> _fields;

    private RequestShape(List<Field> fields)
    {
        _fields = fields;
        RequestNames.Add(fields.Select(field => field.Name));
    }

    /// <summary>Returns the shape of the requests of an operation.</summary>
    /// <param name="operation">The local name of the request element.</param>
    /// <returns>The shape; <c>null</c> if there is no such operation, or if none of its requests is a sequence of simple fields.</returns>
    public static RequestShape? Find(string operation) => ByOperation.GetValueOrDefault(operation)?.Value;

    /// <summary>Determines whether a request element is valid.</summary>
    /// <param name="operation">The request element, as plain XML.</param>
    /// <returns>
    /// <c>true</c> if the schema accepts the element; <c>false</c> if only the schema can determine whether it does.
    /// </returns>
    public bool Accepts(XElement operation)
    {
        if (operation.HasAttributes || IsText(operation))
            return false;
        var index = 0;
        foreach (var child in operation.Elements())
        {
            if (child.Name.Namespace != operation.Name.Namespace)
                return false;
            while (index < _fields.Count && _fields[index].Name != child.Name.LocalName)
            {
                if (_fields[index++].IsRequired)
                    return false;
            }

            if (index == _fields.Count || _fields[index++].IsValid?.Invoke(child) != true)
                return false;
        }

        return _fields.FindIndex(index, field => field.IsRequired) < 0;
    }

    private static RequestShape? Read(OperationEntry entry)
    {
        var start = entry.Schema.IndexOf($"""<xs:complexType name="{entry.Name}Type">""", StringComparison.Ordinal);
        if (start < 0)
            return null;
        var type = entry.Schema[start..(entry.Schema.IndexOf(EndOfType, start, StringComparison.Ordinal) + EndOfType.Length)];
        var schema = PlainXmlReader.Read(Encoding.UTF8.GetBytes($"""<xs:schema xmlns:xs="{Xs}">{type}</xs:schema>"""), (_, _, _) => true);
        var extension = schema?.Element(Xs + "complexType")?.Element(Xs + "complexContent")?.Element(Xs + "extension");
        if (extension?.Attribute("base")?.Value != "m:BaseRequestType"
            || extension.Elements().Any(part => part.Name != Xs + "sequence")
            || extension.Elements().Elements().Any(part => part.Name != Xs + "element"))
        {
            return null;
        }

        var fields = extension.Elements().Elements().Select(ReadField).ToList();
        return fields.Exists(field => field is { IsRequired: true, IsValid: null }) ? null : new RequestShape(fields);
    }

    private static Field ReadField(XElement element)
    {
        var hasOtherProperties = element.Attributes().Any(property => property.Name.LocalName is not ("name" or "type" or "minOccurs"));
        var type = hasOtherProperties ? null : element.Attribute("type")?.Value;
        return new Field(
            element.Attribute("name")!.Value,
            element.Attribute("minOccurs")?.Value != "0",
            type is null ? null : SimpleTypes.GetValueOrDefault(type));
    }

    private static bool IsText(XElement element) => !element.HasElements && element.Value.Length > 0;

    private static bool IsBoolean(XElement element) =>
        element is { HasAttributes: false, HasElements: false, Value: "true" or "false" or "1" or "0" };

    private static bool IsItemId(XElement element) =>
        element.Attribute("Id") is not null
        && element.Attributes().All(attribute => attribute.Name == "Id" || attribute.Name == "ChangeKey")
        && !element.HasElements
        && !IsText(element);

    /// <summary>A child of a request element.</summary>
    /// <param name="Name">The local name.</param>
    /// <param name="IsRequired"><c>true</c> if the field must be present; otherwise, <c>false</c>.</param>
    /// <param name="IsValid">Determines whether an element is valid; <c>null</c> if the type of the field is not simple.</param>
    private sealed record Field(string Name, bool IsRequired, Func<XElement, bool>? IsValid);
}
