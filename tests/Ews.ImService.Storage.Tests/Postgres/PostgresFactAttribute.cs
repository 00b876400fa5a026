using Ews.ImService.Harness;

namespace Ews.ImService.Storage.Tests.Postgres;

/// <summary>A test that is skipped if PostgreSQL is not installed.</summary>
internal sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute() => Skip = PrivatePostgres.IsInstalled ? null : PrivatePostgres.SkipReason;
}
