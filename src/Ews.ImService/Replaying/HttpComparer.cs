using System.Globalization;
using System.Net.Http.Headers;
using Ews.ImService.Control.Contract;
using Ews.ImService.Recording;

namespace Ews.ImService.Replaying;

/// <summary>Compares a recorded HTTP response with that of the service: status, content type and body.</summary>
/// <param name="ids">The ids of earlier responses.</param>
/// <param name="accepted">The paths that are not compared.</param>
internal sealed class HttpComparer(IdMap ids, PathPatterns accepted)
{
    private const string ContentType = "Content-Type";

    private static readonly ElementPath Http = ElementPath.Empty.Append("HTTP");

    /// <summary>Compares a response.</summary>
    /// <param name="entry">The recorded entry, with its response.</param>
    /// <param name="response">The response of the service.</param>
    /// <param name="body">The body of the response of the service.</param>
    /// <param name="isStream"><c>true</c> to compare the first of several envelopes; otherwise, <c>false</c>.</param>
    public IEnumerable<Difference> Compare(JournalEntry entry, HttpResponseMessage response, string body, bool isStream)
    {
        var recorded = entry.Response!;
        var recordedStatus = entry.Status?.ToString(CultureInfo.InvariantCulture);
        var actualStatus = ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture);
        var recordedType = recorded.Headers
            .FirstOrDefault(header => header.Key.Equals(ContentType, StringComparison.OrdinalIgnoreCase)).Value;
        var differences = CompareValue("Status", recordedStatus ?? actualStatus, actualStatus)
            .Concat(CompareValue(ContentType, Normalize(recordedType), Normalize(response.Content.Headers.ContentType?.ToString())));
        var (expected, found) = (SoapXml.Parse(recorded.Body, isStream), SoapXml.Parse(body, isStream));
        if (expected is not null && found is not null)
            return differences.Concat(new ResponseComparer(ids, accepted).Compare(expected, found));
        return expected is null && found is null
            ? differences // Error pages differ between web servers.
            : differences.Concat(CompareValue("Body", recorded.Body ?? recorded.BodyBase64, body));
    }

    /// <summary>Returns a content type in a form in which spelling makes no difference.</summary>
    private static string? Normalize(string? contentType) => MediaTypeHeaderValue.TryParse(contentType, out var parsed)
        ? parsed.ToString().Replace("\"", "", StringComparison.Ordinal).ToLowerInvariant()
        : contentType;

    private IEnumerable<Difference> CompareValue(string name, string? recorded, string? actual)
    {
        var path = Http.Append(name);
        return recorded == actual || accepted.Match(path) ? [] : [new Difference(path.ToString(), recorded, actual)];
    }
}
