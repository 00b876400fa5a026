namespace Ews.ImService.Protocol.Xml;

/// <summary>The Exchange namespaces in one of their two spellings.</summary>
/// <remarks>
/// Exchange, its schema and its clients write <c>http://</c>; the rendered documentation prints <c>https://</c>. Both are read,
/// and an answer is spelled like its request.
/// </remarks>
internal sealed class EwsNamespaces
{
    /// <summary>The spelling on the wire.</summary>
    public static readonly EwsNamespaces Http = new("http://schemas.microsoft.com/exchange/services/2006/");

    /// <summary>The spelling of the rendered documentation.</summary>
    public static readonly EwsNamespaces Https = new("https://schemas.microsoft.com/exchange/services/2006/");

    private EwsNamespaces(string root) => (Root, Types, Messages, Errors) = (root, root + "types", root + "messages", root + "errors");

    /// <summary>What the three have in common.</summary>
    public string Root { get; }

    /// <summary>t: headers, ids, and the content of groups and personas.</summary>
    public string Types { get; }

    /// <summary>m: operations and their direct children.</summary>
    public string Messages { get; }

    /// <summary>e: the detail of faults.</summary>
    public string Errors { get; }

    /// <summary>The spelling whose messages namespace this is, or null.</summary>
    public static EwsNamespaces? OfMessages(string uri) =>
        uri == Http.Messages ? Http : uri == Https.Messages ? Https : null;

    /// <summary>Whether this is a types namespace, in either spelling.</summary>
    public static bool IsTypes(string uri) => uri == Http.Types || uri == Https.Types;

    /// <summary>The spelling of a request whose operation is not known, or which is not even XML.</summary>
    public static EwsNamespaces Guess(string request) =>
        request.Contains(Https.Root, StringComparison.Ordinal) ? Https : Http;
}
