namespace Ews.ImService.Testing;

/// <summary>Represents a realm that is deleted when it is disposed of; see <see cref="EwsImServer.CreateRealm"/>.</summary>
/// <remarks>Stop the client before: a request that arrives later creates the realm again.</remarks>
public sealed class EwsImTemporaryRealm : EwsImRealm, IAsyncDisposable
{
    private volatile bool _isDisposed;
    private bool _isDeleted;

    internal EwsImTemporaryRealm(ControlClient control, string name)
        : base(control, name)
    {
    }

    /// <summary>Deletes the realm with its mailboxes, snapshots, fault rules, journal and clock.</summary>
    /// <returns>A task that completes when the realm is deleted, which can have happened before.</returns>
    /// <exception cref="EwsImServerException">The server cannot be reached. The next call tries to delete the realm again.</exception>
    public async ValueTask DisposeAsync()
    {
        if (_isDeleted)
            return;
        _isDisposed = true;
        await DeleteAsync().ConfigureAwait(false);
        _isDeleted = true;
    }

    /// <inheritdoc/>
    internal override async Task<ControlResponse> TrySendAsync(
        HttpMethod method, string path, string? json, CancellationToken cancellationToken, TimeSpan wait = default)
    {
        VerifyUsable();
        try
        {
            return await base.TrySendAsync(method, path, json, cancellationToken, wait).ConfigureAwait(false);
        }
        finally
        {
            if (_isDisposed)
                await DeleteAsync().ConfigureAwait(false); // The request may have created the realm after its deletion.
        }
    }

    /// <inheritdoc/>
    private protected override void VerifyUsable() => ObjectDisposedException.ThrowIf(_isDisposed, this);

    private async Task DeleteAsync()
    {
        if (Control.IsDisposed)
            return;
        var path = "realms/" + Name;
        var response = await Control
            .SendAsync(string.Empty, HttpMethod.Delete, path, null, CancellationToken.None).ConfigureAwait(false);
        if (!response.Succeeded && !response.IsMissing)
            throw ControlClient.Failure(HttpMethod.Delete, path, response);
    }
}
