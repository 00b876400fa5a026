using System.Diagnostics;

namespace Ews.ImService.Storage;

/// <summary>The part of a trace that a request spends in the store: an activity for the request, and one for the commit.</summary>
/// <remarks>The activities are created when the request is complete, because a commit belongs to the traces of all its requests.</remarks>
/// <param name="source">The activity source.</param>
/// <param name="parent">The activity of the request.</param>
internal sealed class StoreTrace(ActivitySource source, Activity parent)
{
    private readonly DateTime _queuedAt = DateTime.UtcNow;

    /// <summary>Returns the trace of a request that is being executed, or <c>null</c> if it is not traced.</summary>
    public static StoreTrace? Start(ActivitySource source) =>
        source.HasListeners() && Activity.Current is { IsAllDataRequested: true } parent ? new StoreTrace(source, parent) : null;

    /// <summary>Adds the activities of a request that the store has completed.</summary>
    /// <param name="batchSize">The number of requests in the batch.</param>
    /// <param name="commit">The duration of the commit, or <c>null</c> if the batch changed nothing.</param>
    public void Complete(int batchSize, TimeSpan? commit)
    {
        var now = DateTime.UtcNow;
        using var request = Start("store.request", parent.Context, _queuedAt, now);
        if (request is null)
            return;
        request.SetTag("ews.store.batch.size", batchSize);
        if (commit is { } duration)
            Start("store.commit", request.Context, now - duration, now)?.Dispose();
    }

    private Activity? Start(string name, ActivityContext context, DateTime start, DateTime end) =>
        source.StartActivity(name, ActivityKind.Internal, context, tags: null, links: null, start)?.SetEndTime(end);
}
