using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Ews.ImService.Reliability.Fuzz.Mutation;

/// <summary>Changes requests by their structure: elements and attributes first, then the text that they are written as.</summary>
/// <param name="names">Names of elements and attributes of the schema.</param>
/// <param name="ids">Ids of objects in all mailboxes.</param>
internal sealed class XmlMutator(IReadOnlyList<string> names, IReadOnlyList<string> ids)
{
    private const int MaxChanges = 3;

    private static readonly XNamespace Instance = "http://www.w3.org/2001/XMLSchema-instance";
    private static readonly string[] Namespaces =
    [
        "http://schemas.microsoft.com/exchange/services/2006/messages", "http://schemas.microsoft.com/exchange/services/2006/types",
        "https://schemas.microsoft.com/exchange/services/2006/messages", "https://schemas.microsoft.com/exchange/services/2006/types",
        "http://schemas.xmlsoap.org/soap/envelope/", "http://www.w3.org/2003/05/soap-envelope", "", "urn:other",
    ];

    private static readonly string[] Inserts =
    [
        "<![CDATA[]]>", "<![CDATA[x]]>", "<!-- c -->", "<!-- -- -->", "<?p d?>", "<?xml version=\"1.0\"?>", "&amp;", "&#0;", "&#x1F600;",
        "&#xD800;", "&undefined;", "&", "<", ">", "]]>", "\0", "\u0001", "\uFFFF", "\r", "\r\n", "<!DOCTYPE a>", "<!ENTITY a 'b'>", "</a>",
        "<a/>", "<a b=c/>", "<a b='1' b='2'/>", "<u:a/>", "xmlns:u='urn:u'", " xml:space='preserve'", "\uFEFF", "<?xml-stylesheet?>",
    ];

    private static readonly string[] Prologs =
    [
        "", "<?xml version=\"1.0\"?>", "<?xml version=\"1.1\"?>", "<?xml version=\"2.0\"?>", "<?xml version='1.0' standalone='yes'?>",
        "<?xml version=\"1.0\" encoding=\"utf-16\"?>", "<?xml version=\"1.0\" encoding=\"\"?>", "<?xml version=\"1.0\" encoding=\"x y\"?>",
        "<?xml encoding=\"utf-8\" version=\"1.0\"?>", " <?xml version=\"1.0\"?>", "<!-- c --><?xml version=\"1.0\"?>", "\uFEFF\uFEFF",
        "<!DOCTYPE s [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]>",
        "<!DOCTYPE s SYSTEM \"http://127.0.0.1:1/x.dtd\">", "<!DOCTYPE s [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>",
        "<!DOCTYPE s [<!ENTITY % p SYSTEM \"file:///etc/passwd\"> %p;]>",
    ];

    private static readonly XmlWriterSettings WriterSettings = new()
    {
        CheckCharacters = false,
        OmitXmlDeclaration = true,
        ConformanceLevel = ConformanceLevel.Fragment,
    };

    /// <summary>Returns a text for an element or an attribute.</summary>
    public string Value(Random random) => random.OneIn(4) ? random.Choose(ids) : Values.Any(random);

    /// <summary>Returns a changed request.</summary>
    /// <param name="random">The random choices.</param>
    /// <param name="request">The request, which is not changed.</param>
    public string Mutate(Random random, XDocument request)
    {
        var document = new XDocument(request);
        for (var changes = random.Next(MaxChanges + 1); changes > 0; changes--)
            Change(random, document);
        var text = Write(document);
        for (var changes = random.OneIn(3) ? random.Next(1, MaxChanges) : 0; changes > 0; changes--)
            text = ChangeText(random, text);
        return random.Next(10) switch
        {
            0 => random.Choose(Prologs) + text,
            1 => text,
            _ => "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n" + text,
        };
    }

    /// <summary>Writes a document without a declaration.</summary>
    public static string Write(XDocument document)
    {
        var text = new StringBuilder();
        using (var writer = XmlWriter.Create(text, WriterSettings))
            document.Root!.WriteTo(writer);
        return text.ToString();
    }

