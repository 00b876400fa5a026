namespace Ews.ImService.Storage;

/// <summary>Joins lookups that are requested at the same time into one query, which starts after all of them were requested.</summary>
/// <typeparam name="TKey">The key of a lookup.</typeparam>
/// <typeparam name="TResult">The result of a lookup.</typeparam>
/// <param name="run">The query, which returns the results in the order of the keys.</param>
/// <param name="concurrency">The maximum number of queries that run at the same time.</param>
/// <param name="maxBatch">The maximum number of keys of a query.</param>
internal sealed class Coalescer<TKey, TResult>(
    Func<IReadOnlyList<TKey>, Task<IReadOnlyList<TResult>>> run, int concurrency, int maxBatch)
    where TKey : notnull
{
    private readonly Lock _lock = new();

    /// <summary>The lookups whose query has not started.</summary>
    private readonly Dictionary<TKey, TaskCompletionSource<TResult>> _waiting = [];

    private int _running;

    /// <summary>Looks a key up.</summary>
    /// <param name="key">The key.</param>
    /// <param name="cancellationToken">A token that cancels waiting.</param>
    /// <returns>The result as of a time after the call.</returns>
    public Task<TResult> GetAsync(TKey key, CancellationToken cancellationToken)
    {
        TaskCompletionSource<TResult>? lookup;
        var starts = false;
        lock (_lock)
        {
            if (!_waiting.TryGetValue(key, out lookup))
                _waiting[key] = lookup = new TaskCompletionSource<TResult>(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_running < concurrency)
            {
                _running++;
                starts = true;
            }
        }

        if (starts)
            _ = RunAsync();
        return lookup.Task.WaitAsync(cancellationToken);
    }

    private async Task RunAsync()
    {
        while (TakeBatch() is { Count: > 0 } batch)
        {
            try
            {
                var results = await run([.. batch.Select(lookup => lookup.Key)]);
                for (var index = 0; index < batch.Count; index++)
                    batch[index].Value.SetResult(results[index]);
            }
#pragma warning disable CA1031 // Reported to all callers.
            catch (Exception e)
#pragma warning restore CA1031
            {
                batch.ForEach(lookup => lookup.Value.TrySetException(e));
            }
        }
    }

    /// <returns>The next lookups; none if the caller must not run further queries.</returns>
    private List<KeyValuePair<TKey, TaskCompletionSource<TResult>>> TakeBatch()
    {
        lock (_lock)
        {
            var batch = _waiting.Take(maxBatch).ToList();
            batch.ForEach(lookup => _waiting.Remove(lookup.Key));
            if (batch.Count == 0)
                _running--;
            return batch;
        }
    }
}
