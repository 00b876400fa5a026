using Ews.ImService.Postgres.Connections;
using Ews.ImService.Storage;
using Microsoft.Extensions.Logging;

namespace Ews.ImService.Postgres.Journal;

/// <summary>Stores the entries of all journals, many in one transaction. While the database cannot be used, entries are kept, and stored
/// later.</summary>
internal sealed class JournalWriter : IAsyncDisposable
{
    private const long MaxBatchBytes = 8 * 1024 * 1024;

    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(250);

    private readonly JournalTransaction _transaction;
    private readonly PostgresConnections _connections;
    private readonly ILogger _log;
    private readonly SharedBodies _bodies = new();
    private readonly Task _worker;
    private int _lost;

    /// <summary>Starts to wait for entries.</summary>
    /// <param name="transaction">Executes transactions.</param>
    /// <param name="connections">The connections.</param>
    /// <param name="log">The log.</param>
    /// <param name="maxWait">The time for which a response waits for a transaction, at most.</param>
    public JournalWriter(JournalTransaction transaction, PostgresConnections connections, ILogger log, TimeSpan maxWait)
    {
        (_transaction, _connections, _log, State) = (transaction, connections, log, new WriterState(log, maxWait));
        _worker = Task.Run(RunAsync);
    }

    /// <summary>Gets the entries to be stored.</summary>
    public JournalQueue Queue { get; } = new();

    /// <summary>Gets the state of the transactions.</summary>
    public WriterState State { get; }

    /// <summary>Removes the oldest entries if the database cannot be used and they take too much memory.</summary>
    public void LimitMemory()
    {
        if (State.IsFailing)
            Lose(Queue.RemoveExcess());
    }

    /// <summary>Stores the entries that are left, unless the database cannot be used.</summary>
    public async ValueTask DisposeAsync()
    {
        Queue.Close();
        await _worker;
        Queue.Dispose();
    }

    private async Task RunAsync()
    {
        while (await Queue.WaitAsync())
        {
            var (emptying, entries) = Queue.Take();
            State.OnStarted();
            var isDone = emptying is null ? await StoreAsync(entries) : await EmptyAsync(emptying);
            State.OnEnded();
            if (isDone)
                continue;
            if (Queue.Closed.IsCompleted)
                break;
            LimitMemory();
            await Task.WhenAny(Task.Delay(RetryInterval), Queue.Closed);
        }

        while (Queue.Take() is var (emptying, entries) && (emptying is not null || entries.Count > 0))
        {
            emptying?.Done.SetException(new StorageException("The service is shutting down."));
            Lose(entries);
        }

        ReportLost();
    }

    /// <returns><c>true</c>: the next transaction follows without delay.</returns>
    private async Task<bool> EmptyAsync(JournalEmptying emptying)
    {
        try
        {
            await _transaction.EmptyAsync(emptying);
            emptying.Journal.OnEmptied(emptying.Generation);
            emptying.Done.SetResult();
        }
#pragma warning disable CA1031 // The caller receives the exception. Entries can be stored.
        catch (Exception e)
#pragma warning restore CA1031
        {
            emptying.Done.SetException(PostgresErrors.IsFailure(e) ? Describe(e) : e);
        }

        return true;
    }

    /// <returns><c>true</c> if the transaction succeeded, or its entries can never be stored; otherwise, <c>false</c>.</returns>
    private async Task<bool> StoreAsync(IReadOnlyList<OpenEntry> entries)
    {
        var writes = Take(entries);
        if (writes.Count == 0)
            return true;
        try
        {
            var rest = await _transaction.StoreAsync(writes);
            State.OnSucceeded();
            ReportLost();
            foreach (var write in writes.Except(rest))
                write.Entry.Journal.OnStored(write.Entry);
            Return(rest);
            return true;
        }
        catch (Exception e) when (PostgresErrors.IsFailure(e) && !JournalTransaction.IsRejected(e))
        {
            State.OnFailed(Describe(e).Message);
            Return(writes);
            return false;
        }
#pragma warning disable CA1031 // The other entries can be stored.
        catch (Exception e)
#pragma warning restore CA1031
        {
            if (writes.Count == 1)
            {
                Reject(writes[0].Entry, e);
            }
            else
            {
                Queue.StoreEach(writes.Count);
                Return(writes);
            }

            return true;
        }
    }

    /// <summary>Takes the present state of entries that were not deleted.</summary>
    private List<EntryWrite> Take(IReadOnlyList<OpenEntry> entries)
    {
        List<EntryWrite> writes = [];
        long bytes = 0;
        foreach (var (index, entry) in entries.Index())
        {
            if (bytes > MaxBatchBytes)
            {
                foreach (var later in entries.Skip(index).Reverse())
                    Queue.Return(later);
                break;
            }

            if (entry.Journal.Take(entry) is not { } taken)
                continue;
            try
            {
                var body = _bodies.Find(taken.ResponseBody);
                writes.Add(new EntryWrite(entry, StoredEntry.ToRow(taken, entry, body, _connections.InstanceName), body));
                bytes += writes[^1].Size;
            }
#pragma warning disable CA1031 // The other entries can be stored.
            catch (Exception e)
#pragma warning restore CA1031
            {
                Reject(entry, e);
            }
        }

        return writes;
    }

    private static void Return(IReadOnlyList<EntryWrite> writes)
    {
        foreach (var write in writes.Reverse())
            write.Entry.Journal.OnNotStored(write.Entry);
    }

    private void Reject(OpenEntry entry, Exception e)
    {
        JournalLog.Rejected(_log, entry.Journal.Realm, e);
        entry.Journal.OnStored(entry);
    }

    private void Lose(IReadOnlyList<OpenEntry> entries)
    {
        foreach (var entry in entries)
            entry.Journal.OnLost(entry);
        Interlocked.Add(ref _lost, entries.Count);
    }

    private void ReportLost()
    {
        if (Interlocked.Exchange(ref _lost, 0) is > 0 and var lost)
            JournalLog.Lost(_log, lost);
    }

    private StorageException Describe(Exception e) => e as StorageException ?? _connections.Errors.Rejected(e);
}
