using Ews.ImService.Postgres.Mailboxes;
using Microsoft.EntityFrameworkCore;

namespace Ews.ImService.Postgres.Realms;

/// <summary>The model of the tables of realms.</summary>
internal static class RealmModel
{
    public static void Configure(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<RealmListRow>(list =>
        {
            list.ToTable("RealmList").HasKey(row => row.Id);
            list.Property(row => row.Id).ValueGeneratedNever();
        });

        modelBuilder.Entity<RealmRow>(realm =>
        {
            realm.ToTable("Realms").HasKey(row => row.Name);
            realm.Property(row => row.Name).UseCollation(MailboxModel.Bytewise);
            realm.Property(row => row.State).HasColumnType("json");
        });

        modelBuilder.Entity<RealmCounterRow>(counter =>
        {
            counter.ToTable("RealmCounters").HasKey(row => new { row.Realm, row.Kind, row.Mailbox });
            counter.Property(row => row.Realm).UseCollation(MailboxModel.Bytewise);
            counter.Property(row => row.Mailbox).UseCollation(MailboxModel.Bytewise);
        });

        modelBuilder.Entity<SnapshotMailboxRow>(mailbox =>
        {
            mailbox.ToTable("SnapshotMailboxes").HasKey(row => new { row.SnapshotId, row.Ordinal });
            mailbox.Property(row => row.Realm).UseCollation(MailboxModel.Bytewise);
            mailbox.Property(row => row.Document).HasColumnType("json");
            mailbox.HasIndex(row => row.Realm);
        });
    }
}
