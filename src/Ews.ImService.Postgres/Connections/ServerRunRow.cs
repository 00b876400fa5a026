namespace Ews.ImService.Postgres.Connections;

/// <summary>The row of the table ServerRun: the time between two crashes, restorations or failovers of the database.</summary>
/// <remarks>
/// The table is not logged, so that PostgreSQL empties it after a crash, and on a standby that becomes the primary server.
/// </remarks>
internal sealed class ServerRunRow
{
    /// <summary>Gets the key, which is 1.</summary>
    public required int Key { get; init; }

    public required Guid Id { get; init; }
}
