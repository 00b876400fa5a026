using System.Collections;
using Ews.ImService.Mailbox;

namespace Ews.ImService.Storage.Tests.Postgres;

/// <summary>Stores on one database, each with its own connections.</summary>
internal sealed class StoreGroup(IReadOnlyList<SingleWriterStore> stores) : IEnumerable<SingleWriterStore>, IAsyncDisposable
{
    /// <summary>Gets the store for a request; the stores take turns.</summary>
    public SingleWriterStore this[int request] => stores[request % stores.Count];

    public static async Task<StoreGroup> OpenAsync(StoreDatabase database, int count, MailboxLimits? limits = null)
    {
        var stores = new List<SingleWriterStore>();
        for (var i = 0; i < count; i++)
            stores.Add(await database.OpenAsync(limits: limits));
        return new StoreGroup(stores);
    }

    public IEnumerator<SingleWriterStore> GetEnumerator() => stores.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public async ValueTask DisposeAsync()
    {
        foreach (var store in stores)
            await store.DisposeAsync();
    }
}
