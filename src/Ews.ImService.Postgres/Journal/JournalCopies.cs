using System.Diagnostics;

namespace Ews.ImService.Postgres.Journal;

/// <summary>The copies of journals in memory. Those that were not used for the longest time are released if all are too large.</summary>
/// <param name="maxBytes">The size of the entries of all copies in bytes. Copies that are in use can exceed it.</param>
internal sealed class JournalCopies(long maxBytes)
{
    /// <summary>The time for which a copy is regarded as in use.</summary>
    private static readonly TimeSpan Use = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly LinkedList<Copy> _byUse = [];
    private readonly Dictionary<PostgresJournal, LinkedListNode<Copy>> _byJournal = [];
    private long _bytes;

    /// <summary>Observes that a copy is used.</summary>
    /// <param name="journal">The journal.</param>
    /// <param name="bytes">The size of its entries.</param>
    public void OnUsed(PostgresJournal journal, long bytes)
    {
        lock (_lock)
        {
            if (_byJournal.Remove(journal, out var node))
                Remove(node);
            _byJournal[journal] = _byUse.AddLast(new Copy(journal, bytes, Stopwatch.GetTimestamp()));
            _bytes += bytes;
            while (_bytes > maxBytes && _byUse.First!.Value is var oldest && Stopwatch.GetElapsedTime(oldest.UsedAt) > Use)
            {
                _byJournal.Remove(oldest.Journal, out var released);
                Remove(released!);
                oldest.Journal.Forget();
            }
        }
    }

    private void Remove(LinkedListNode<Copy> node)
    {
        _byUse.Remove(node);
        _bytes -= node.Value.Bytes;
    }

    private sealed record Copy(PostgresJournal Journal, long Bytes, long UsedAt);
}
