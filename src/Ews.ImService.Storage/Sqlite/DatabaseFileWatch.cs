using System.Runtime.InteropServices;
using SQLitePCL;

namespace Ews.ImService.Storage.Sqlite;

/// <summary>Detects that the files of an open database are no longer those at its path.</summary>
/// <remarks>
/// Except on Windows, a file can be deleted, moved, replaced or truncated while it is open. SQLite continues to write to it without an
/// error, and the changes would be lost when the service stops. A file that is overwritten with another one of the same size is not
/// detected.
/// </remarks>
/// <param name="connection">The connection that has the file open.</param>
internal sealed partial class DatabaseFileWatch(sqlite3 connection)
{
    private const int HasMoved = 20; // SQLITE_FCNTL_HAS_MOVED
    private const int NotSupported = 12; // SQLITE_NOTFOUND, on Windows

    private readonly FileInfo _file = new(PathOf(connection));
    private readonly string _log = PathOf(connection) + "-wal";
    private long _minLength;

    /// <summary>Returns the path of the file of a connection, without links.</summary>
    /// <remarks>SQLite creates the other files beside this file, not beside a link to it.</remarks>
    public static string PathOf(sqlite3 connection) => raw.sqlite3_db_filename(connection, "main").utf8_to_string();

    /// <summary>Returns <c>true</c> if the file was deleted, moved or replaced by another one; otherwise, <c>false</c>.</summary>
    public bool IsFileMissing()
    {
        var code = FileControl(connection, 0, HasMoved, out var hasMoved);
        return code is raw.SQLITE_OK or NotSupported
            ? hasMoved != 0
            : throw new StorageException($"SQLite did not inspect the file: error {code}.");
    }

    /// <summary>
    /// Returns <c>true</c> if the file, which only grows, is shorter than it was, or longer than its pages; otherwise, <c>false</c>.
    /// </summary>
    /// <param name="readLength">Returns the length of all pages of the database, in bytes.</param>
    public bool IsFileResized(Func<long> readLength)
    {
        _file.Refresh();
        var length = _file.Exists ? _file.Length : 0;
        if (length == _minLength)
            return false;
        if (length < _minLength || length > readLength())
            return true;
        _minLength = length;
        return false;
    }

    /// <summary>Returns <c>true</c> if the write-ahead log was deleted or moved; otherwise, <c>false</c>.</summary>
    public bool IsLogMissing() => !File.Exists(_log);

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_file_control")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    private static partial int FileControl(sqlite3 connection, nint mainDatabase, int operation, out int result);
}
