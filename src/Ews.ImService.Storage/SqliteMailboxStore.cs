using System.Collections.Concurrent;
using System.Threading.Channels;
using Ews.ImService.Mailbox;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Ews.ImService.Storage;

/// <summary>Mailboxes in one SQLite database: read from memory, written by one thread that commits waiting callers together.</summary>
/// <remarks>
/// A caller is answered after its change is committed (WAL, synchronous=FULL). A batch that fails to commit is rolled back and
/// each of its changes is tried alone, so that one caller's trouble is not another's.
/// </remarks>
public sealed class SqliteMailboxStore : IMailboxStore, IAsyncDisposable
{
    private const int MaxBatch = 256;

    private readonly SqliteConnection _connection;
    private readonly DbContextOptions<MailboxDbContext> _contextOptions;
    private readonly MailboxStoreOptions _options;
    private readonly Channel<StoreWork> _queue = Channel.CreateUnbounded<StoreWork>(new UnboundedChannelOptions { SingleReader = true });
    private readonly ConcurrentDictionary<MailboxKey, StoredMailbox> _mailboxes = new();
    private RowIds _rowIds = new(0);
    private readonly TaskCompletionSource _writerStopped = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private SqliteMailboxStore(SqliteConnection connection, MailboxStoreOptions options)
    {
        _connection = connection;
        _options = options;
        _contextOptions = new DbContextOptionsBuilder<MailboxDbContext>().UseSqlite(connection).Options;
    }

    /// <summary>For tests that make the disk full.</summary>
    internal SqliteConnection Connection => _connection;

