using Ews.ImService.Mailbox;

namespace Ews.ImService.Storage;

/// <summary>A store that is being opened while the service starts; whoever asks early waits for it.</summary>
/// <param name="opening">Opens the store; if it fails, so does every request.</param>
public sealed class OpeningMailboxStore(Task<SqliteMailboxStore> opening) : IMailboxStore, IAsyncDisposable
{
    /// <summary>Whether the store is open.</summary>
    public bool IsReady => opening.IsCompletedSuccessfully;

    /// <summary>Begins to open a store on another thread.</summary>
    public static OpeningMailboxStore Begin(MailboxStoreOptions options) => new(Task.Run(() => SqliteMailboxStore.Open(options)));

    /// <summary>Waits until the store is open.</summary>
    /// <exception cref="StorageException">The file cannot be used.</exception>
    public Task WaitAsync() => opening;

    /// <inheritdoc/>
    public ValueTask<MailboxState?> FindAsync(MailboxKey mailbox, CancellationToken cancellation) =>
        IsReady ? opening.Result.FindAsync(mailbox, cancellation) : FindLaterAsync(mailbox, cancellation);

    /// <inheritdoc/>
    public Task<EwsResult<T>> ChangeAsync<T>(MailboxKey mailbox, Func<MailboxEdit, EwsResult<T>> change, CancellationToken cancellation) =>
        IsReady ? opening.Result.ChangeAsync(mailbox, change, cancellation) : ChangeLaterAsync(mailbox, change, cancellation);

    /// <inheritdoc/>
    public async Task<IReadOnlyCollection<string>> FindRealmsAsync(CancellationToken cancellation) =>
        await (await opening.WaitAsync(cancellation)).FindRealmsAsync(cancellation);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<MailboxState>> ReadAllAsync(string realm, CancellationToken cancellation) =>
        await (await opening.WaitAsync(cancellation)).ReadAllAsync(realm, cancellation);

    /// <inheritdoc/>
    public async Task ReplaceAsync(string realm, IReadOnlyCollection<string>? removed, IReadOnlyCollection<MailboxState> added, CancellationToken cancellation) =>
        await (await opening.WaitAsync(cancellation)).ReplaceAsync(realm, removed, added, cancellation);

    /// <summary>Closes the store, once it is open; one that never opened has nothing to close.</summary>
    public async ValueTask DisposeAsync()
    {
        await opening.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        if (IsReady)
            await opening.Result.DisposeAsync();
    }

    private async ValueTask<MailboxState?> FindLaterAsync(MailboxKey mailbox, CancellationToken cancellation) =>
        await (await opening.WaitAsync(cancellation)).FindAsync(mailbox, cancellation);

    private async Task<EwsResult<T>> ChangeLaterAsync<T>(MailboxKey mailbox, Func<MailboxEdit, EwsResult<T>> change, CancellationToken cancellation) =>
        await (await opening.WaitAsync(cancellation)).ChangeAsync(mailbox, change, cancellation);
}
