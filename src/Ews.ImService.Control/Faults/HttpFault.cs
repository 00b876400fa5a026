using System.Text;
using System.Text.RegularExpressions;
using Ews.ImService.Control.Documents;
using Ews.ImService.Protocol.Interception;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Ews.ImService.Control.Faults;

/// <summary>An HTTP response that is not an EWS response, instead of the operation.</summary>
internal sealed partial record HttpFault(EwsResponse Response) : Fault
{
    /// <summary>Headers that delimit the response, which only the web server can set.</summary>
    private static readonly HashSet<string> FramingHeaders = new(StringComparer.OrdinalIgnoreCase)
    {
        HeaderNames.ContentLength, HeaderNames.TransferEncoding, HeaderNames.Connection, HeaderNames.KeepAlive, HeaderNames.Upgrade,
    };

    public static HttpFault Read(DocumentNode node)
    {
        if (!node.Has("status"))
            node.ProblemOf("status", "is missing");
        var status = (int)(node.Number("status", 200, 599) ?? StatusCodes.Status500InternalServerError);
        var headers = ReadHeaders(node);
        var body = node.OptionalText("body") ?? string.Empty;
        if (body.Length > 0 && status is StatusCodes.Status204NoContent or StatusCodes.Status205ResetContent or StatusCodes.Status304NotModified)
            node.ProblemOf("body", $"must be empty for the status {status}");
        return new HttpFault(new EwsResponse(status, Encoding.UTF8.GetBytes(body), ResponseCode: null)
        {
            ContentType = body.Length == 0 ? null : "text/plain; charset=utf-8",
            Headers = headers,
        });
    }

    public override ValueTask<EwsResponse> RespondAsync(IEwsRequest request, CancellationToken cancellationToken) => new(Response);

    private static Dictionary<string, IReadOnlyList<string>> ReadHeaders(DocumentNode node)
    {
        var headers = (node.Object("headers")?.Texts() ?? [])
            .GroupBy(header => header.Name, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(header => header.Key, header => (IReadOnlyList<string>)header.SelectMany(one => one.Values).ToList());
        foreach (var (name, value) in headers.SelectMany(header => header.Value.Select(value => (header.Key, value))))
        {
            if (!HeaderName().IsMatch(name) || value.Any(c => c is < ' ' or > '~'))
                node.ProblemOf("headers", $"has '{name}: {value}', which is not a valid header");
            else if (FramingHeaders.Contains(name))
                node.ProblemOf("headers", $"has '{name}', which the web server sets");
        }

        return headers;
    }

    [GeneratedRegex(@"^[!#$%&'*+.^_`|~0-9A-Za-z-]+\z")]
    private static partial Regex HeaderName();
}
