using Ews.ImService.Postgres.Connections;
using Ews.ImService.Postgres.Journal;
using Ews.ImService.Postgres.Mailboxes;
using Ews.ImService.Postgres.Realms;
using Microsoft.EntityFrameworkCore;

namespace Ews.ImService.Postgres.Migrations;

/// <summary>The model of the tables, which creates and migrates them. It is loaded only to migrate.</summary>
/// <remarks>Migrations are written by hand, without the tools of EF Core. Tests compare their result with this model.</remarks>
internal sealed class PostgresContext(DbContextOptions<PostgresContext> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<SchemaRow>(schema =>
        {
            schema.ToTable("Schema").HasKey(row => row.Id);
            schema.Property(row => row.Id).ValueGeneratedNever();
        });
        modelBuilder.Entity<ServerRunRow>(run =>
        {
            run.ToTable("ServerRun").IsUnlogged().HasKey(row => row.Key);
            run.Property(row => row.Key).ValueGeneratedNever();
        });
        MailboxModel.Configure(modelBuilder);
        RealmModel.Configure(modelBuilder);
        JournalModel.Configure(modelBuilder);
    }
}
