using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Ews.ImService.Reliability.Fuzz.Cases;

/// <summary>The golden requests of all operations.</summary>
internal static partial class GoldenRequests
{
    /// <summary>Reads the golden requests, with ids of a mailbox instead of the placeholders.</summary>
    /// <param name="ids">The ids by placeholder.</param>
    public static IReadOnlyList<XDocument> Read(IReadOnlyDictionary<string, string> ids) =>
    [
        .. Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "golden"), "Request.xml", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(file => Placeholder().Replace(File.ReadAllText(file), placeholder => ids[placeholder.Groups["name"].Value]))
            .Select(text => XDocument.Parse(text, LoadOptions.PreserveWhitespace)),
    ];

    /// <summary>Returns the operation of a request.</summary>
    public static string OperationOf(XDocument request) => request.Root!.Elements().Last().Elements().First().Name.LocalName;

    /// <remarks>As in the tests: requests that Microsoft documents contain ids in place of the placeholders Group and Contact.</remarks>
    [GeneratedRegex("""(?:(?<=\bId="|>)\{(?<name>\w+)\}|(?<=<m:(?<name>Group|Contact)Id\s+Id=")[^"{]+)(?=["<])""")]
    private static partial Regex Placeholder();
}
