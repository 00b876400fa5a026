using System.Net.Http.Headers;
using Ews.ImService.Control.Contract;
using Ews.ImService.Recording;

namespace Ews.ImService.Replaying;

/// <summary>Sends the requests of a recording to a service, one after the other, and compares the responses.</summary>
/// <param name="http">The client of the service.</param>
/// <param name="root">The root of the service.</param>
/// <param name="realm">The realm.</param>
/// <param name="credentials">The sign-in of all requests; <c>null</c> to sign in as the mailbox of each request.</param>
/// <param name="accepted">The paths that are not compared.</param>
internal sealed class ReplayRun(HttpClient http, Uri root, string realm, AuthenticationHeaderValue? credentials, PathPatterns accepted)
{
    private const string AnyPassword = "replay";

    private readonly IdMap _ids = new();

    /// <summary>Sends the requests.</summary>
    /// <param name="entries">The entries of the recording, in the order of arrival.</param>
    /// <param name="cancellationToken">A token that is canceled when the user interrupts the replay.</param>
    /// <exception cref="StartException">The service does not respond, or the replay is interrupted.</exception>
    public async Task<ReplayReport> RunAsync(IEnumerable<JournalEntry> entries, CancellationToken cancellationToken)
    {
        var (compared, skipped) = (new List<ComparedExchange>(), new List<SkippedExchange>());
        foreach (var entry in entries)
        {
            var name = entry.Operation ?? $"{entry.Method} {entry.Path}";
            if (ReplayableRequest.ReasonToSkip(entry) is { } reason)
            {
                skipped.Add(new SkippedExchange(entry.Id, name, IsSent: false, reason));
                continue;
            }

            var exchange = await SendAsync(entry, cancellationToken);
            if (ReplayableRequest.ReasonNotToCompare(entry) is { } notCompared)
                skipped.Add(new SkippedExchange(entry.Id, name, IsSent: true, notCompared));
            else
                compared.Add(exchange);
        }

        return new ReplayReport { Compared = compared, Skipped = skipped };
    }

    private async Task<ComparedExchange> SendAsync(JournalEntry entry, CancellationToken cancellationToken)
    {
        var (request, unknownIds) = ReplayableRequest.Create(entry, root, realm, _ids);
        using var sent = request;
        request.Headers.Authorization =
            credentials ?? (entry.Mailbox is { } mailbox ? ReplayableRequest.Basic(mailbox, AnyPassword) : null);
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            var isStream = entry.Operation == SoapXml.StreamingOperation && response.IsSuccessStatusCode;
            var body = isStream
                ? await ReadEnvelopeAsync(response, cancellationToken)
                : await response.Content.ReadAsStringAsync(cancellationToken);
            return new ComparedExchange
            {
                Id = entry.Id,
                Operation = entry.Operation,
                Mailbox = entry.Mailbox,
                Differences = [.. new HttpComparer(_ids, accepted).Compare(entry, response, body, isStream)],
                UnknownIds = unknownIds,
            };
        }
        catch (OperationCanceledException e) when (cancellationToken.IsCancellationRequested)
        {
            throw new StartException($"The replay was interrupted at request {entry.Id}.", e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            throw new StartException(
                $"The service at {root} did not respond to request {entry.Id}: {e.GetBaseException().Message.TrimEnd('.')}.", e);
        }
    }

    /// <summary>Reads the first envelope of a stream. The connection is then closed, because the events depend on the time.</summary>
    private static async Task<string> ReadEnvelopeAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken));
        var (text, buffer) = ("", new char[4096]);
        while (SoapXml.Parse(text, isStream: true) is null && await reader.ReadAsync(buffer, cancellationToken) is > 0 and var count)
            text += new string(buffer, 0, count);
        return text;
    }
}
