using System.Collections;

namespace Ews.ImService.Control.Journal;

/// <summary>The entries of a journal, oldest first. Their ids follow each other, so that an entry is found by its id.</summary>
internal sealed class EntryQueue : IReadOnlyList<RecordedRequest>
{
    private const int InitialCapacity = 16;

    /// <summary>A ring, whose length is a power of two.</summary>
    private RecordedRequest?[] _ring = new RecordedRequest?[InitialCapacity];
    private int _first;

    /// <inheritdoc/>
    public int Count { get; private set; }

    /// <inheritdoc/>
    public RecordedRequest this[int index] => _ring[Place(index)]!;

    /// <summary>Returns the index of the first entry with an id that is greater than another id, or <see cref="Count"/>.</summary>
    public int IndexAfter(long id) => Count == 0 ? 0 : (int)Math.Clamp(id + 1 - this[0].Id, 0, Count);

    /// <summary>Adds an entry, whose id follows that of the last entry.</summary>
    public void Enqueue(RecordedRequest entry)
    {
        if (Count == _ring.Length)
            Grow();
        _ring[Place(Count++)] = entry;
    }

    /// <summary>Removes the oldest entry.</summary>
    public RecordedRequest Dequeue()
    {
        var oldest = this[0];
        _ring[_first] = null;
        _first = Place(1);
        Count--;
        return oldest;
    }

    /// <inheritdoc/>
    public IEnumerator<RecordedRequest> GetEnumerator()
    {
        for (var index = 0; index < Count; index++)
            yield return this[index];
    }

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private int Place(int index) => (_first + index) & (_ring.Length - 1);

    private void Grow()
    {
        var ring = new RecordedRequest?[2 * _ring.Length];
        for (var index = 0; index < Count; index++)
            ring[index] = this[index];
        (_ring, _first) = (ring, 0);
    }
}
