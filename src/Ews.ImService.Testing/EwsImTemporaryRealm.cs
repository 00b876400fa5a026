using System.Net;

namespace Ews.ImService.Testing;

/// <summary>Represents a realm that is deleted when it is disposed of; see <see cref="EwsImServer.CreateRealm"/>.</summary>
/// <remarks>Stop the client before: a request that arrives later creates the realm again.</remarks>
public sealed class EwsImTemporaryRealm : EwsImRealm, IAsyncDisposable
{
    private bool _isDisposed;

    internal EwsImTemporaryRealm(ControlClient control, string name)
        : base(control, name)
    {
    }

    /// <summary>Deletes the realm with its mailboxes, snapshots, fault rules, journal and clock.</summary>
    /// <returns>A task that completes when the realm is deleted, which can have happened before.</returns>
    /// <exception cref="EwsImServerException">The server cannot be reached.</exception>
    public async ValueTask DisposeAsync()
    {
        if (_isDisposed || Control.IsDisposed)
            return;
        _isDisposed = true;
        var path = "realms/" + Name;
        var response = await Control
            .SendAsync(string.Empty, HttpMethod.Delete, path, null, CancellationToken.None).ConfigureAwait(false);
        if (!response.Succeeded && response is not { Status: (int)HttpStatusCode.NotFound, IsRejection: true })
            throw ControlClient.Failure(HttpMethod.Delete, path, response);
    }

    /// <inheritdoc/>
    internal override Task<ControlResponse> TrySendAsync(
        HttpMethod method, string path, string? json, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return base.TrySendAsync(method, path, json, cancellationToken);
    }
}
