using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Ews.ImService.Control;

namespace Ews.ImService.Tests.Control.Api;

/// <summary>The XML documentation of the control API, as plain text for its users.</summary>
internal sealed partial class XmlDocumentation
{
    private const BindingFlags IgnoringCase = BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase;

    private readonly Dictionary<string, XElement> _members = XDocument
        .Load(Path.ChangeExtension(typeof(ControlOptions).Assembly.Location, ".xml"))
        .Descendants("member").ToDictionary(member => member.Attribute("name")!.Value);

    /// <summary>Returns the summary of a type.</summary>
    public string SummaryOf(Type type) => Text(Find($"T:{type.FullName}")?.Element("summary"))!;

    /// <summary>Returns the summary of a property, without the verb.</summary>
    public string SummaryOf(PropertyInfo property) => WithoutVerb(
        Text(Find($"P:{property.DeclaringType!.FullName}.{property.Name}")?.Element("summary"))
        ?? Text(Find($"T:{property.DeclaringType.FullName}")?.Elements("param").FirstOrDefault(param => IsNamed(param, property.Name)))!);

    /// <summary>Returns the summary of a method that has no overloads.</summary>
    public string SummaryOf(MethodInfo method) => Text(Find(method)?.Element("summary"))!;

    /// <summary>Returns the description of a parameter of a method, or of the property of a parameter from which it is read.</summary>
    public string DescriptionOf(MethodInfo method, string parameter) =>
        Text(Find(method)?.Elements("param").FirstOrDefault(param => IsNamed(param, parameter))) is { Length: > 0 } text
            ? text
            : SummaryOf(method.GetParameters()
                .Select(one => one.ParameterType.GetProperty(parameter, IgnoringCase))
                .OfType<PropertyInfo>().First());

    private XElement? Find(string name) => _members.GetValueOrDefault(name);

    private XElement? Find(MethodInfo method)
    {
        var name = $"M:{method.DeclaringType!.FullName}.{method.Name}";
        return _members.FirstOrDefault(member => member.Key == name || member.Key.StartsWith(name + "(", StringComparison.Ordinal)).Value;
    }

    private static bool IsNamed(XElement param, string name) => param.Attribute("name")!.Value == name;

    private static string WithoutVerb(string summary)
    {
        var text = summary.StartsWith("Gets ", StringComparison.Ordinal) ? summary["Gets ".Length..] : summary;
        return char.ToUpperInvariant(text[0]) + text[1..];
    }

    /// <summary>Returns the text of an element; a reference to a member becomes the name of the JSON property.</summary>
    private static string? Text(XElement? element) => element is null ? null : WhiteSpace().Replace(
        string.Concat(element.Nodes().Select(node => node is XElement { Name.LocalName: "see" } see
            ? char.ToLowerInvariant(see.Attribute("cref")!.Value.Split('.')[^1][0]) + see.Attribute("cref")!.Value.Split('.')[^1][1..]
            : node is XElement other ? other.Value : ((XText)node).Value)),
        " ").Trim();

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();
}
