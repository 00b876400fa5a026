using System.Collections.Immutable;

namespace Ews.ImService.Control.Realms;

/// <summary>The snapshots of a realm by name.</summary>
internal sealed class RealmSnapshots
{
    private ImmutableSortedDictionary<string, Snapshot> _all =
        ImmutableSortedDictionary.Create<string, Snapshot>(StringComparer.Ordinal);

    private int _version;

    /// <summary>Gets the snapshots in the ordinal order of their names.</summary>
    public IEnumerable<Snapshot> All => Volatile.Read(ref _all).Values;

    /// <summary>Gets the number of snapshots.</summary>
    public int Count => Volatile.Read(ref _all).Count;

    /// <summary>Gets a number that changes when a snapshot is taken or deleted.</summary>
    public int Version => Volatile.Read(ref _version);

    /// <summary>Returns a snapshot, or <c>null</c> if it does not exist.</summary>
    public Snapshot? Find(string name) => Volatile.Read(ref _all).GetValueOrDefault(name);

    /// <summary>Adds a snapshot; a snapshot with the same name is replaced.</summary>
    public void Set(Snapshot snapshot)
    {
        ImmutableInterlocked.Update(ref _all, static (all, added) => all.SetItem(added.Name, added), snapshot);
        Interlocked.Increment(ref _version);
    }

    /// <summary>Removes a snapshot.</summary>
    /// <returns><c>true</c> if the snapshot existed; otherwise, <c>false</c>.</returns>
    public bool Remove(string name)
    {
        if (!ImmutableInterlocked.Update(ref _all, static (all, removed) => all.Remove(removed), name))
            return false;
        Interlocked.Increment(ref _version);
        return true;
    }

    /// <summary>Replaces all snapshots.</summary>
    public void Import(IReadOnlyCollection<Snapshot> snapshots)
    {
        if (All.SequenceEqual(snapshots))
            return;
        Volatile.Write(ref _all, ImmutableSortedDictionary.CreateRange(
            StringComparer.Ordinal, snapshots.Select(snapshot => KeyValuePair.Create(snapshot.Name, snapshot))));
        Interlocked.Increment(ref _version);
    }
}