    private void Change(Random random, XDocument document)
    {
        // Most changes concern the operation: the first element of the last child of the envelope.
        var scope = random.OneIn(5) || document.Root!.Elements().LastOrDefault() is not { } body ? document.Root! : body;
        var elements = scope.DescendantsAndSelf().ToList();
        var element = random.Choose(elements);
        if (random.OneIn(3) && element.Attributes().Any(attribute => !attribute.IsNamespaceDeclaration))
            ChangeAttribute(random, random.Choose([.. element.Attributes().Where(attribute => !attribute.IsNamespaceDeclaration)]));
        else
            ChangeElement(random, element, elements);
    }

    private void ChangeAttribute(Random random, XAttribute attribute)
    {
        switch (random.Next(4))
        {
            case 0:
                attribute.Remove();
                break;
            case 1:
                var owner = attribute.Parent!;
                var name = XName.Get(random.Choose(names), random.OneIn(2) ? "" : random.Choose(Namespaces));
                attribute.Remove();
                owner.SetAttributeValue(name, attribute.Value);
                break;
            default:
                attribute.Value = Value(random);
                break;
        }
    }

    private void ChangeElement(Random random, XElement element, List<XElement> elements)
    {
        switch (random.Next(17))
        {
            case 0 when element.Parent is not null:
                element.Remove();
                break;
            case 1 when element.Parent is not null:
                element.AddAfterSelf(new XElement(element));
                break;
            case 2:
                element.Name = element.Name.Namespace + random.Choose(names);
                break;
            case 3:
                element.Name = XName.Get(element.Name.LocalName, random.Choose(Namespaces));
                break;
            case 4:
                element.Add(new XElement(element.Name.Namespace + random.Choose(names), Value(random)));
                break;
            case 5:
                element.AddFirst(new XElement(XName.Get(random.Choose(names), random.Choose(Namespaces))));
                break;
            case 6:
                element.RemoveNodes();
                break;
            case 7:
                element.AddFirst(new XText(random.OneIn(2) ? " " : Value(random)));
                break;
            case 8:
                element.SetAttributeValue(XName.Get(random.Choose(names), random.OneIn(2) ? "" : random.Choose(Namespaces)), Value(random));
                break;
            case 9:
                element.SetAttributeValue(Instance + "nil", random.Choose(["true", "false", "1", "x"]));
                break;
            case 10:
                element.SetAttributeValue(Instance + "type", random.Choose(["t:" + random.Choose(names), "m:ItemIdType", ":"]));
                break;
            case 11 when element.Parent is not null:
                Move(element, random.Choose(elements));
                break;
            case 12 when element.Parent is not null:
                Repeat(element, random.Choose([2, 2, 2, 10, 10, 300]));
                break;
            case 13:
                Nest(element, random.Choose([2, 2, 2, 20, 60, 64, 65, 300]));
                break;
            case 14:
                for (var i = random.Choose([3, 63, 64, 65, 300]); i > 0; i--)
                    element.SetAttributeValue("a" + i, "");
                break;
            case 15 when !element.HasElements:
                element.Add(random.OneIn(2) ? new XCData(Value(random).Replace("]]>", "")) : new XComment("c"));
                break;
            default:
                element.Value = Value(random);
                break;
        }
    }

    private static void Move(XElement element, XElement target)
    {
        if (target.AncestorsAndSelf().Contains(element))
            return;
        element.Remove();
        target.AddFirst(element);
    }

    private static void Repeat(XElement element, int times)
    {
        for (var i = 1; i < times && element.DescendantsAndSelf().Count() < 10; i++)
            element.AddAfterSelf(new XElement(element));
    }

    private static void Nest(XElement element, int depth)
    {
        var content = element.Nodes().ToList();
        element.RemoveNodes();
        var inner = element;
        for (var i = 1; i < depth; i++)
        {
            var next = new XElement(element.Name);
            inner.Add(next);
            inner = next;
        }

        inner.Add(content);
    }

    private static string ChangeText(Random random, string text)
    {
        var at = random.Next(text.Length);
        if (random.OneIn(2))
            return random.Damage(text);
        if (random.OneIn(2) && text.IndexOf('>', at) is >= 0 and var end)
            at = end + 1;
        return text.Insert(at, random.Choose(Inserts));
    }
}
