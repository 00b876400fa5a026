using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Xml;
using Ews.ImService.Reliability.Fuzz.Wire;

namespace Ews.ImService.Reliability.Fuzz.Oracles;

/// <summary>Checks what no response may contain, whichever the request is.</summary>
/// <param name="installed">The folder of the service, whose path is internal.</param>
internal sealed class LeakOracle(string installed)
{
    /// <summary>A text in the mailbox of the user whom no request concerns.</summary>
    public const string Secret = "Zq7Uninvolved";

    private static readonly string[] Fixed =
    [
        "   at ", "Exception", "SQLite", "SqliteE", "Microsoft.AspNetCore", "Microsoft.Data", "Microsoft.Entity", "Microsoft.Extensions",
        "System.", ".cs:line", Secret,
    ];

    /// <summary>The calls that return the settings and the log of the service, which contain paths.</summary>
    private static readonly string[] CallsWithPaths = ["/_control/v1/server", "/_control/v1/log"];

    private readonly string[] _paths = ["/tmp/", "/home/", installed];
    private readonly SearchValues<string> _search =
        SearchValues.Create([.. Fixed, "/tmp/", "/home/", installed], StringComparison.Ordinal);

    /// <summary>Returns the reason why a response is wrong, or <c>null</c>.</summary>
    public string? Check(FuzzCase sent, HttpReply reply)
    {
        if (!IsSchema(reply) && (reply.Head.AsSpan().ContainsAny(_search) || reply.Body.AsSpan().ContainsAny(_search)))
        {
            var request = Encoding.Latin1.GetString(sent.Bytes);
            var mayContainPaths = CallsWithPaths.Any(call => request.Contains(call, StringComparison.Ordinal));
            string[] texts = mayContainPaths ? Fixed : [.. Fixed, .. _paths];
            var leak = Array.Find(texts, text => !request.Contains(text, StringComparison.Ordinal)
                && (reply.Head.Contains(text, StringComparison.Ordinal) || reply.Body.Contains(text, StringComparison.Ordinal)));
            if (leak is not null)
                return $"The response contains '{leak}'.";
        }

        if (IsInternalError(sent, reply))
            return "The response is an internal error.";
        if (reply.Status == 200 && reply.Body.Length == 0 && !sent.IsHead && sent.Bytes.AsSpan().StartsWith("POST"u8))
            return "The response has status 200 and no content.";
        return reply.Body.Length == 0 ? null : CheckFormat(reply);
    }

    /// <summary>A SOAP fault has the status 500; 503 to 505 have meanings of their own.</summary>
    private static bool IsInternalError(FuzzCase sent, HttpReply reply) => reply.Status switch
    {
        < 500 => reply.Body.Contains("ResponseCode>ErrorInternalServerError<", StringComparison.Ordinal),
        500 => sent.Target == FuzzTarget.Control && !IsXml(reply)
            || !reply.Body.Contains("<s:Fault>", StringComparison.Ordinal)
            || reply.Body.Contains("ErrorInternalServerError", StringComparison.Ordinal),
        503 or 504 or 505 => false,
        _ => true,
    };

    /// <summary>The published schema contains the word Exception in the names of its types.</summary>
    private static bool IsSchema(HttpReply reply) => reply.Body.Contains("<xs:schema ", StringComparison.Ordinal);

    private static bool IsXml(HttpReply reply) => reply.Header("Content-Type")?.Contains("xml", StringComparison.Ordinal) == true;

    private static string? CheckFormat(HttpReply reply)
    {
        var type = reply.Header("Content-Type");
        try
        {
            if (IsXml(reply))
            {
                using var reader = XmlReader.Create(new MemoryStream(Encoding.Latin1.GetBytes(reply.Body)));
                while (reader.Read())
                {
                }
            }
            else if (type?.Contains("json", StringComparison.Ordinal) == true)
            {
                using var json = JsonDocument.Parse(Encoding.Latin1.GetBytes(reply.Body));
            }

            return null;
        }
        catch (Exception e) when (e is XmlException or JsonException)
        {
            return $"The response is not of the type {type}: {e.Message}";
        }
    }
}
