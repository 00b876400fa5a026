using Ews.ImService.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Ews.ImService.Storage.Tests.Sqlite;

/// <summary>The reasons that users read when SQLite reports an error.</summary>
public sealed class DatabaseErrorTests
{
    [Theory]
    [InlineData(raw.SQLITE_FULL, "the disk is full")]
    [InlineData(raw.SQLITE_IOERR, "the file system reported an error")]
    [InlineData(raw.SQLITE_READONLY, "the file or its directory cannot be written")]
    [InlineData(raw.SQLITE_PERM, "the file or its directory cannot be written")]
    [InlineData(raw.SQLITE_CANTOPEN, "the file or its directory cannot be written")]
    [InlineData(raw.SQLITE_BUSY, "another process uses it")]
    [InlineData(raw.SQLITE_LOCKED, "another process uses it")]
    [InlineData(raw.SQLITE_CORRUPT, "it is damaged")]
    [InlineData(raw.SQLITE_NOTADB, "it is damaged")]
    [InlineData(raw.SQLITE_ERROR, "it is damaged")]
    [InlineData(raw.SQLITE_NOMEM, "error 7")]
    public void An_error_of_SQLite_has_a_reason_without_the_words_of_SQLite(int code, string reason) =>
        DatabaseFile.Describe(new SqliteException("out of cheese", code)).Should().Be(reason);

    [Fact]
    public void A_violated_constraint_is_named_because_it_is_a_mistake_of_the_service() =>
        DatabaseFile.Describe(new SqliteException("UNIQUE failed", raw.SQLITE_CONSTRAINT)).Should().Be("UNIQUE failed");
}
