using System.Xml.Linq;
using Ews.ImService.Control.Journal;

namespace Ews.ImService.Replaying;

/// <summary>Compares a recorded SOAP response with that of the service, element by element, and learns the ids of the service.</summary>
/// <remarks>
/// Names, namespaces, order, attributes and texts are compared. Prefixes, comments, and white space between elements are not. Ids must
/// have the same positions, and one recorded id must always be the same id of the service; see <see cref="VariableContent"/>.
/// </remarks>
/// <param name="ids">The ids of earlier responses.</param>
/// <param name="accepted">The paths that are not compared.</param>
internal sealed class ResponseComparer(IdMap ids, PathPatterns accepted)
{
    private const string Envelope = "Envelope";
    private const string Body = "Body";
    private const string OtherId = "The recorded id was another id of the service in an earlier response.";

    private List<Difference> _differences = [];

    /// <summary>Compares two envelopes.</summary>
    /// <returns>The differences, in the order of the response.</returns>
    public IReadOnlyList<Difference> Compare(XElement recorded, XElement actual)
    {
        _differences = [];
        if (recorded.Name != actual.Name)
            Report(ElementPath.Empty.Append(recorded.Name.LocalName), recorded.Name.ToString(), actual.Name.ToString());
        else
            CompareContent(ElementPath.Empty.Append(recorded.Name.LocalName), recorded, actual);
        return _differences;
    }

    private void CompareElement(ElementPath path, XElement recorded, XElement actual)
    {
        if (accepted.Match(path) || IsExcluded(recorded))
            return;
        CompareAttributes(path, recorded, actual);
        CompareContent(path, recorded, actual);
    }

    private void CompareAttributes(ElementPath path, XElement recorded, XElement actual)
    {
        var names = recorded.Attributes().Concat(actual.Attributes())
            .Where(attribute => !attribute.IsNamespaceDeclaration).Select(attribute => attribute.Name).Distinct();
        foreach (var name in names)
        {
            var (expected, found) = (recorded.Attribute(name), actual.Attribute(name));
            var attributePath = path.Append("@" + name.LocalName);
            if (expected is null || found is null)
                Report(attributePath, expected?.Value, found?.Value);
            else if (VariableContent.IsId(recorded, expected))
                CompareIds(attributePath, expected.Value, found.Value);
            else if (VariableContent.ChangeKeys.Contains(name.LocalName))
                LearnChangeKey(recorded, expected.Value, found.Value);
            else if (expected.Value != found.Value)
                Report(attributePath, expected.Value, found.Value);
        }
    }

    private void CompareContent(ElementPath path, XElement recorded, XElement actual)
    {
        if (!recorded.HasElements && !actual.HasElements)
        {
            CompareText(path, recorded, actual);
            return;
        }

        if (TextOf(recorded) != TextOf(actual))
            Report(path, TextOf(recorded), TextOf(actual));
        var (recordedChildren, actualChildren) = (recorded.Elements().ToList(), actual.Elements().ToList());
        var pairs = ElementAlignment.Align(recordedChildren, actualChildren, RecordedContent, ActualContent);
        foreach (var (expected, found) in pairs.ToList())
        {
            var childPath = PathOf(path, (expected ?? found)!);
            if (expected is null || found is null)
                Report(childPath, expected is null ? null : ShortXml(expected), found is null ? null : ShortXml(found));
            else
                CompareElement(childPath, expected, found);
        }
    }

    private void CompareText(ElementPath path, XElement recorded, XElement actual)
    {
        var (name, expected, found) = (recorded.Name.LocalName, recorded.Value, actual.Value);
        if (VariableContent.Tokens.Contains(name) && expected.Length > 0 && found.Length > 0)
            ids.LearnToken(expected, found);
        var (normalizedExpected, normalizedFound) = (VariableContent.Normalize(name, expected), VariableContent.Normalize(name, found));
        if (normalizedExpected != normalizedFound)
            Report(path, normalizedExpected, normalizedFound);
    }

    private void CompareIds(ElementPath path, string recorded, string actual)
    {
        if (recorded.Length == 0 || actual.Length == 0)
        {
            if (recorded != actual)
                Report(path, recorded, actual);
        }
        else if (!ids.Learn(recorded, actual))
        {
            Report(path, recorded, actual, OtherId);
        }
    }

    private void LearnChangeKey(XElement recorded, string recordedKey, string actualKey)
    {
        if (recorded.Attributes().FirstOrDefault(attribute => VariableContent.IsId(recorded, attribute)) is { } id)
            ids.LearnChangeKey(id.Value, recordedKey, actualKey);
    }

    private void Report(ElementPath path, string? recorded, string? actual, string? note = null)
    {
        if (!accepted.Match(path))
            _differences.Add(new Difference(path.ToString(), recorded, actual) { Note = note });
    }

    /// <summary>Returns the path of a child. Envelope and body are no part of a path.</summary>
    private static ElementPath PathOf(ElementPath parent, XElement child)
    {
        var name = child.Name.LocalName;
        if (parent.Segments is [Envelope])
            return name == Body ? ElementPath.Empty : ElementPath.Empty.Append(name);
        var siblings = child.Parent!.Elements(child.Name).ToList();
        return parent.Append(siblings.Count > 1 ? $"{name}[{siblings.IndexOf(child) + 1}]" : name);
    }

    private static bool IsExcluded(XElement recorded) =>
        VariableContent.ServerDescriptions.Contains(recorded.Name.LocalName) || recorded.Value == Redaction.Hidden;

    private static string TextOf(XElement element) =>
        element.HasElements ? string.Concat(element.Nodes().OfType<XText>().Select(text => text.Value)).Trim() : element.Value.Trim();

    /// <summary>Returns an element without namespaces, for people.</summary>
    private static string ShortXml(XElement element) => WithoutNamespaces(element).ToString(SaveOptions.DisableFormatting);

    private static XElement WithoutNamespaces(XElement element) => new(
        element.Name.LocalName,
        element.Attributes().Where(attribute => !attribute.IsNamespaceDeclaration).DistinctBy(attribute => attribute.Name.LocalName)
            .Select(attribute => new XAttribute(attribute.Name.LocalName, attribute.Value)),
        element.HasElements ? element.Elements().Select(WithoutNamespaces) : element.Value);

    private string RecordedContent(XElement element) => ContentOf(element, id => ids.Find(id) is null ? "" : id);

    private string ActualContent(XElement element) => ContentOf(element, id => ids.FindRecorded(id) ?? "");

    /// <summary>Returns the content of an element without what differs between servers. Known ids are recorded ids.</summary>
    private static string ContentOf(XElement element, Func<string, string> idOf)
    {
        var (name, isLeaf) = (element.Name.LocalName, !element.HasElements);
        var attributes = element.Attributes()
            .Where(attribute => !attribute.IsNamespaceDeclaration && !VariableContent.ChangeKeys.Contains(attribute.Name.LocalName))
            .OrderBy(attribute => attribute.Name.ToString(), StringComparer.Ordinal)
            .Select(attribute => (attribute.Name, attribute.Value, IsId: VariableContent.IsId(element, attribute)))
            .Select(attribute => $" {attribute.Name}={(attribute.IsId ? idOf(attribute.Value) : attribute.Value)}");
        var content = VariableContent.ServerDescriptions.Contains(name) ? ""
            : isLeaf ? VariableContent.Normalize(name, element.Value)
            : string.Concat(element.Elements().Select(child => ContentOf(child, idOf)));
        return $"<{element.Name}{string.Concat(attributes)}>{content}</>";
    }
}
