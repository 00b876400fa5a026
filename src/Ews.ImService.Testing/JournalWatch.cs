using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Ews.ImService.Testing;

/// <summary>Reads the requests of a realm as they are completed, from its event stream.</summary>
internal static class JournalWatch
{
    private const int MaxEntriesPerEvent = 1000;

    /// <summary>Returns each request that matches, once, when it has a complete response or has failed.</summary>
    /// <param name="realm">The realm.</param>
    /// <param name="pattern">The pattern of the requests.</param>
    /// <param name="cancellationToken">A token that cancels the enumeration.</param>
    public static async IAsyncEnumerable<JournalEntry> ReadAsync(
        EwsImRealm realm, RequestPattern pattern, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var filter = pattern.Operation is { } operation ? "&operation=" + Uri.EscapeDataString(operation) : "";
        // Creates the realm, which opening a stream does not, and verifies the operation.
        await realm.SendAsync(HttpMethod.Get, "journal?limit=0" + filter, null, cancellationToken).ConfigureAwait(false);
        using var stream = await realm
            .OpenEventsAsync($"events?limit={MaxEntriesPerEvent}{filter}", cancellationToken).ConfigureAwait(false);
        await using var events = stream.ReadAsync(cancellationToken).ConfigureAwait(false).GetAsyncEnumerator();
        var returned = new HashSet<long>();
        while (await MoveNextAsync(events).ConfigureAwait(false))
        {
            if (events.Current.EventType != ControlEventStream.JournalEvent)
                continue;
            var changes = JsonSerializer.Deserialize(events.Current.Data, ContractJson.Default.JournalChanges)!;
            if (changes.Reset)
                returned.Clear();
            returned.RemoveWhere(id => id < changes.FirstId);
            foreach (var request in await ReadAsync(realm, changes, filter, cancellationToken).ConfigureAwait(false))
            {
                if (request.State != JournalState.Arrived && pattern.DifferencesOf(request).Count == 0 && returned.Add(request.Id))
                    yield return request;
            }
        }
    }

    private static async Task<bool> MoveNextAsync(ConfiguredCancelableAsyncEnumerable<SseItem<string>>.Enumerator events)
    {
        try
        {
            return await events.MoveNextAsync();
        }
        catch (IOException e)
        {
            throw new EwsImServerException($"The connection to the server was lost: {e.GetBaseException().Message}", e);
        }
    }

    /// <summary>Reads the requests that were added or changed, and possibly later ones, with headers and bodies.</summary>
    private static async Task<IReadOnlyList<JournalEntry>> ReadAsync(
        EwsImRealm realm, JournalChanges changes, string filter, CancellationToken cancellationToken)
    {
        if (changes.Entries.Count == 0)
            return [];
        var first = changes.Skipped > 0 ? changes.FirstId : changes.Entries[0].Id;
        var path = string.Create(CultureInfo.InvariantCulture, $"journal?bodies=true&after={first - 1}{filter}");
        var response = await realm.TryGetFromExistingAsync(path, cancellationToken).ConfigureAwait(false);
        if (response.IsMissing)
            return []; // The realm was deleted, which the next event reports.
        return response.Succeeded
            ? response.Read(ContractJson.Default.JournalPage).Entries
            : throw ControlClient.Failure(HttpMethod.Get, path, response);
    }
}
