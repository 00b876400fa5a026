namespace Ews.ImService.Control.Realms;

/// <summary>The snapshots of a realm. Its members are thread-safe.</summary>
internal sealed class RealmSnapshots
{
    private readonly Lock _lock = new();
    private volatile IReadOnlyList<Snapshot> _all = [];
    private volatile int _version;

    /// <summary>Gets the snapshots in the ordinal order of their names.</summary>
    public IReadOnlyList<Snapshot> All => _all;

    /// <summary>Gets a number that changes when a snapshot is taken or deleted.</summary>
    public int Version => _version;

    /// <summary>Returns a snapshot, or <c>null</c> if it does not exist.</summary>
    public Snapshot? Find(string name) => _all.FirstOrDefault(snapshot => snapshot.Name == name);

    /// <summary>Adds a snapshot; a snapshot with the same name is replaced.</summary>
    public void Set(Snapshot snapshot)
    {
        lock (_lock)
            Replace([.. Except(snapshot.Name).Append(snapshot).OrderBy(other => other.Name, StringComparer.Ordinal)]);
    }

    /// <summary>Removes a snapshot.</summary>
    /// <returns><c>true</c> if the snapshot existed; otherwise, <c>false</c>.</returns>
    public bool Remove(string name)
    {
        lock (_lock)
        {
            if (Find(name) is null)
                return false;
            Replace([.. Except(name)]);
            return true;
        }
    }

    /// <summary>Replaces all snapshots by those of a database.</summary>
    public void Import(IReadOnlyList<Snapshot> snapshots)
    {
        lock (_lock)
        {
            if (!_all.SequenceEqual(snapshots))
                Replace(snapshots);
        }
    }

    private IEnumerable<Snapshot> Except(string name) => _all.Where(snapshot => snapshot.Name != name);

    private void Replace(IReadOnlyList<Snapshot> snapshots)
    {
        _all = snapshots;
        _version++;
    }
}
