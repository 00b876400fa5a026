using Ews.ImService.Postgres.Mailboxes;
using Microsoft.EntityFrameworkCore;

namespace Ews.ImService.Postgres.Journal;

/// <summary>The model of the tables of the journal.</summary>
/// <remarks>
/// Tables that are not logged are written without waiting for the disk. PostgreSQL empties them after a crash, and does not replicate
/// them.
/// </remarks>
internal static class JournalModel
{
    public static void Configure(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<JournalRow>(journal =>
        {
            journal.ToTable("Journals").IsUnlogged().HasKey(row => row.Realm);
            journal.Property(row => row.Realm).UseCollation(MailboxModel.Bytewise);
        });
        modelBuilder.Entity<JournalIdsRow>(ids =>
        {
            ids.ToTable("JournalIds").HasKey(row => row.Realm);
            ids.Property(row => row.Realm).UseCollation(MailboxModel.Bytewise);
        });
        modelBuilder.Entity<JournalEntryRow>(entry =>
        {
            entry.ToTable("JournalEntries").IsUnlogged().HasKey(row => new { row.Realm, row.Id });
            entry.Property(row => row.Realm).UseCollation(MailboxModel.Bytewise);
            entry.Property(row => row.RequestHeaders).HasColumnType("jsonb");
            entry.Property(row => row.ResponseHeaders).HasColumnType("jsonb");
            entry.HasIndex(row => new { row.Realm, row.ChangedAt });
        });
        modelBuilder.Entity<JournalBodyRow>(body =>
        {
            body.ToTable("JournalBodies").IsUnlogged().HasKey(row => new { row.Realm, row.Id });
            body.Property(row => row.Realm).UseCollation(MailboxModel.Bytewise);
        });
    }
}
