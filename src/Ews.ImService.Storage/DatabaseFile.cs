using System.Buffers.Binary;
using Microsoft.Data.Sqlite;

namespace Ews.ImService.Storage;

/// <summary>Opens a database file of ours, or says why not, before anything is written to it.</summary>
/// <remarks>
/// The file is ours by its SQLite application id, and its schema has the number of its user version; both stand in the
/// first 100 bytes, so that a file which is not ours is never even opened as a database.
/// </remarks>
internal static class DatabaseFile
{
    /// <summary>"EWIM": marks a file as this service's.</summary>
    public const int ApplicationId = 0x4557494D;

    /// <summary>The number of the newest migration. A file with a higher one was written by a newer version of this service.</summary>
    public const int SchemaVersion = 3;

    private const int HeaderBytes = 100;
    private const int SqliteBusy = 5;
    private const int SqliteCorrupt = 11;
    private const int SqliteNotADatabase = 26;

    /// <summary>Opens the file, creating it where there is none, and keeps it from every other process until closed.</summary>
    /// <exception cref="StorageException">It is in use, damaged, read-only, not ours, or newer than this version.</exception>
    public static SqliteConnection Open(string path)
    {
        try
        {
            var isNew = path == MailboxStoreOptions.InMemory || InspectHeader(path);
            if (!isNew)
                CheckIntegrity(path);
            return OpenExclusively(path, isNew);
        }
        catch (SqliteException e)
        {
            throw Explain(path, e);
        }
        catch (Exception e) when (e is IOException and not StorageException or UnauthorizedAccessException)
        {
            throw new StorageException($"The database '{path}' cannot be opened: {e.Message}", e);
        }
    }

    private static SqliteConnection OpenExclusively(string path, bool isNew)
    {
        var connection = NewConnection(path, SqliteOpenMode.ReadWriteCreate);
        try
        {
            connection.Open();
            Run(connection, "PRAGMA locking_mode=EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT;");
            if (isNew)
                Run(connection, $"PRAGMA application_id={ApplicationId};");
            Run(connection, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;");
            if (path != MailboxStoreOptions.InMemory)
                File.Delete(path + "-shm"); // Left by the look for damage; whoever has the file alone needs none.
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static SqliteConnection NewConnection(string path, SqliteOpenMode mode) => new(new SqliteConnectionStringBuilder
    {
        DataSource = path,
        Mode = mode,
        Pooling = false,
        DefaultTimeout = 1,
        ForeignKeys = true,
    }.ToString());

    /// <summary>Reads the first bytes of the file.</summary>
    /// <returns>Whether the file is missing or empty, and so is to be made.</returns>
    private static bool InspectHeader(string path)
    {
        var file = new FileInfo(path);
        if (Directory.Exists(path))
            throw new StorageException($"The database '{path}' cannot be opened: it is a directory.");
        if (file.DirectoryName is { } directory && !Directory.Exists(directory))
            throw new StorageException($"The database '{path}' cannot be created: the directory '{directory}' does not exist.");
        if (!file.Exists || file.Length == 0)
            return true;

        Span<byte> header = stackalloc byte[HeaderBytes];
        using (var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete))
        {
            if (stream.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false) < HeaderBytes || !header.StartsWith("SQLite format 3\0"u8))
                throw NotOurs(path, "it is not a SQLite database");
        }

        if (BinaryPrimitives.ReadInt32BigEndian(header[68..]) != ApplicationId)
            throw NotOurs(path, "it is a SQLite database of another application");
        var version = BinaryPrimitives.ReadInt32BigEndian(header[60..]);
        if (version > SchemaVersion)
        {
            throw new StorageException(
                $"The database '{path}' was written by a newer version of this service (schema {version}, this version knows {SchemaVersion}). Update the service, or name another file with --db.");
        }

        if (file.IsReadOnly)
            throw new StorageException($"The database '{path}' is read-only. Make it writable, or name another file with --db.");
        return false;
    }

    private static StorageException NotOurs(string path, string why) =>
        new($"The file '{path}' is not a database of this service: {why}. It was left as it is; name another file with --db.");

    /// <summary>Looks for damage through a connection that cannot write: a writing one would, on closing, carry the log into the file.</summary>
    private static void CheckIntegrity(string path)
    {
        using var connection = NewConnection(path, SqliteOpenMode.ReadOnly);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA quick_check(1)";
        if (command.ExecuteScalar() is not "ok")
            throw Damaged(path, null);
    }

    private static StorageException Damaged(string path, Exception? cause)
    {
        var message = $"The database '{path}' is damaged. It was left as it is; restore a copy, or name another file with --db.";
        return cause is null ? new StorageException(message) : new StorageException(message, cause);
    }

    private static StorageException Explain(string path, SqliteException e) => e.SqliteErrorCode switch
    {
        SqliteBusy => new StorageException($"The database '{path}' is in use by another process. Stop that one, or name another file with --db.", e),
        SqliteCorrupt or SqliteNotADatabase => Damaged(path, e),
        _ => new StorageException($"The database '{path}' cannot be opened: {e.Message}. Make sure that its directory can be written to and has room, or name another file with --db.", e),
    };

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
