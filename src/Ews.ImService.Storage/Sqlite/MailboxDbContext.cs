using Microsoft.EntityFrameworkCore;

namespace Ews.ImService.Storage.Sqlite;

/// <summary>The model of the tables, which migrates older files. Each value that a rule keeps unique has a unique index.</summary>
/// <remarks>
/// Migrations are written by hand, without the tools of EF Core. Tests compare their result, the tables of a new database, and the
/// columns of prepared statements with this model. It is loaded only to migrate.
/// </remarks>
internal sealed class MailboxDbContext(DbContextOptions<MailboxDbContext> options) : DbContext(options)
{
    public DbSet<MailboxRow> Mailboxes => Set<MailboxRow>();

    public DbSet<FolderRow> Folders => Set<FolderRow>();

    public DbSet<ImGroupRow> ImGroups => Set<ImGroupRow>();

    public DbSet<QuickContactRow> QuickContacts => Set<QuickContactRow>();

    public DbSet<ContactRow> Contacts => Set<ContactRow>();

    public DbSet<MembershipRow> Memberships => Set<MembershipRow>();

    public DbSet<AttachmentRow> Attachments => Set<AttachmentRow>();

    public DbSet<OofRow> OofSettings => Set<OofRow>();

    public DbSet<ChangeRow> Changes => Set<ChangeRow>();

    /// <summary>Migrates the database, which must be locked against other processes.</summary>
    /// <remarks>
    /// EF Core takes a lock of its own, a row in a table, and waits without limit while the row exists. Here, such a row is left from
    /// a process that ended during a migration. Its table is deleted before the migration, and after it because it is not needed.
    /// </remarks>
    public void Migrate()
    {
        const string DeleteLock = "DROP TABLE IF EXISTS __EFMigrationsLock";
        Database.ExecuteSqlRaw(DeleteLock);
        Database.Migrate();
        Database.ExecuteSqlRaw(DeleteLock);
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<MailboxRow>(mailbox =>
        {
            mailbox.Ignore(row => row.Version).Ignore(row => row.BaseVersion);
            mailbox.ToTable("Mailboxes").HasKey(row => row.Id);
            mailbox.Property(row => row.Id).ValueGeneratedNever();
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
            group.HasIndex(row => new { row.MailboxId, row.EwsId }).IsUnique();
            group.HasIndex(row => new { row.MailboxId, row.DisplayNameKey }).IsUnique();
            group.HasOne<MailboxRow>().WithMany().HasForeignKey(row => row.MailboxId);
        });

        modelBuilder.Entity<QuickContactRow>(contact =>
        {
            contact.ToTable("QuickContacts").HasKey(row => new { row.MailboxId, row.Ordinal });
            contact.HasIndex(row => new { row.MailboxId, row.EwsId }).IsUnique();
            contact.HasIndex(row => new { row.MailboxId, row.ImAddressKey }).IsUnique();
            contact.HasOne<MailboxRow>().WithMany().HasForeignKey(row => row.MailboxId);
        });

        modelBuilder.Entity<ContactRow>(contact =>
        {
            contact.ToTable("Contacts").HasKey(row => new { row.MailboxId, row.Ordinal });
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
}
