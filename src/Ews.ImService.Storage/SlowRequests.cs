using System.Collections.Concurrent;
using Ews.ImService.Mailbox;

namespace Ews.ImService.Storage;

/// <summary>Keeps the times of the requests that the store completed slowly, for a short while.</summary>
/// <remarks>Fast requests cost one comparison. Of several slow requests for one mailbox, the last is kept.</remarks>
internal sealed class SlowRequests
{
    /// <summary>The duration in milliseconds from which a request is kept.</summary>
    private const long MinMilliseconds = 100;

    private const int MaxCount = 1000;

    private readonly ConcurrentDictionary<MailboxKey, (long CompletedAt, StoreTimes Times)> _last = new();

    /// <summary>Keeps the times of those requests of a batch that were slow.</summary>
    /// <param name="works">The requests, which are about to be completed.</param>
    /// <param name="takenAt">The time at which the writer took them, by <see cref="Environment.TickCount64"/>.</param>
    /// <param name="commit">The duration of the commit.</param>
    public void Add(List<StoreWork> works, long takenAt, TimeSpan commit)
    {
        var now = Environment.TickCount64;
        foreach (var work in works)
        {
            if (now - work.CreatedAt < MinMilliseconds || work.Mailbox is not { } mailbox)
                continue;
            if (_last.Count >= MaxCount)
                _last.Clear();
            var queue = TimeSpan.FromMilliseconds(Math.Max(0, takenAt - work.CreatedAt));
            _last[mailbox] = (now, new StoreTimes(queue, commit));
        }
    }

    /// <summary>Returns the times of the last slow request for a mailbox, if it was completed within a duration.</summary>
    public StoreTimes? Find(MailboxKey mailbox, TimeSpan within) =>
        _last.TryGetValue(mailbox, out var last) && Environment.TickCount64 - last.CompletedAt <= within.TotalMilliseconds
            ? last.Times
            : null;
}
