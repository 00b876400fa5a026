using Ews.ImService.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ews.ImService.Postgres.Mailboxes;

/// <summary>The model of the tables of mailboxes.</summary>
/// <remarks>
/// A unique name of any length is indexed by its hash, because PostgreSQL limits the size of an index entry. Realms and keys are compared
/// by their bytes, regardless of the locale of the database.
/// </remarks>
internal static class MailboxModel
{
    /// <summary>The collation that compares bytes.</summary>
    public const string Bytewise = "C";

    /// <summary>Returns the expression of a generated column: the hash of a text.</summary>
    /// <remarks>The cast to bytes interprets backslashes; a function that does not is not immutable.</remarks>
    public static string HashOf(string column) => $"""sha256(replace("{column}", '\', '\\')::bytea)""";

    public static void Configure(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<CounterRow>(counter => counter.ToTable("Counters").HasKey(row => row.Name));

        modelBuilder.Entity<MailboxRow>(mailbox =>
        {
            mailbox.ToTable("Mailboxes").HasKey(row => row.Id);
            mailbox.Property(row => row.Id).ValueGeneratedNever();
            mailbox.Ignore(row => row.BaseVersion);
            mailbox.Property(row => row.Realm).UseCollation(Bytewise);
            mailbox.Property(row => row.SmtpAddressKey).UseCollation(Bytewise);
            mailbox.HasIndex(row => new { row.Realm, row.SmtpAddressKey }).IsUnique();
            mailbox.HasIndex(row => new { row.Realm, row.MailboxGuid }).IsUnique();
        });

        modelBuilder.Entity<FolderRow>(folder =>
        {
            folder.ToTable("Folders").HasKey(row => new { row.MailboxId, row.Counter });
            folder.HasOne<MailboxRow>().WithMany().HasForeignKey(row => row.MailboxId);
        });

        modelBuilder.Entity<ImGroupRow>(group =>
        {
            group.ToTable("ImGroups").HasKey(row => new { row.MailboxId, row.Ordinal });
            group.Property(row => row.EwsId).UseCollation(Bytewise);
            group.HasIndex(row => new { row.MailboxId, row.EwsId }).IsUnique();
            HasUniqueHash(group, nameof(ImGroupRow.DisplayNameKey));
            group.HasOne<MailboxRow>().WithMany().HasForeignKey(row => row.MailboxId);
        });

        modelBuilder.Entity<QuickContactRow>(contact =>
        {
            contact.ToTable("QuickContacts").HasKey(row => new { row.MailboxId, row.Ordinal });
            contact.Property(row => row.EwsId).UseCollation(Bytewise);
            contact.HasIndex(row => new { row.MailboxId, row.EwsId }).IsUnique();
            HasUniqueHash(contact, nameof(QuickContactRow.ImAddressKey));
            contact.HasOne<MailboxRow>().WithMany().HasForeignKey(row => row.MailboxId);
        });

        modelBuilder.Entity<ContactRow>(contact =>
        {
            contact.ToTable("Contacts").HasKey(row => new { row.MailboxId, row.Ordinal });
            contact.Property(row => row.EwsId).UseCollation(Bytewise);
            contact.HasIndex(row => new { row.MailboxId, row.EwsId }).IsUnique();
            contact.HasOne<MailboxRow>().WithMany().HasForeignKey(row => row.MailboxId);
        });

        modelBuilder.Entity<MembershipRow>(membership =>
        {
            membership.ToTable("Memberships").HasKey(row => new { row.MailboxId, row.GroupOrdinal, row.ContactOrdinal });
            membership.HasOne<ImGroupRow>().WithMany().HasForeignKey(row => new { row.MailboxId, row.GroupOrdinal });
            membership.HasOne<QuickContactRow>().WithMany().HasForeignKey(row => new { row.MailboxId, row.ContactOrdinal });
        });

        modelBuilder.Entity<AttachmentRow>(attachment =>
        {
            attachment.ToTable("Attachments").HasKey(row => new { row.MailboxId, row.ContactOrdinal, row.Number });
            attachment.HasOne<MailboxRow>().WithMany().HasForeignKey(row => row.MailboxId);
        });

        modelBuilder.Entity<OofRow>(oof =>
        {
            oof.ToTable("OofSettings").HasKey(row => row.MailboxId);
            oof.Property(row => row.MailboxId).ValueGeneratedNever();
            oof.HasOne<MailboxRow>().WithOne().HasForeignKey<OofRow>(row => row.MailboxId);
        });

        modelBuilder.Entity<ChangeRow>(change =>
        {
            change.ToTable("Changes").HasKey(row => new { row.MailboxId, row.Number });
            change.HasOne<MailboxRow>().WithMany().HasForeignKey(row => row.MailboxId);
        });
    }

    private static void HasUniqueHash<TRow>(EntityTypeBuilder<TRow> table, string keyColumn)
        where TRow : Row
    {
        var hash = keyColumn.Replace("Key", "Hash", StringComparison.Ordinal);
        table.Property<byte[]>(hash).HasComputedColumnSql(HashOf(keyColumn), stored: true).IsRequired();
        table.HasIndex("MailboxId", hash).IsUnique();
    }
}
