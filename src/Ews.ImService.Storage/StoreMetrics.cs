using System.Diagnostics.Metrics;
using Ews.ImService.Mailbox;

namespace Ews.ImService.Storage;

/// <summary>The instruments of the store.</summary>
internal sealed class StoreMetrics
{
    /// <summary>The boundaries of the buckets of the batch size; a batch has at most 256 requests.</summary>
    private static readonly double[] BatchBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256];

    private readonly Histogram<double> _batchSize;
    private readonly Histogram<double> _commitDuration;
    private long _queued;

    /// <summary>Creates the instruments.</summary>
    /// <param name="instrumentation">The meter.</param>
    /// <param name="cache">The mailboxes.</param>
    public StoreMetrics(Instrumentation instrumentation, MailboxCache cache)
    {
        var meter = instrumentation.Meter;
        _batchSize = meter.CreateHistogram<double>(
            "ews.store.batch.size",
            "{request}",
            "The requests that the writer ran together.",
            tags: null,
            new InstrumentAdvice<double> { HistogramBucketBoundaries = BatchBoundaries });
        _commitDuration = instrumentation.CreateDuration("ews.store.commit.duration", "The duration of the transactions of the database.");
        meter.CreateObservableUpDownCounter(
            "ews.store.queue.length", () => Interlocked.Read(ref _queued), "{request}", "Requests that wait for the writer.");
        meter.CreateObservableUpDownCounter<long>(
            "ews.store.cached_mailboxes", () => cache.Count, "{mailbox}", "Mailboxes whose content is in memory, in all realms.");
    }

    /// <summary>Observes that a request was added to the queue.</summary>
    public void OnQueued() => Interlocked.Increment(ref _queued);

    /// <summary>Observes that the writer took requests from the queue.</summary>
    public void OnTaken(int count) => Interlocked.Add(ref _queued, -count);

    /// <summary>Observes that a batch was completed.</summary>
    /// <param name="size">The number of requests.</param>
    /// <param name="commit">The duration of the commit, or <c>null</c> if the batch changed nothing.</param>
    public void OnCompleted(int size, TimeSpan? commit)
    {
        _batchSize.Record(size);
        if (commit is { } duration)
            _commitDuration.Record(duration.TotalSeconds);
    }
}
