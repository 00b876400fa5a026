using Ews.ImService.Mailbox;
using Microsoft.Data.Sqlite;

namespace Ews.ImService.Storage.Tests;

/// <summary>A database file in a temporary directory, which is deleted after the test.</summary>
internal sealed class TestDatabase : IDisposable
{
    public string DirectoryPath { get; } = Directory.CreateTempSubdirectory("ews-im-store-").FullName;

    public string Path => System.IO.Path.Combine(DirectoryPath, "mailboxes.db");

    /// <summary>Starts a store and waits until it is ready.</summary>
    /// <param name="path">The path of the database; the default is <see cref="Path"/>.</param>
    /// <param name="realms">The source of GUIDs; by default, they are random.</param>
    public async Task<SingleWriterStore> OpenAsync(string? path = null, IRealms? realms = null)
    {
        var store = MailboxStorage.Start(new MailboxStoreOptions(path ?? Path, new MailboxLimits(), realms ?? TestRealms.Random));
        try
        {
            await store.WaitUntilReadyAsync();
            return store;
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    /// <summary>Connects to the file without the service.</summary>
    /// <param name="path">The path of the database; the default is <see cref="Path"/>.</param>
    public SqliteConnection Connect(string? path = null)
    {
        var connection = new SqliteConnection($"Data Source={path ?? Path};Pooling=false");
        connection.Open();
        return connection;
    }

    public void Dispose() => Directory.Delete(DirectoryPath, recursive: true);
}
