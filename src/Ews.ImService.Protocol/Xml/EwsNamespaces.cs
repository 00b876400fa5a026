namespace Ews.ImService.Protocol.Xml;

/// <summary>The namespaces of Exchange in one of two spellings.</summary>
/// <remarks>
/// Exchange, its schema and its clients use <c>http://</c>; the published documentation shows <c>https://</c>. Both are accepted, and a
/// response has the spelling of its request.
/// </remarks>
internal sealed class EwsNamespaces
{
    /// <summary>The spelling of Exchange.</summary>
    public static readonly EwsNamespaces Http = new("http://schemas.microsoft.com/exchange/services/2006/");

    /// <summary>The spelling of the published documentation.</summary>
    public static readonly EwsNamespaces Https = new("https://schemas.microsoft.com/exchange/services/2006/");

    private EwsNamespaces(string root) => (Root, Types, Messages, Errors) = (root, root + "types", root + "messages", root + "errors");

    /// <summary>Gets the common prefix of the namespaces.</summary>
    public string Root { get; }

    /// <summary>Gets the types namespace, by convention <c>t</c>: headers, ids, and the content of items, groups and personas.</summary>
    public string Types { get; }

    /// <summary>Gets the messages namespace, by convention <c>m</c>: operations and their direct children.</summary>
    public string Messages { get; }

    /// <summary>Gets the errors namespace, by convention <c>e</c>: the details of SOAP faults.</summary>
    public string Errors { get; }

    /// <summary>Returns the spelling with a messages namespace, or <c>null</c> if the URI is not a messages namespace.</summary>
    public static EwsNamespaces? OfMessages(string? uri) =>
        uri == Http.Messages ? Http : uri == Https.Messages ? Https : null;

    /// <summary>Determines whether a URI is the types namespace in either spelling.</summary>
    public static bool IsTypes(string uri) => uri == Http.Types || uri == Https.Types;

    /// <summary>Returns the spelling of a request whose operation is unknown, or which is not XML.</summary>
    public static EwsNamespaces Guess(string request) =>
        request.Contains(Https.Root, StringComparison.Ordinal) ? Https : Http;
}
