using Microsoft.EntityFrameworkCore;

namespace Ews.ImService.Storage.Sqlite;

/// <summary>The tables. Each value that a rule keeps unique has a unique index.</summary>
/// <remarks>Migrations are written by hand, without the tools of EF Core. A test compares their result with this model.</remarks>
internal sealed class MailboxDbContext(DbContextOptions<MailboxDbContext> options) : DbContext(options)
{
    public const string MailboxTable = "Mailboxes";

    /// <summary>The tables of the content of mailboxes. A table precedes the tables that it refers to.</summary>
    public static readonly IReadOnlyList<string> ContentTables = ["Memberships", "QuickContacts", "ImGroups", "Contacts"];

    public DbSet<MailboxRow> Mailboxes => Set<MailboxRow>();

    public DbSet<ImGroupRow> ImGroups => Set<ImGroupRow>();

    public DbSet<QuickContactRow> QuickContacts => Set<QuickContactRow>();

    public DbSet<ContactRow> Contacts => Set<ContactRow>();

    public DbSet<MembershipRow> Memberships => Set<MembershipRow>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<MailboxRow>(mailbox =>
        {
            mailbox.ToTable(MailboxTable).HasKey(row => row.Id);
            mailbox.Property(row => row.Id).ValueGeneratedNever();
            mailbox.HasIndex(row => new { row.Realm, row.SmtpAddressKey }).IsUnique();
            mailbox.HasIndex(row => new { row.Realm, row.MailboxGuid }).IsUnique();
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
    }
}
