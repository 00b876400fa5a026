using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Ews.ImService.Storage.Sqlite;

/// <summary>Passes row changes to the change tracker of EF Core, which merges those of the same row.</summary>
/// <remarks>
/// Rows are tracked with their old values: EF Core sorts its commands by them when a unique value moves from one row to another.
/// </remarks>
internal sealed class RowTracker
{
    private readonly DbContext _context;
    private readonly Dictionary<RowKey, EntityEntry> _entries = [];

    private RowTracker(DbContext context) => _context = context;

    /// <summary>Tracks changes for the next call of <see cref="DbContext.SaveChanges()"/>.</summary>
    public static void Track(DbContext context, IEnumerable<RowChange> changes)
    {
        var tracker = new RowTracker(context);
        foreach (var change in changes)
            tracker.Track(change);
    }

    private void Track(RowChange change)
    {
        switch (change)
        {
            case RowChange.Insert(var row):
                Insert(row);
                break;
            case RowChange.Update(var before, var after):
                SetValues(Attach(before), after);
                break;
            case RowChange.Delete(var row):
                Delete(row);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(change), change, "The type of change is not supported.");
        }
    }

    private void Insert(IRow row)
    {
        if (_entries.TryGetValue(row.Key, out var deleted))
        {
            deleted.State = EntityState.Unchanged;
            SetValues(deleted, row);
        }
        else
        {
            _entries[row.Key] = _context.Add(row);
        }
    }

    private void Delete(IRow row)
    {
        var entry = Attach(row);
        var isNew = entry.State == EntityState.Added;
        _context.Remove(entry.Entity);
        if (isNew)
            _entries.Remove(row.Key);
    }

    private EntityEntry Attach(IRow row)
    {
        if (!_entries.TryGetValue(row.Key, out var entry))
            _entries[row.Key] = entry = _context.Attach(row);
        return entry;
    }

    private static void SetValues(EntityEntry entry, IRow row)
    {
        entry.CurrentValues.SetValues(row);
        entry.DetectChanges();
    }
}
