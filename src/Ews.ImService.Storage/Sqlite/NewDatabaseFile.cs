using System.Buffers.Binary;

namespace Ews.ImService.Storage.Sqlite;

/// <summary>Creates the file of a new database: its first page, which identifies the service and selects the write-ahead log.</summary>
/// <remarks>
/// SQLite would write this page in several transactions with a rollback journal. If the process were killed in between, the next start
/// would find a file of no application, or a journal that only a writable connection can roll back. The page is written at once instead,
/// so that the file is either empty or identified, and every later transaction uses the write-ahead log. A test compares the page with
/// the one that SQLite writes; "Database File Format" on sqlite.org describes it.
/// </remarks>
internal static class NewDatabaseFile
{
    private const int PageBytes = 4096;

    /// <summary>Writes the first page if the file is empty or missing.</summary>
    /// <remarks>The file is locked until the page is written, so that no other process writes it over its own content.</remarks>
    /// <exception cref="IOException">The file cannot be written, or another process is creating it.</exception>
    public static void Create(string path)
    {
        using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        if (file.Length > 0)
            return;
        File.Delete(path + "-wal"); // Of a file that was deleted or truncated; it contains only parts of the database.
        file.Write(FirstPage());
        file.Flush(flushToDisk: true);
    }

    private static byte[] FirstPage()
    {
        const byte WriteAheadLog = 2;
        const byte EmptyTableLeaf = 13;

        var page = new byte[PageBytes];
        "SQLite format 3\0"u8.CopyTo(page);
        WriteUInt16(16, PageBytes);
        page[18] = page[19] = WriteAheadLog; // to write, and to read
        (page[21], page[22], page[23]) = (64, 32, 32); // the payload fractions, which are constants
        WriteInt32(24, 1); // the change counter
        WriteInt32(28, 1); // the number of pages
        WriteInt32(68, DatabaseFile.ApplicationId);
        WriteInt32(92, 1); // the change counter for which the number of pages is valid
        page[100] = EmptyTableLeaf; // the schema, without tables
        WriteUInt16(105, PageBytes); // the start of the cells: none
        return page;

        void WriteUInt16(int offset, ushort value) => BinaryPrimitives.WriteUInt16BigEndian(page.AsSpan(offset), value);
        void WriteInt32(int offset, int value) => BinaryPrimitives.WriteInt32BigEndian(page.AsSpan(offset), value);
    }
}
