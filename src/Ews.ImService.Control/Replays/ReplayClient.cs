using Microsoft.AspNetCore.Http.Features;

namespace Ews.ImService.Control.Replays;

/// <summary>The connection of a replayed request. It closes when the service closes it, or when a token cancels the replay.</summary>
internal sealed class ReplayClient : IHttpRequestLifetimeFeature, IDisposable
{
    private readonly CancellationTokenSource _closed;

    /// <summary>Opens the connection.</summary>
    /// <param name="timeout">The time after which the client disconnects.</param>
    /// <param name="tokens">Tokens that disconnect the client.</param>
    public ReplayClient(TimeSpan timeout, params CancellationToken[] tokens)
    {
        _closed = CancellationTokenSource.CreateLinkedTokenSource(tokens);
        _closed.CancelAfter(timeout);
        RequestAborted = _closed.Token;
    }

    /// <inheritdoc/>
    public CancellationToken RequestAborted { get; set; }

    /// <inheritdoc/>
    public void Abort() => _closed.Cancel();

    /// <inheritdoc/>
    public void Dispose() => _closed.Dispose();
}
