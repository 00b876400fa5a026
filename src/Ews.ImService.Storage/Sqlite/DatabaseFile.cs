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
    public const int SchemaVersion = 6;

    private const int HeaderBytes = 100;

    /// <summary>The number of pages in the write-ahead log after which it is copied to the file: SQLite's default.</summary>
    private const int PagesOfLog = 1000;

    private static readonly TimeSpan LockTimeout = TimeSpan.FromSeconds(1);

    /// <summary>The number of pages of a file that is checked for damage completely: 20 MB. Of a larger one, as many pages are checked, so
    /// that a start does not take longer.</summary>
    private const int MaxCheckedPages = 5000;

    /// <summary>The files that this process has open.</summary>
    private static readonly ConcurrentDictionary<string, bool> OpenFiles = new(StringComparer.Ordinal);

    /// <summary>Opens the file, or creates it, and locks it against other processes until the connection is closed.</summary>
    /// <remarks>
    /// The system releases the lock when the process ends, however it ends. It also releases the lock when the process closes any other
    /// handle of the file, so that a file that this process has open is not inspected.
    /// </remarks>
    /// <param name="path">The path of the file, or <see cref="MailboxStoreOptions.InMemory"/>.</param>
    /// <param name="prepare">Creates, migrates or verifies the tables. If it throws, the file is not changed.</param>
    /// <exception cref="StorageException">
    /// The file is in use, damaged, read-only, of another application, or of a newer version of the service.
    /// </exception>
    public static SqliteConnection Open(string path, Action<SqliteConnection> prepare)
    {
        try
        {
            return path == MailboxStoreOptions.InMemory ? OpenExclusively(path, prepare) : OpenFile(path, prepare);
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

    /// <summary>Returns the reason of an error, for the user.</summary>
    public static string Describe(SqliteException e) => e.SqliteErrorCode switch
    {
        raw.SQLITE_FULL => "the disk is full",
        raw.SQLITE_IOERR => "the file system reported an error",
        raw.SQLITE_READONLY or raw.SQLITE_PERM or raw.SQLITE_CANTOPEN => "the file or its directory cannot be written",
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => "another process uses it",
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB or raw.SQLITE_ERROR => "it is damaged",
        raw.SQLITE_CONSTRAINT => e.Message, // A bug: the message names the constraint.
        var code => $"error {code}",
    };

    /// <summary>Returns the exception for a damaged file.</summary>
    public static StorageException Damaged(string path, Exception? cause) => Create(
        $"The database '{path}' is damaged. It was not changed; restore a copy, or specify another file with --db.", cause);

    /// <summary>Determines whether closing the connection keeps the write-ahead log, or copies it to the file and deletes it.</summary>
    public static void SetKeepsLogOnClose(SqliteConnection connection, bool keeps) =>
        SqliteException.ThrowExceptionForRC(
            raw.sqlite3_db_config(connection.Handle, raw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, keeps ? 1 : 0, out _), connection.Handle);

    private static SqliteConnection OpenFile(string path, Action<SqliteConnection> prepare)
    {
        var target = File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true) : null;
        var file = target?.FullName ?? Path.GetFullPath(path);
        if (!SpinWait.SpinUntil(() => OpenFiles.TryAdd(file, true), LockTimeout))
            throw InUse(path, null);
        try
        {
            if (InspectHeader(path))
                NewDatabaseFile.Create(path);
            var connection = OpenExclusively(path, prepare);
            connection.Disposed += (_, _) => OpenFiles.TryRemove(file, out _);
            return connection;
        }
        catch
        {
            OpenFiles.TryRemove(file, out _);
            throw;
        }
    }

    private static SqliteConnection OpenExclusively(string path, Action<SqliteConnection> prepare)
    {
        var connection = NewConnection(path);
        FileInfo? log = null;
        try
        {
            connection.Open();

            // A file that is rejected must not change: all changes remain in the log until it is accepted.
            SetKeepsLogOnClose(connection, true);
            Run(connection, "PRAGMA wal_autocheckpoint=0; PRAGMA locking_mode=EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT;");
            if (path != MailboxStoreOptions.InMemory)
                log = new FileInfo(DatabaseFileWatch.PathOf(connection.Handle!) + "-wal");
            log?.Refresh();
            CheckIntegrity(connection, path);
            Run(connection, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;");
            prepare(connection);
            Run(connection, $"PRAGMA wal_autocheckpoint={PagesOfLog};");
            SetKeepsLogOnClose(connection, false);
            if (path != MailboxStoreOptions.InMemory)
            {
                // Left by another program; an exclusive connection does not use it.
                File.Delete(DatabaseFileWatch.PathOf(connection.Handle!) + "-shm");
            }

            return connection;
        }
        catch
        {
            if (log is not null)
                RestoreLog(log);
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Removes what was added to the write-ahead log before the file was rejected. The file is still locked.</summary>
    /// <param name="log">The log as it was.</param>
    private static void RestoreLog(FileInfo log)
    {
        var length = log.Exists ? log.Length : 0;
        if (File.Exists(log.FullName))
        {
            using var stream = new FileStream(log.FullName, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
            stream.SetLength(length);
        }

        if (length == 0 && !OperatingSystem.IsWindows()) // Windows does not delete open files.
            log.Delete();
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
        long fileBytes;
        using (var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete))
        {
            fileBytes = stream.Length; // Not that of a link to the file.
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

        var pageBytes = BinaryPrimitives.ReadUInt16BigEndian(header[16..]) is var size and not 1 ? size : 65536;
        var isInterrupted = new FileInfo(path + "-wal") is { Exists: true, Length: > 0 }; // The log completes a part of a page.
        if (pageBytes > 0 && fileBytes % pageBytes != 0 && !isInterrupted)
            throw Damaged(path, null);
        if (file.IsReadOnly)
            throw new StorageException($"The database '{path}' is read-only. Make it writable, or specify another file with --db.");
        return false;
    }

    private static StorageException NotOfThisService(string path, string reason) =>
        new($"The file '{path}' is not a database of this service: {reason}. The file was not changed; specify another file with --db.");

    /// <summary>Checks the file for damage.</summary>
    /// <remarks>
    /// The connection has the file exclusively, so that the check needs no shared memory: on a full disk, there is no space for it.
    /// </remarks>
    private static void CheckIntegrity(SqliteConnection connection, string path)
    {
        if (FindDamage(connection.Handle!, MaxCheckedPages))
            throw Damaged(path, null);
    }

    /// <summary>Searches a database for damage.</summary>
    /// <param name="database">The database.</param>
    /// <param name="maxPages">The number of pages above which the search ends before it is complete.</param>
    /// <returns><c>true</c> if damage was found; <c>false</c> if there is none, or none in the pages that were searched.</returns>
    internal static bool FindDamage(sqlite3 database, int maxPages)
    {
        using var pages = new PreparedStatement(database, "PRAGMA page_count");
        if (pages.Query(row => row.GetInt64(0)).Single() > maxPages)
            raw.sqlite3_progress_handler(database, maxPages, _ => 1, null); // A step of the check is a page, later a part of a row.
        try
        {
            using var statement = new PreparedStatement(database, "PRAGMA quick_check(1)");
            return statement.Query(row => row.GetString(0)) is not ["ok"];
        }
        catch (SqliteException e) when (e.SqliteErrorCode == raw.SQLITE_INTERRUPT)
        {
            return false;
        }
        finally
        {
            raw.sqlite3_progress_handler(database, 0, null, null);
        }
    }

    private static StorageException InUse(string path, Exception? cause) => Create(
        $"The database '{path}' is in use by another process. Stop that process, or specify another file with --db.", cause);

    private static StorageException Create(string message, Exception? cause) =>
        cause is null ? new StorageException(message) : new StorageException(message, cause);

    private static StorageException Explain(string path, SqliteException e) => e.SqliteErrorCode switch
    {
        raw.SQLITE_BUSY => InUse(path, e),
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB or raw.SQLITE_ERROR => Damaged(path, e),
        _ => new StorageException(
            $"The database '{path}' cannot be opened: {Describe(e)}. Make sure that its directory is writable and has free space, "
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
