using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Ews.ImService.Mailbox;

namespace Ews.ImService.Tests;

/// <summary>
/// Reads documents from the folder of a test class, which has the name of the class without <c>Tests</c> and is beside it, and compares
/// responses with them.
/// </summary>
internal static partial class Documents
{
    private const string Https = "https://schemas.microsoft.com/";
    private const string Http = "http://schemas.microsoft.com/";

    /// <summary>The elements whose times differ between runs.</summary>
    private static readonly string[] Times =
    [
        "CreationTime", "DateTimeReceived", "DateTimeSent", "DateTimeCreated", "LastModifiedTime", "TimeStamp", "StartTime", "EndTime",
    ];

    /// <summary>The elements whose texts are generated.</summary>
    private static readonly string[] Tokens = ["SyncState", "SubscriptionId", "Watermark", "PreviousWatermark"];

    /// <summary>The attributes whose values are generated.</summary>
    private static readonly string[] GeneratedIds = ["Id", "RootItemId", "RootItemChangeKey"];

    /// <summary>Reads an XML document without changing it.</summary>
    public static string Read(string name, [CallerFilePath] string testFile = "") => ReadFile(name + ".xml", testFile);

    /// <summary>Reads a file.</summary>
    public static string ReadFile(string file, [CallerFilePath] string testFile = "")
    {
        var folder = Path.GetFileNameWithoutExtension(testFile)[..^"Tests".Length];
        return File.ReadAllText(Path.Combine(Path.GetDirectoryName(testFile)!, folder, file), Encoding.UTF8);
    }

    /// <summary>Returns the document with one spelling of the Exchange namespaces.</summary>
    public static string Spelled(this string document, string spelling) => spelling == "http"
        ? document.Replace(Https, Http, StringComparison.Ordinal)
        : document.Replace(Http, Https, StringComparison.Ordinal);

    /// <summary>Verifies that a response has the elements, attributes and texts of a document, in its order.</summary>
    public static void ShouldMatchDocument(this EwsResponse response, string document)
    {
        response.ContentType.Should().Be("text/xml; charset=utf-8");
        response.Text.Should().StartWith("<?xml version=\"1.0\" encoding=\"utf-8\"?><s:Envelope ");
        response.Xml.Root!.ShouldMatchDocument(document);
    }

    /// <summary>Verifies that an element has the elements, attributes and texts of a document, in its order.</summary>
    public static void ShouldMatchDocument(this XElement element, string document) =>
        Lines(Scrub(element)).Should().Equal(Lines(Scrub(XElement.Parse(document))));

    /// <summary>
    /// Returns a copy whose ids and times are replaced, because they differ between runs: generated ids, times, and the change key of a
    /// contact or of a folder that a client created. All other change keys are constant.
    /// </summary>
    public static XElement Scrub(XElement element)
    {
        var copy = new XElement(element);
        foreach (var time in copy.DescendantsAndSelf().Where(time => Times.Contains(time.Name.LocalName)))
        {
            time.Value.Should().MatchRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ?$");
            time.Value = "2012-08-20T23:06:58Z";
        }

        foreach (var query in copy.DescendantsAndSelf().Where(IsQuery))
            query.Value = IdInQuery().Replace(query.Value, "id=generated&");

        foreach (var token in copy.DescendantsAndSelf().Where(token => Tokens.Contains(token.Name.LocalName)))
        {
            token.Value.Should().NotBeEmpty();
            token.Value = "generated";
        }

        foreach (var attribute in copy.DescendantsAndSelf().Attributes().Where(attribute => !attribute.IsNamespaceDeclaration))
        {
            attribute.Value.Should().NotBeEmpty();
            if (IsGenerated(attribute))
                attribute.Value = "generated";
        }

        return copy;
    }

    [GeneratedRegex("id=[^&]+&")]
    private static partial Regex IdInQuery();

    private static bool IsQuery(XElement element) => element.Name.LocalName.EndsWith("FormQueryString", StringComparison.Ordinal);

    private static bool IsGenerated(XAttribute attribute)
    {
        var holder = attribute.Parent!;
        var isItemId = holder.Name.LocalName == "ItemId" && holder.Parent?.Name.LocalName is "Contact" or "Mailbox";
        var isCreatedFolder = holder.Name.LocalName == "FolderId" && attribute.Value != ChangeKey.Folder;
        return GeneratedIds.Contains(attribute.Name.LocalName)
            || (attribute.Name == "ChangeKey" && (isItemId || isCreatedFolder || holder.Name.LocalName == "SourceId"));
    }

    private static IEnumerable<string> Lines(XElement element, int depth = 0)
    {
        var indent = new string(' ', depth);
        yield return indent + element.Name + (element.HasElements ? "" : "=" + element.Value);
        foreach (var attribute in element.Attributes().Where(attribute => !attribute.IsNamespaceDeclaration))
            yield return $"{indent} @{attribute.Name}={attribute.Value}";
        foreach (var line in element.Elements().SelectMany(child => Lines(child, depth + 1)))
            yield return line;
    }
}
