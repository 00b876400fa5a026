using System.Text;
using System.Text.RegularExpressions;
using Ews.ImService.Control.Contract;
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
        HeaderNames.ContentLength,
        HeaderNames.TransferEncoding,
        HeaderNames.Connection,
        HeaderNames.KeepAlive,
        HeaderNames.Upgrade,
    };

    private static readonly HashSet<int> StatusesWithoutBody =
        [StatusCodes.Status204NoContent, StatusCodes.Status205ResetContent, StatusCodes.Status304NotModified];

    public static HttpFault Read(FaultRule rule, DocumentProblems problems)
    {
        var status = FaultKinds.Required(rule.Status, "status", problems);
        var headers = ReadHeaders(rule, problems);
        var body = rule.Body ?? string.Empty;
        if (body.Length > 0 && StatusesWithoutBody.Contains(status))
            problems.Add("$.body", $"must be empty for the status {status}");
        return new HttpFault(new EwsResponse(status, new ResponseBody(Encoding.UTF8.GetBytes(body)), ResponseCode: null)
        {
            ContentType = body.Length == 0 ? null : "text/plain; charset=utf-8",
            Headers = headers,
        });
    }

    public override ValueTask<EwsResponse> RespondAsync(IEwsRequest request, CancellationToken cancellationToken) =>
        new(Response);

    private static Dictionary<string, IReadOnlyList<string>> ReadHeaders(FaultRule rule, DocumentProblems problems)
    {
        var headers = (rule.Headers ?? new Dictionary<string, IReadOnlyList<string>?>())
            .GroupBy(header => header.Key, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(header => header.Key, header => (IReadOnlyList<string>)header.SelectMany(one => one.Value ?? []).ToList());
        foreach (var (name, values) in headers.Where(header => header.Value.Count > 0))
        {
            if (FramingHeaders.Contains(name))
                problems.Add(PathOf(name), "is not allowed, because the web server sets it");
            else if (!HeaderName().IsMatch(name))
                problems.Add(PathOf(name), $"must be a valid header, but is '{Excerpt.Of($"{name}: {values[0]}")}'");
            else if (values.FirstOrDefault(value => value.Any(c => c is < ' ' or > '~')) is { } invalid)
                problems.Add(PathOf(name), $"must be a valid header, but is '{Excerpt.Of($"{name}: {invalid}")}'");
        }

        return headers;
    }

    private static string PathOf(string header) => $"$.headers['{Excerpt.Of(header)}']";

    [GeneratedRegex(@"^[!#$%&'*+.^_`|~0-9A-Za-z-]+\z")]
    private static partial Regex HeaderName();
}
