using System.Threading.Channels;
using Ews.ImService.Postgres.Connections;
using Ews.ImService.Storage;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Ews.ImService.Postgres.Journal;

/// <summary>Stores the entries of all journals, many in one transaction. While the database cannot be used, entries are kept, and stored
/// later.</summary>
internal sealed class JournalWriter : IAsyncDisposable
{
    private const long MaxBatchBytes = 8 * 1024 * 1024;

    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(250);

    /// <summary>The time for which a response waits for a transaction, at most.</summary>
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(1);

    private readonly JournalTransaction _transaction;
    private readonly PostgresConnections _connections;
    private readonly ILogger _log;
    private readonly Channel<object> _queue = Channel.CreateUnbounded<object>(new UnboundedChannelOptions { SingleReader = true });
    private readonly JournalBacklog _backlog = new();
    private readonly Task _worker;
    private volatile bool _isFailing;

    /// <summary>Starts to wait for entries.</summary>
    /// <param name="transaction">Executes transactions.</param>
    /// <param name="connections">The connections.</param>
    /// <param name="log">The log.</param>
    public JournalWriter(JournalTransaction transaction, PostgresConnections connections, ILogger log)
    {
        (_transaction, _connections, _log) = (transaction, connections, log);
        _worker = Task.Run(RunAsync);
    }

    /// <summary>Gets a value that indicates whether the database cannot be used, so that waiting for entries is of no use.</summary>
    public bool IsFailing => _isFailing;

    /// <summary>Stores an entry, which must be in the queue once.</summary>
    public void Enqueue(OpenEntry entry) => _queue.Writer.TryWrite(entry);

    /// <summary>Deletes all entries of a journal, before entries that are enqueued later are stored.</summary>
    /// <exception cref="StorageException">The database cannot be used.</exception>
    public Task EmptyAsync(JournalEmptying emptying)
    {
        if (!_queue.Writer.TryWrite(emptying))
            emptying.Done.SetException(new StorageException("The service is shutting down."));
        return emptying.Done.Task;
    }

    /// <summary>Stores the entries that are left, unless the database cannot be used.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _worker;
    }

    private async Task RunAsync()
    {
        while (_backlog.Count > 0 || await _queue.Reader.WaitToReadAsync())
        {
            var entries = await ReceiveAsync();
            if (entries.Count == 0 || await StoreAsync(entries))
                continue;
            if (_queue.Reader.Completion.IsCompleted)
                break;
            await Task.WhenAny(Task.Delay(RetryInterval), _queue.Reader.Completion);
        }

        if (_backlog.Count + _backlog.TakeLost() is > 0 and var lost)
            JournalLog.Lost(_log, lost);
    }

    /// <summary>Receives the entries of the next transaction, and deletes those of journals that are emptied.</summary>
    private async Task<IReadOnlyList<OpenEntry>> ReceiveAsync()
    {
        while (!_backlog.IsFull && _queue.Reader.TryRead(out var work))
        {
            if (work is JournalEmptying emptying)
                await RunAsync(emptying);
            else
                _backlog.Add((OpenEntry)work);
        }

        return _backlog.TakeBatch();
    }

    private async Task RunAsync(JournalEmptying emptying)
    {
        try
        {
            await _transaction.EmptyAsync(emptying);
            emptying.Journal.OnEmptied(emptying.Generation);
            emptying.Done.SetResult();
        }
        catch (Exception e) when (IsOfDatabase(e))
        {
            emptying.Done.SetException(Describe(e));
        }
    }

    /// <returns><c>true</c> if the transaction succeeded, or its entries can never be stored; otherwise, <c>false</c>.</returns>
    private async Task<bool> StoreAsync(IReadOnlyList<OpenEntry> entries)
    {
        var (writes, waiting) = Take(entries);
        try
        {
            var transaction = writes.Count == 0 ? Task.FromResult<IReadOnlyList<EntryWrite>>([]) : _transaction.StoreAsync(writes);
            await WaitAsync(transaction, waiting);
            foreach (var write in await transaction)
                _backlog.Return(write.Entry);
            OnSucceeded();
            return true;
        }
        catch (Exception e) when (IsOfDatabase(e) && !IsRejected(e))
        {
            OnFailed(e);
            _backlog.Return(writes);
            return false;
        }
#pragma warning disable CA1031 // The other entries can be stored.
        catch (Exception e)
#pragma warning restore CA1031
        {
            if (writes.Count == 1)
                JournalLog.Rejected(_log, writes[0].Row.Realm, e);
            else
                _backlog.ReturnEach(writes);
            return true;
        }
        finally
        {
            waiting.ForEach(source => source.TrySetResult());
        }
    }

    /// <summary>Takes the present state of entries that were not deleted.</summary>
    private (List<EntryWrite> Writes, List<TaskCompletionSource> Waiting) Take(IReadOnlyList<OpenEntry> entries)
    {
        List<EntryWrite> writes = [];
        List<TaskCompletionSource> waiting = [];
        long bytes = 0;
        foreach (var entry in entries)
        {
            if (bytes > MaxBatchBytes)
            {
                _backlog.Add(entry);
                continue;
            }

            if (entry.Journal.Take(entry, out var source) is { } taken)
            {
                writes.Add(new EntryWrite(entry, StoredEntry.ToRow(taken, entry, _connections.InstanceName)));
                bytes += writes[^1].Row.Size;
            }

            if (source is not null)
                waiting.Add(source);
        }

        return (writes, waiting);
    }

    /// <summary>Waits for a transaction. If it takes long, responses do not wait for it, and for others, any more.</summary>
    private async Task WaitAsync(Task transaction, List<TaskCompletionSource> waiting)
    {
        try
        {
            await transaction.WaitAsync(MaxWait);
        }
        catch (TimeoutException) when (!transaction.IsCompleted)
        {
            _isFailing = true;
            waiting.ForEach(source => source.TrySetResult());
            ReceiveWhileFailing();
        }
    }

    private void OnSucceeded()
    {
        var wasFailing = _isFailing;
        _isFailing = false;
        if (_backlog.TakeLost() is > 0 and var lost)
            JournalLog.Lost(_log, lost);
        if (wasFailing)
            JournalLog.Stored(_log);
    }

    private void OnFailed(Exception e)
    {
        if (!_isFailing)
            JournalLog.NotStored(_log, Describe(e).Message);
        _isFailing = true;
        ReceiveWhileFailing();
    }

    /// <summary>Completes the tasks that wait for entries in the queue.</summary>
    private void ReceiveWhileFailing()
    {
        while (_queue.Reader.TryPeek(out var work) && work is OpenEntry entry && _queue.Reader.TryRead(out _))
        {
            entry.Journal.ReleaseWaiting(entry);
            _backlog.Add(entry);
        }
    }

    private static bool IsOfDatabase(Exception e) => e is StorageException || PostgresErrors.IsOfDatabase(e);

    private StorageException Describe(Exception e) => e as StorageException ?? _connections.Errors.Rejected(e);

    /// <summary>Determines whether the database rejected an entry, such as a text that it cannot store.</summary>
    private static bool IsRejected(Exception e) =>
        e is PostgresException { SqlState: var state } && (state.StartsWith("22", StringComparison.Ordinal)
            || state.StartsWith("23", StringComparison.Ordinal)
            || state.StartsWith("54", StringComparison.Ordinal));
}
