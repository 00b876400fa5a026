using Ews.ImService.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Ews.ImService.Storage.Tests;

/// <summary>A database file in a temporary directory, which is deleted after the test.</summary>
internal sealed class TestDatabase : StoreDatabase
{
    public string DirectoryPath { get; } = Directory.CreateTempSubdirectory("ews-im-store-").FullName;

    public string Path => System.IO.Path.Combine(DirectoryPath, "mailboxes.db");

    public override IMailboxDatabase NewDatabase() => new SqliteMailboxDatabase(Path);

    /// <summary>Starts a store on another file and waits until it is ready.</summary>
    public Task<SingleWriterStore> OpenAsync(string path) => OpenAsync(new SqliteMailboxDatabase(path), realms: null, limits: null);

    /// <summary>Connects to the file without the service.</summary>
    /// <param name="path">The path of the database; the default is <see cref="Path"/>.</param>
    public SqliteConnection Connect(string? path = null)
    {
        var connection = new SqliteConnection($"Data Source={path ?? Path};Pooling=false");
        connection.Open();
        return connection;
    }

    public override long Count(string query) => Count(query, Path);

    public long Count(string query, string path)
    {
        using var connection = Connect(path);
        using var command = connection.CreateCommand();
        command.CommandText = query;
        return (long)command.ExecuteScalar()!;
    }

    public override void MakeUnusable() => File.WriteAllText(Path, "not a database");

    public override void Dispose() => Directory.Delete(DirectoryPath, recursive: true);
}
