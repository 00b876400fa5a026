namespace Ews.ImService.Postgres.Journal;

/// <summary>The approximate memory of an entry.</summary>
/// <param name="Own">The number of bytes without a large response body.</param>
/// <param name="Body">The object that contains a large response body, or <c>null</c>.</param>
/// <param name="BodyLength">The length of that body.</param>
internal sealed record EntryMemory(long Own, object? Body, long BodyLength);

/// <summary>The memory of the entries in a queue. A large response body that several entries have is counted once.</summary>
internal sealed class QueueMemory
{
    private readonly Dictionary<object, (int Entries, long Length)> _bodies = new(ReferenceEqualityComparer.Instance);

    /// <summary>Gets the number of bytes.</summary>
    public long Bytes { get; private set; }

    /// <summary>Adds an entry.</summary>
    public void Add(EntryMemory entry)
    {
        Bytes += entry.Own;
        if (entry.Body is null)
            return;
        if (!_bodies.TryGetValue(entry.Body, out var body))
            Bytes += entry.BodyLength;
        _bodies[entry.Body] = body.Entries == 0 ? (1, entry.BodyLength) : (body.Entries + 1, body.Length);
    }

    /// <summary>Removes an entry that was added.</summary>
    public void Remove(EntryMemory entry)
    {
        Bytes -= entry.Own;
        if (entry.Body is null)
            return;
        var (entries, length) = _bodies[entry.Body];
        if (entries > 1)
        {
            _bodies[entry.Body] = (entries - 1, length);
            return;
        }

        _bodies.Remove(entry.Body);
        Bytes -= length;
    }
}
