using Ews.ImService.Storage;

namespace Ews.ImService.Postgres.Mailboxes;

/// <summary>The changes of a transaction with at most one change of each row.</summary>
/// <remarks>Deletions, updates and insertions can therefore be executed one after another, each for all rows of a table at once.</remarks>
internal sealed class NetChanges
{
    private readonly Dictionary<(PostgresTable Table, object Key), RowChange> _changes = [];

    /// <summary>Combines changes of rows, which are in the order in which they were made.</summary>
    public NetChanges(IEnumerable<RowChange> changes)
    {
        foreach (var change in changes)
            Add(change);
        Deleted = Group<RowChange.Delete>();
        Updated = Group<RowChange.Update>();
        Inserted = Group<RowChange.Insert>();
    }

    /// <summary>Gets the rows to delete, by table.</summary>
    public ILookup<PostgresTable, Row> Deleted { get; }

    /// <summary>Gets the rows to update, by table.</summary>
    public ILookup<PostgresTable, Row> Updated { get; }

    /// <summary>Gets the rows to insert, by table.</summary>
    public ILookup<PostgresTable, Row> Inserted { get; }

    private ILookup<PostgresTable, Row> Group<TChange>()
        where TChange : RowChange =>
        _changes.Where(change => change.Value is TChange).ToLookup(change => change.Key.Table, change => change.Value.Row);

    private void Add(RowChange change)
    {
        var table = MailboxTables.TableOf(change.Row);
        var key = (table, table.KeyOf(change.Row));
        if (Combine(_changes.GetValueOrDefault(key), change) is { } combined)
            _changes[key] = combined;
        else
            _changes.Remove(key);
    }

    /// <returns>The change, or <c>null</c> if a row is inserted and deleted.</returns>
    private static RowChange? Combine(RowChange? earlier, RowChange later) => (earlier, later) switch
    {
        (RowChange.Insert, RowChange.Update) => new RowChange.Insert(later.Row),
        (RowChange.Insert, RowChange.Delete) => null,
        (RowChange.Delete, RowChange.Insert) => new RowChange.Update(later.Row),
        _ => later,
    };
}