    /// <summary>Opens the database, creates or migrates its tables, and starts the writer.</summary>
    /// <exception cref="StorageException">The file cannot be used; it was left as it was, or where a migration failed, with those before it.</exception>
    public static SqliteMailboxStore Open(MailboxStoreOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var store = new SqliteMailboxStore(DatabaseFile.Open(options.Path), options);
        try
        {
            store.Start();
            return store;
        }
        catch (Exception e)
        {
            store._connection.Dispose();
            if (e is SqliteException)
                throw new StorageException($"The database '{options.Path}' cannot be used: {e.Message}", e);
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask<MailboxState?> FindAsync(MailboxKey mailbox, CancellationToken cancellation)
    {
        if (!_mailboxes.TryGetValue(mailbox, out var stored))
            return new ValueTask<MailboxState?>((MailboxState?)null);
        return stored.State is { } state
            ? new ValueTask<MailboxState?>(state)
            : new ValueTask<MailboxState?>(Enqueue(new LoadWork(mailbox, cancellation), cancellation));
    }

    /// <inheritdoc/>
    public Task<EwsResult<T>> ChangeAsync<T>(MailboxKey mailbox, Func<MailboxEdit, EwsResult<T>> change, CancellationToken cancellation) =>
        Enqueue(new ChangeWork<T>(mailbox, change, cancellation), cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyCollection<string>> FindRealmsAsync(CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyCollection<string>>(_mailboxes.Keys.Select(mailbox => mailbox.Realm).Distinct().ToList());

    /// <inheritdoc/>
    public Task<IReadOnlyList<MailboxState>> ReadAllAsync(string realm, CancellationToken cancellation) =>
        Enqueue(new ReadAllWork(realm, cancellation), cancellation);

    /// <inheritdoc/>
    public Task ReplaceAsync(string realm, IReadOnlyCollection<string>? removed, IReadOnlyCollection<MailboxState> added, CancellationToken cancellation) =>
        Enqueue(new ReplaceWork(realm, removed, added, cancellation), cancellation);

    /// <summary>Finishes what is waiting, then closes the database.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_queue.Writer.TryComplete())
        {
            await _writerStopped.Task;
            await _connection.DisposeAsync();
        }
    }

    private void Start()
    {
        using (var context = NewContext())
        {
            context.Database.Migrate();
            foreach (var row in context.Mailboxes.AsNoTracking())
                _mailboxes[new MailboxKey(row.Realm, row.SmtpAddress)] = new StoredMailbox(row.Id, new MailboxKey(row.Realm, row.SmtpAddress), null);
        }

        _rowIds = new RowIds(_mailboxes.Values.Select(mailbox => mailbox.RowId).DefaultIfEmpty().Max());

        // The schema's number has to stand in the file itself, where the next start reads it, not in the log beside it.
        using (var command = _connection.CreateCommand())
        {
            command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
            command.ExecuteNonQuery();
        }

        new Thread(WriteUntilCompleted) { IsBackground = true, Name = "mailbox-writer" }.Start();
    }

    private MailboxDbContext NewContext()
    {
        var context = new MailboxDbContext(_contextOptions);
        context.ChangeTracker.AutoDetectChangesEnabled = false;
        context.Database.AutoTransactionsEnabled = false;
        return context;
    }

    private Task<T> Enqueue<T>(StoreWork<T> work, CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(!_queue.Writer.TryWrite(work), this);
        return work.Result.WaitAsync(cancellation);
    }

    private void WriteUntilCompleted()
    {
        var batch = new List<StoreWork>(MaxBatch);
        while (_queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (batch.Count < MaxBatch && _queue.Reader.TryPeek(out var next) && (batch.Count == 0 || !(next.IsAlone || batch[0].IsAlone)) && _queue.Reader.TryRead(out var work))
                batch.Add(work);

            if (TryCommit(batch) is { } failure)
            {
                foreach (var work in batch)
                {
                    if (batch.Count == 1)
                        work.Fail(failure);
                    else if (TryCommit([work]) is { } ownFailure)
                        work.Fail(ownFailure);
                }
            }

            batch.Clear();
        }

        _writerStopped.SetResult();
    }

    /// <summary>Runs the work, stores what it changed in one transaction, publishes it and answers the callers.</summary>
    /// <returns>Null, or why nothing was stored; then nobody was answered.</returns>
    private Exception? TryCommit(List<StoreWork> works)
    {
        try
        {
            using var context = NewContext();
            var batch = new Batch(context, _mailboxes, _rowIds, _options);
            foreach (var work in works)
                work.Run(batch);
            batch.Commit();
        }
        catch (Exception e) when (e is DbUpdateException or SqliteException)
        {
            return new IOException("The database refused to store a change: " + (e.InnerException ?? e).Message, e);
        }
#pragma warning disable CA1031 // A bug in turning changes into rows: these callers hear of it, and the writer goes on for the others.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return e;
        }

        foreach (var work in works)
            work.Answer();
        return null;
    }

    private sealed class LoadWork(MailboxKey mailbox, CancellationToken cancellation) : StoreWork<MailboxState?>(cancellation)
    {
        protected override MailboxState? RunIn(Batch batch) => batch.Find(mailbox);
    }

    private sealed class ChangeWork<T>(MailboxKey mailbox, Func<MailboxEdit, EwsResult<T>> change, CancellationToken cancellation) : StoreWork<EwsResult<T>>(cancellation)
    {
        protected override EwsResult<T> RunIn(Batch batch) => batch.Change(mailbox, change);
    }

    private sealed class ReadAllWork(string realm, CancellationToken cancellation) : StoreWork<IReadOnlyList<MailboxState>>(cancellation)
    {
        protected override IReadOnlyList<MailboxState> RunIn(Batch batch) => batch.FindAll(realm);
    }

    private sealed class ReplaceWork(string realm, IReadOnlyCollection<string>? removed, IReadOnlyCollection<MailboxState> added, CancellationToken cancellation)
        : StoreWork<Done>(cancellation)
    {
        public override bool IsAlone => true;

        protected override Done RunIn(Batch batch)
        {
            batch.Replace(realm, removed, added);
            return default;
        }
    }
}
