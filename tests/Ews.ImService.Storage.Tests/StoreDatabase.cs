using Ews.ImService.Mailbox;
using Ews.ImService.Storage.Tests.Postgres;

namespace Ews.ImService.Storage.Tests;

/// <summary>The databases on which the tests of the store run.</summary>
public enum DatabaseKind
{
    Sqlite,
    Postgres,
}

/// <summary>A database of a test, which is deleted after it.</summary>
internal abstract class StoreDatabase : IDisposable
{
    /// <summary>Creates an empty database.</summary>
    public static StoreDatabase Create(DatabaseKind kind) => kind == DatabaseKind.Sqlite ? new TestDatabase() : new PostgresTestDatabase();

    /// <summary>Returns the database for a store, as a process receives it that starts.</summary>
    public abstract IMailboxDatabase NewDatabase();

    /// <summary>Executes a query that returns a number.</summary>
    public abstract long Count(string query);

    /// <summary>Changes the database so that no store can open it.</summary>
    public abstract void MakeUnusable();

    public abstract void Dispose();

    /// <summary>Starts a store and waits until it is ready.</summary>
    /// <param name="realms">The source of GUIDs; by default, they are random.</param>
    /// <param name="limits">The limits of one mailbox; by default, those of the service.</param>
    public Task<SingleWriterStore> OpenAsync(IRealms? realms = null, MailboxLimits? limits = null) =>
        OpenAsync(NewDatabase(), realms, limits);

    /// <summary>Waits until signals of other processes arrive.</summary>
    protected virtual Task WaitForSignalsAsync(IMailboxDatabase database) => Task.CompletedTask;

    protected async Task<SingleWriterStore> OpenAsync(IMailboxDatabase database, IRealms? realms, MailboxLimits? limits)
    {
        var store = SingleWriterStore.Start(database, limits ?? new MailboxLimits(), realms ?? TestRealms.Random);
        try
        {
            await store.WaitUntilReadyAsync();
            await WaitForSignalsAsync(database);
            return store;
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }
}
