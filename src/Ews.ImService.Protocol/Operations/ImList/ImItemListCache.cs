using System.Runtime.InteropServices;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol.Interception;
using Ews.ImService.Protocol.Xml;
using Microsoft.AspNetCore.ResponseCompression;

namespace Ews.ImService.Protocol.Operations.ImList;

/// <summary>
/// Keeps the encoded responses to GetImItemList that were sent last, up to a size in bytes. A response belongs to one instance of
/// <see cref="MailboxState"/>. The instance is immutable, so the response is never outdated.
/// </summary>
internal sealed class ImItemListCache
{
    /// <summary>The approximate memory of an entry in addition to its response: the state of the mailbox, keys and locks.</summary>
    internal const int EntryBytes = 4 * 1024;

    /// <summary>The approximate memory of a group or persona in addition to its part of the response.</summary>
    private const int PartBytes = 512;

    private readonly EwsOptions _options;
    private readonly Lazy<IResponseCompressionProvider> _compression;
    private readonly Lock _lock = new();
    private readonly Dictionary<ImItemListKey, LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _byUse = new();
    private long _bytes;
    private long _hits;
    private long _misses;

    /// <summary>Initializes a cache, which is cleared when the memory of the machine or container is nearly exhausted.</summary>
    /// <param name="options">The options, which contain the maximum size.</param>
    /// <param name="compression">Selects the compression of a response; created for the first client that accepts one.</param>
    public ImItemListCache(EwsOptions options, Lazy<IResponseCompressionProvider> compression)
        : this(options, compression, ReadMemory)
    {
    }

    /// <summary>Initializes a cache, which is cleared when the memory reaches a threshold.</summary>
    /// <param name="options">The options, which contain the maximum size.</param>
    /// <param name="compression">Selects the compression of a response; created for the first client that accepts one.</param>
    /// <param name="readMemory">Returns the used memory and the threshold in bytes, after a garbage collection.</param>
    internal ImItemListCache(
        EwsOptions options, Lazy<IResponseCompressionProvider> compression, Func<(long Load, long Threshold)> readMemory)
    {
        (_options, _compression) = (options, compression);
        _ = new MemoryWatch(this, readMemory);
    }

    /// <summary>
    /// Gets the approximate memory of the responses in bytes, with that of the mailbox states from which they were written.
    /// </summary>
    public long Bytes
    {
        get
        {
            lock (_lock)
                return _bytes;
        }
    }

    /// <summary>Gets the number of requests whose response was kept.</summary>
    public long Hits => Interlocked.Read(ref _hits);

    /// <summary>Gets the number of requests whose response was written.</summary>
    public long Misses => Interlocked.Read(ref _misses);

    /// <summary>
    /// Returns the response for a state of a mailbox. Concurrent requests for one response wait until it is written once.
    /// </summary>
    /// <param name="key">The mailbox and the form of the response.</param>
    /// <param name="mailbox">The state of the mailbox.</param>
    /// <param name="write">Writes the response. The groups and personas of the last response are reused.</param>
    public ResponseBody GetOrWrite(ImItemListKey key, MailboxState mailbox, Func<EncodedParts, ResponseBody> write)
    {
        var entry = Use(key);
        lock (entry.WriteLock)
        {
            if (entry.Last is { } last && ReferenceEquals(last.Mailbox, mailbox))
            {
                Interlocked.Increment(ref _hits);
                return last.Body;
            }

            Interlocked.Increment(ref _misses);
            var parts = new EncodedParts(key.Namespaces, entry.Last?.Parts);
            var body = new CompressibleBody(write(parts).Bytes, _compression, () => Measure(entry));
            entry.Last = new KeptResponse(mailbox, body, parts.Written);
            Measure(entry);
            return body;
        }
    }

    /// <summary>Removes all responses if the used memory of the machine or container has reached a threshold.</summary>
    internal void OnCollected(long memoryLoadBytes, long highMemoryLoadThresholdBytes)
    {
        if (memoryLoadBytes < highMemoryLoadThresholdBytes)
            return;
        lock (_lock)
        {
            _entries.Clear();
            _byUse.Clear();
            _bytes = 0;
        }
    }

    private static (long Load, long Threshold) ReadMemory()
    {
        var memory = GC.GetGCMemoryInfo();
        return (memory.MemoryLoadBytes, memory.HighMemoryLoadThresholdBytes);
    }

    /// <summary>Returns the entry with a key, which becomes the entry that was used last.</summary>
    private Entry Use(ImItemListKey key)
    {
        lock (_lock)
        {
            if (_entries.TryGetValue(key, out var node))
                _byUse.Remove(node);
            else
                _entries.Add(key, node = new LinkedListNode<Entry>(new Entry(key)));
            _byUse.AddFirst(node);
            return node.Value;
        }
    }

    /// <summary>Adjusts the size to that of an entry, and removes the entries that were not used for the longest time.</summary>
    private void Measure(Entry entry)
    {
        lock (_lock)
        {
            if (!_entries.TryGetValue(entry.Key, out var node) || node.Value != entry)
                return; // Removed since the request used it.
            var bytes = EntryBytes + (PartBytes * entry.Last!.Parts.Count) + entry.Last.Body.KeptBytes;
            _bytes += bytes - entry.Bytes;
            entry.Bytes = bytes;
            while (_bytes > _options.ResponseCacheBytes)
            {
                var oldest = _byUse.Last!;
                _bytes -= oldest.Value.Bytes;
                _entries.Remove(oldest.Value.Key);
                _byUse.Remove(oldest);
            }
        }
    }

    private sealed class Entry(ImItemListKey key)
    {
        public ImItemListKey Key => key;

        /// <summary>Gets the lock that is held while a response is written.</summary>
        public Lock WriteLock { get; } = new();

        public KeptResponse? Last { get; set; }

        /// <summary>Gets or sets the bytes that the size of the cache includes for this entry; the lock of the cache guards it.</summary>
        public long Bytes { get; set; }
    }

    private sealed record KeptResponse(MailboxState Mailbox, CompressibleBody Body, Dictionary<object, EncodedPart> Parts);

    /// <summary>Clears a cache after a full garbage collection that found little available memory.</summary>
    private sealed class MemoryWatch(ImItemListCache cache, Func<(long Load, long Threshold)> readMemory)
    {
        /// <summary>The cache. A <see cref="WeakReference{T}"/> would lose it before the finalizer runs.</summary>
        private WeakGCHandle<ImItemListCache> _cache = new(cache);

        /// <summary>Runs after garbage collections, because it registers itself again until the cache is collected.</summary>
        ~MemoryWatch()
        {
            if (!_cache.TryGetTarget(out var target))
            {
                _cache.Dispose();
                return;
            }

            var (load, threshold) = readMemory();
            target.OnCollected(load, threshold);
            GC.ReRegisterForFinalize(this);
        }
    }
}

/// <summary>Identifies the responses of which only the last is kept.</summary>
/// <param name="Mailbox">The mailbox.</param>
/// <param name="Namespaces">The namespace spelling.</param>
/// <param name="Requested">The requested extended properties.</param>
internal sealed record ImItemListKey(MailboxKey Mailbox, EwsNamespaces Namespaces, ExtendedProperties Requested);
