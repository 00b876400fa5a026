using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;

namespace Ews.ImService.Reliability.Fuzz.Mutation;

/// <summary>Generates request elements that follow the schema, to reach parts of operations that no example uses.</summary>
/// <param name="schema">The schema.</param>
/// <param name="value">Creates a text for an id or another unrestricted value.</param>
/// <remarks>Not all of them are valid: facets other than enumerations are not followed.</remarks>
internal sealed class SchemaInstances(XmlSchemaSet schema, Func<Random, string> value)
{
    private const int MaxDepth = 6;
    private const int MaxRepetitions = 3;

    private static readonly XmlQualifiedName Boolean = new("boolean", XmlSchema.Namespace);
    private static readonly XmlQualifiedName Int = new("int", XmlSchema.Namespace);
    private static readonly XmlQualifiedName DateTime = new("dateTime", XmlSchema.Namespace);
    private static readonly XmlQualifiedName Base64 = new("base64Binary", XmlSchema.Namespace);

    private readonly ILookup<XmlQualifiedName, XmlSchemaElement> _substitutes = schema.GlobalElements.Values.Cast<XmlSchemaElement>()
        .ToLookup(element => element.SubstitutionGroup);

    /// <summary>Returns an instance of a global element.</summary>
    public XElement Create(Random random, XmlQualifiedName name) =>
        Create(random, (XmlSchemaElement)schema.GlobalElements[name]!, depth: 0);

    private XElement Create(Random random, XmlSchemaElement element, int depth)
    {
        var choices = _substitutes[element.QualifiedName].ToList();
        if (choices.Count > 0)
            return Create(random, random.Choose(choices), depth);
        var created = new XElement(Name(element.QualifiedName));
        switch (element.ElementSchemaType)
        {
            case XmlSchemaComplexType type:
                Fill(random, created, type, depth);
                break;
            case XmlSchemaSimpleType type:
                created.Value = Text(random, type);
                break;
        }

        return created;
    }

    private void Fill(Random random, XElement element, XmlSchemaComplexType type, int depth)
    {
        foreach (var attribute in type.AttributeUses.Values.Cast<XmlSchemaAttribute>())
        {
            if (attribute.Use == XmlSchemaUse.Required || random.OneIn(3))
                element.SetAttributeValue(Name(attribute.QualifiedName), Text(random, attribute.AttributeSchemaType!));
        }

        if (type.ContentType is XmlSchemaContentType.TextOnly)
            element.Value = Text(random, type.BaseXmlSchemaType as XmlSchemaSimpleType);
        else if (type.ContentTypeParticle is { } particle)
            Add(random, element, particle, depth + 1);
    }

    private void Add(Random random, XElement parent, XmlSchemaParticle particle, int depth)
    {
        var isOptional = particle.MinOccurs == 0;
        var count = isOptional && (depth >= MaxDepth || !random.OneIn(depth < 3 ? 2 : 6)) ? 0
            : particle.MaxOccurs > 1 && random.OneIn(4) ? random.Next(1, MaxRepetitions + 1)
            : 1;
        for (; count > 0; count--)
        {
            switch (particle)
            {
                case XmlSchemaElement element when depth < 2 * MaxDepth:
                    parent.Add(Create(random, Resolve(element), depth));
                    break;
                case XmlSchemaChoice { Items.Count: > 0 } choice:
                    Add(random, parent, (XmlSchemaParticle)choice.Items[random.Next(choice.Items.Count)], depth);
                    break;
                case XmlSchemaGroupBase group:
                    foreach (var item in group.Items.Cast<XmlSchemaParticle>())
                        Add(random, parent, item, depth);
                    break;
            }
        }
    }

    private XmlSchemaElement Resolve(XmlSchemaElement element) =>
        element.RefName.IsEmpty ? element : (XmlSchemaElement)schema.GlobalElements[element.RefName]!;

    private string Text(Random random, XmlSchemaSimpleType? type)
    {
        for (var current = type; current is not null; current = current.BaseXmlSchemaType as XmlSchemaSimpleType)
        {
            if (current.Content is XmlSchemaSimpleTypeRestriction restriction
                && restriction.Facets.OfType<XmlSchemaEnumerationFacet>().Select(facet => facet.Value!).ToList() is { Count: > 0 } values)
            {
                return random.Choose(values);
            }

            if (current.QualifiedName == Boolean)
                return random.Choose(["true", "false", "1", "0"]);
            if (current.QualifiedName == Int)
                return random.Choose(["0", "1", "10", "-1", "2147483647", "-2147483648"]);
            if (current.QualifiedName == DateTime)
                return random.Choose(["2026-11-21T08:30:00Z", "2026-11-21T08:30:00", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59-14:00"]);
            if (current.QualifiedName == Base64)
                return Convert.ToBase64String(Values.Bytes(random, random.Next(40)));
        }

        return value(random);
    }

    private static XName Name(XmlQualifiedName name) => XName.Get(name.Name, name.Namespace);
}
