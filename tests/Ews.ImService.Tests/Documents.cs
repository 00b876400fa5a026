using System.Runtime.CompilerServices;
using System.Text;
using System.Xml.Linq;

namespace Ews.ImService.Tests;

/// <summary>Documented requests and answers: files in a folder with the name of the test class, beside it.</summary>
internal static class Documents
{
    private const string Https = "https://schemas.microsoft.com/";
    private const string Http = "http://schemas.microsoft.com/";

    private static readonly string[] Times = ["CreationTime", "DateTimeReceived", "DateTimeSent", "DateTimeCreated", "LastModifiedTime"];

    /// <summary>A document's bytes as printed.</summary>
    public static string Read(string name, [CallerFilePath] string testFile = "") => ReadFile(name + ".xml", testFile);

    /// <summary>A file of the test class's folder.</summary>
    public static string ReadFile(string file, [CallerFilePath] string testFile = "") =>
        Encoding.UTF8.GetString(File.ReadAllBytes(Path.Combine(Path.ChangeExtension(testFile, null), file)));

    /// <summary>The document with its Exchange namespaces in one spelling.</summary>
    public static string Spelled(this string document, string spelling) => spelling == "http"
        ? document.Replace(Https, Http, StringComparison.Ordinal)
        : document.Replace(Http, Https, StringComparison.Ordinal);

    /// <summary>Element by element, attribute by attribute, in order; ids and times that differ by nature are only checked for being there.</summary>
    public static void ShouldMatchDocument(this EwsResponse answer, string document)
    {
        answer.ContentType.Should().Be("text/xml; charset=utf-8");
        answer.Text.Should().StartWith("<?xml version=\"1.0\" encoding=\"utf-8\"?><s:Envelope ");
        Lines(answer.Xml.Root!).Should().Equal(Lines(XDocument.Parse(document).Root!));
    }

    /// <summary>As <see cref="ShouldMatchDocument(EwsResponse, string)"/>, of one element of an answer.</summary>
    public static void ShouldMatchDocument(this XElement element, string document) => Lines(element).Should().Equal(Lines(XDocument.Parse(document).Root!));

    private static IEnumerable<string> Lines(XElement element, int depth = 0)
    {
        var indent = new string(' ', depth);
        yield return indent + element.Name + (element.HasElements ? "" : "=" + Text(element));
        foreach (var attribute in element.Attributes().Where(attribute => !attribute.IsNamespaceDeclaration))
            yield return $"{indent} @{attribute.Name}={Text(attribute)}";
        foreach (var line in element.Elements().SelectMany(child => Lines(child, depth + 1)))
            yield return line;
    }

    private static string Text(XElement element)
    {
        if (!Times.Contains(element.Name.LocalName))
            return element.Value;
        element.Value.Should().MatchRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$");
        return "(a time)";
    }

    /// <summary>Ids are minted, and so is the change key of a contact's own record; all others are constants.</summary>
    private static string Text(XAttribute attribute)
    {
        var holder = attribute.Parent!;
        var isOwnRecord = holder.Name.LocalName == "SourceId" || (holder.Name.LocalName == "ItemId" && holder.Parent!.Name.LocalName == "Contact");
        var isMinted = attribute.Name == "Id" || (attribute.Name == "ChangeKey" && isOwnRecord);
        attribute.Value.Should().NotBeEmpty();
        return isMinted ? "(minted)" : attribute.Value;
    }
}
