using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;

#if EWS_TESTING_PACKAGE
namespace Ews.ImService.Testing;
#else
namespace Ews.ImService.Control.Contract;
#endif

/// <summary>A stream of server-sent events of a running service.</summary>
/// <param name="response">The response, whose body is not read yet.</param>
internal sealed class ControlEventStream(HttpResponseMessage response) : IDisposable
{
    /// <summary>The media type of event streams.</summary>
    public const string MediaType = "text/event-stream";

    /// <summary>The type of the events that contain <see cref="JournalChanges"/>.</summary>
    public const string JournalEvent = "journal";

    /// <summary>The type of the last event of a realm that was deleted.</summary>
    public const string DeletedEvent = "deleted";

    /// <summary>Reads events until the service ends the stream.</summary>
    /// <exception cref="IOException">The connection was lost.</exception>
    public async IAsyncEnumerable<SseItem<string>> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await foreach (var item in SseParser.Create(body).EnumerateAsync(cancellationToken).ConfigureAwait(false))
            yield return item;
    }

    /// <summary>Closes the stream.</summary>
    public void Dispose() => response.Dispose();
}
