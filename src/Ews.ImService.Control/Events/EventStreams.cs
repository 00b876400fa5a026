using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Ews.ImService.Control.Contract;
using Ews.ImService.Control.Journal;
using Ews.ImService.Control.Realms;
using Ews.ImService.Control.Server;
using Ews.ImService.Mailbox;

namespace Ews.ImService.Control.Events;

/// <summary>The event streams of realms. The timer of a stream looks for changes, so that requests do no work for it.</summary>
/// <param name="realms">The realms.</param>
/// <param name="store">The store of the mailboxes.</param>
/// <param name="log">The log.</param>
/// <param name="time">The clock of the timers.</param>
internal sealed class EventStreams(RealmRegistry realms, IMailboxStore store, ILogTail log, TimeProvider time)
{
    /// <summary>The time without an event after which a ping is sent.</summary>
    public static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(15);

    private const string NoData = "{}";

    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(200);

    /// <summary>The time after which a client that lost its connection connects again.</summary>
    private static readonly TimeSpan ReconnectionInterval = TimeSpan.FromSeconds(1);

    /// <summary>Returns the events of a realm until it is deleted or the service stops.</summary>
    /// <param name="realm">The realm.</param>
    /// <param name="filter">The filter of the journal entries.</param>
    /// <param name="limit">The maximum number of entries in one event.</param>
    /// <param name="lastEventId">The id of the last event that the client received, or <c>null</c>.</param>
    /// <param name="stopping">A token that ends the events.</param>
    /// <param name="cancellationToken">A token that cancels the stream, because the client disconnected.</param>
    public async IAsyncEnumerable<SseItem<string>> ReadAsync(
        Realm realm,
        JournalFilter filter,
        int limit,
        string? lastEventId,
        CancellationToken stopping,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stopping, cancellationToken);
        using var timer = new PeriodicTimer(LookInterval, time);
        using var changes = new ChangeFeed(realm, realms, store, log);
        var journal = new JournalFeed(filter, limit, JournalPosition.Parse(lastEventId));
        var sentAt = time.GetTimestamp();
        do
        {
            await ConfirmAsync(realm.Name, end.Token);
            var events = await LookAsync(realm, journal, changes, cancellationToken);
            if (realm.IsDeleted) // Checked after the look, so that no event contains the deleted journal.
            {
                yield return new SseItem<string>(NoData, ControlEventStream.DeletedEvent);
                yield break;
            }

            foreach (var changed in events)
            {
                sentAt = time.GetTimestamp();
                yield return changed;
            }

            if (time.GetElapsedTime(sentAt) >= PingInterval)
            {
                sentAt = time.GetTimestamp();
                yield return new SseItem<string>(NoData, "ping");
            }
        }
        while (await WaitAsync(timer, end.Token));
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>Confirms the state of a realm. If the database cannot be used, the next look confirms it.</summary>
    private async ValueTask ConfirmAsync(string realm, CancellationToken cancellationToken)
    {
        try
        {
            await realms.States.ConfirmAsync(realm, cancellationToken);
        }
        catch (Exception e) when (e is IOException || cancellationToken.IsCancellationRequested)
        {
            // The stream continues, and sends pings, until the database can be used again or the stream ends.
        }
    }

    private static async ValueTask<IReadOnlyList<SseItem<string>>> LookAsync(
        Realm realm, JournalFeed journal, ChangeFeed changes, CancellationToken cancellationToken)
    {
        List<SseItem<string>>? events = null;
        if (await UpdateAsync(realm, journal, cancellationToken) && journal.Run() is { } entries)
        {
            (events = []).Add(Event(ControlEventStream.JournalEvent, entries, ContractJson.Default.JournalChanges) with
            {
                EventId = journal.Position!.ToString(),
                ReconnectionInterval = ReconnectionInterval,
            });
        }

        if (changes.TakeChanges() is { } changed)
            (events ??= []).Add(Event("changed", changed, ContractJson.Default.RealmChanges));
        return events ?? (IReadOnlyList<SseItem<string>>)[];
    }

    /// <summary>Updates the feed of the journal. If the database cannot be used, the next look updates it.</summary>
    private static async ValueTask<bool> UpdateAsync(Realm realm, JournalFeed journal, CancellationToken cancellationToken)
    {
        try
        {
            return await realm.Journal.UpdateAsync(journal, cancellationToken);
        }
        catch (IOException)
        {
            return false; // The stream continues, as without a confirmed state.
        }
    }

    private static SseItem<string> Event<T>(string type, T data, JsonTypeInfo<T> json) => new(JsonSerializer.Serialize(data, json), type);

    /// <summary>Waits for the next look.</summary>
    /// <returns><c>true</c> after the interval; <c>false</c> if the stream ends.</returns>
    private static async Task<bool> WaitAsync(PeriodicTimer timer, CancellationToken cancellationToken)
    {
        try
        {
            return await timer.WaitForNextTickAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
