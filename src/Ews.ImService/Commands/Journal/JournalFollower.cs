using System.Text.Json;
using Ews.ImService.Control.Contract;
using static System.FormattableString;

namespace Ews.ImService.Commands.Journal;

/// <summary>Receives the events of a journal, and connects again if the connection is lost.</summary>
/// <param name="service">The service.</param>
/// <param name="query">The filters as parameters of a query.</param>
internal sealed class JournalFollower(RunningService service, string query)
{
    /// <summary>The maximum number of entries in one event.</summary>
    public const int MaxEntries = 1000;

    /// <summary>The time without an event after which the connection is lost; the service sends a ping every 15 seconds.</summary>
    private static readonly TimeSpan SilenceTimeout = TimeSpan.FromSeconds(45);

    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);

    private string? _lastEventId;
    private bool _wasConnected;
    private bool _isLost;

    /// <summary>Receives events until the realm is deleted.</summary>
    /// <param name="receive">Receives the changes of the journal.</param>
    /// <param name="cancellationToken">A token that ends the events.</param>
    /// <exception cref="StartException">The service cannot be reached at first, rejects the request, or deleted the realm.</exception>
    public async Task RunAsync(Func<JournalChanges, Task> receive, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await ReadAsync(receive, cancellationToken);
            }
            catch (Exception e) when (_wasConnected && IsLoss(e, cancellationToken))
            {
                // The connection is opened again.
            }

            if (!_isLost)
                Console.Error.WriteLine("The connection is lost. Connecting again...");
            _isLost = true;
            await Task.Delay(RetryInterval, cancellationToken);
        }
    }

    private static bool IsLoss(Exception e, CancellationToken cancellationToken) =>
        e is IOException or HttpRequestException or StartException { InnerException: HttpRequestException }
        || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    private async Task ReadAsync(Func<JournalChanges, Task> receive, CancellationToken cancellationToken)
    {
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        silence.CancelAfter(SilenceTimeout);
        using var stream = await service.OpenEventsAsync(Invariant($"events?limit={MaxEntries}{query}"), _lastEventId, silence.Token);
        _wasConnected = true;
        if (_isLost)
            Console.Error.WriteLine("Connected again.");
        _isLost = false;
        await foreach (var received in stream.ReadAsync(silence.Token))
        {
            silence.CancelAfter(SilenceTimeout);
            if (received.EventType == ControlEventStream.DeletedEvent)
                throw new StartException($"{Capitalized(service.Options.RealmText)} was deleted.");
            if (received.EventType != ControlEventStream.JournalEvent)
                continue;
            await receive(JsonSerializer.Deserialize(received.Data, ContractJson.Default.JournalChanges)!);
            _lastEventId = received.EventId ?? _lastEventId;
        }
    }

    private static string Capitalized(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
