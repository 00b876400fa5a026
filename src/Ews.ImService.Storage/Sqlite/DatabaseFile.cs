using System.Buffers.Binary;
using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Ews.ImService.Storage.Sqlite;

/// <summary>Opens the database file of the service, and rejects other files without writing to them.</summary>
/// <remarks>
/// SQLite's application id identifies the file, and its user version is the version of the schema. Both are in the first
/// 100 bytes, so that the file of another application is not even opened as a database.
/// </remarks>
internal static class DatabaseFile
{
    /// <summary>The application id of the database files of the service: "EWIM" in ASCII.</summary>
    public const int ApplicationId = 0x4557494D;

    /// <summary>The schema version after the newest migration. A file with a higher version was written by a newer service.</summary>
    public const int SchemaVersion = 3;

    private const int HeaderBytes = 100;
    private const int SqliteBusy = 5;
    private const int SqliteCorrupt = 11;
    private const int SqliteNotADatabase = 26;

    private static readonly TimeSpan LockTimeout = TimeSpan.FromSeconds(1);

    /// <summary>The files that this process has open.</summary>
    private static readonly ConcurrentDictionary<string, bool> OpenFiles = new(StringComparer.Ordinal);

    /// <summary>Opens the file, or creates it, and locks it against other processes until the connection is closed.</summary>
    /// <remarks>
    /// The system releases the lock when the process ends, however it ends. It also releases the lock when the process closes any other
    /// handle of the file, so that a file that this process has open is not inspected.
    /// </remarks>
    /// <exception cref="StorageException">
    /// The file is in use, damaged, read-only, of another application, or of a newer version of the service.
    /// </exception>
    public static SqliteConnection Open(string path)
    {
        try
        {
            return path == MailboxStoreOptions.InMemory ? OpenExclusively(path) : OpenFile(path);
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

    private static SqliteConnection OpenFile(string path)
    {
        var target = File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true) : null;
        var file = target?.FullName ?? Path.GetFullPath(path);
        if (!SpinWait.SpinUntil(() => OpenFiles.TryAdd(file, true), LockTimeout))
            throw InUse(path, null);
        try
        {
            if (InspectHeader(path))
                NewDatabaseFile.Create(path);
            var connection = OpenExclusively(path);
            connection.Disposed += (_, _) => OpenFiles.TryRemove(file, out _);
            return connection;
        }
        catch
        {
            OpenFiles.TryRemove(file, out _);
            throw;
        }
    }

    private static SqliteConnection OpenExclusively(string path)
    {
        var connection = NewConnection(path);
        try
        {
            connection.Open();
            SetKeepsLogOnClose(connection, true); // A file that is rejected must not change.
            Run(connection, "PRAGMA locking_mode=EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT;");
            CheckIntegrity(connection, path);
            SetKeepsLogOnClose(connection, false);
            Run(connection, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;");
            if (path != MailboxStoreOptions.InMemory)
            {
                // Left by another program; an exclusive connection does not use it.
                File.Delete(DatabaseFileWatch.PathOf(connection.Handle!) + "-shm");
            }

            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static SqliteConnection NewConnection(string path) => new(new SqliteConnectionStringBuilder
    {
        DataSource = path,
        Mode = SqliteOpenMode.ReadWriteCreate,
        Pooling = false,
        DefaultTimeout = (int)LockTimeout.TotalSeconds,
        ForeignKeys = true,
    }.ToString());

    /// <summary>Verifies the first bytes of the file.</summary>
    /// <returns><c>true</c> if the file is missing or empty and must be created; otherwise, <c>false</c>.</returns>
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
            var length = stream.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false);
            if (length < HeaderBytes || !header.StartsWith("SQLite format 3\0"u8))
                throw NotOfThisService(path, "it is not a SQLite database");
        }

        if (BinaryPrimitives.ReadInt32BigEndian(header[68..]) != ApplicationId)
            throw NotOfThisService(path, "it is a SQLite database of another application");
        var version = BinaryPrimitives.ReadInt32BigEndian(header[60..]);
        if (version > SchemaVersion)
        {
            throw new StorageException(
                $"The database '{path}' was written by a newer version of this service: its schema version is {version}, "
                + $"but this version supports {SchemaVersion}. Update the service, or specify another file with --db.");
        }

        if (file.IsReadOnly)
            throw new StorageException($"The database '{path}' is read-only. Make it writable, or specify another file with --db.");
        return false;
    }

    private static StorageException NotOfThisService(string path, string reason) =>
        new($"The file '{path}' is not a database of this service: {reason}. The file was not changed; specify another file with --db.");

    /// <summary>Determines whether closing the connection keeps the write-ahead log, or copies it to the file and deletes it.</summary>
    internal static void SetKeepsLogOnClose(SqliteConnection connection, bool keeps) =>
        SqliteException.ThrowExceptionForRC(
            raw.sqlite3_db_config(connection.Handle, raw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, keeps ? 1 : 0, out _), connection.Handle);

    /// <summary>Checks the file for damage.</summary>
    /// <remarks>
    /// The connection has the file exclusively, so that the check needs no shared memory: on a full disk, there is no space for it.
    /// </remarks>
    private static void CheckIntegrity(SqliteConnection connection, string path)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA quick_check(1)";
        if (command.ExecuteScalar() is not "ok")
            throw Damaged(path, null);
    }

    private static StorageException InUse(string path, Exception? cause) => Create(
        $"The database '{path}' is in use by another process. Stop that process, or specify another file with --db.", cause);

    private static StorageException Damaged(string path, Exception? cause) => Create(
        $"The database '{path}' is damaged. It was not changed; restore a copy, or specify another file with --db.", cause);

    private static StorageException Create(string message, Exception? cause) =>
        cause is null ? new StorageException(message) : new StorageException(message, cause);

    private static StorageException Explain(string path, SqliteException e) => e.SqliteErrorCode switch
    {
        SqliteBusy => InUse(path, e),
        SqliteCorrupt or SqliteNotADatabase => Damaged(path, e),
        _ => new StorageException(
            $"The database '{path}' cannot be opened: {e.Message}. Make sure that its directory is writable and has free space, "
            + "or specify another file with --db.",
            e),
    };

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
