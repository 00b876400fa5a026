using Ews.ImService.Mailbox;

namespace Ews.ImService.Storage;

/// <summary>A request in the queue of the writer.</summary>
internal abstract class StoreWork
{
    /// <summary>Gets a value that indicates whether the request needs a separate batch.</summary>
    public bool IsExclusive { get; init; }

    /// <summary>
    /// Gets the mailbox of the request, or <c>null</c> if it is not a request for one mailbox. A request for a mailbox fails if the
    /// database does not respond in time.
    /// </summary>
    public MailboxKey? Mailbox { get; init; }

    /// <summary>Gets the trace of the request, or <c>null</c> if it is not traced.</summary>
    public StoreTrace? Trace { get; init; }

    /// <summary>Gets the time at which the request was created, in milliseconds of <see cref="Environment.TickCount64"/>.</summary>
    public long CreatedAt { get; } = Environment.TickCount64;

    /// <summary>Gets a value that indicates whether the caller's task is complete.</summary>
    public abstract bool IsCompleted { get; }

    /// <summary>Runs the request against a batch, unless it was canceled.</summary>
    /// <remarks>It runs again in a separate batch if the first batch cannot be committed.</remarks>
    public abstract void Run(Batch batch);

    /// <summary>Completes the caller's task with the outcome of the last run, unless it is complete.</summary>
    public abstract void Complete();

    /// <summary>Completes the caller's task with an exception, unless it is complete.</summary>
    public abstract void Fail(Exception exception);
}

/// <summary>A request with a result.</summary>
/// <param name="run">The request. If it throws, it has changed nothing in the batch that it was given.</param>
/// <param name="cancellationToken">A token that cancels the request before it runs.</param>
internal sealed class StoreWork<T>(Func<Batch, T> run, CancellationToken cancellationToken) : StoreWork
{
    // Continuations run on other threads: the writer must not wait for them.
    private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;
    private Exception? _exception;
    private bool _isCanceled;

    /// <summary>Gets the caller's task.</summary>
    public Task<T> Task => _completion.Task;

    public override bool IsCompleted => _completion.Task.IsCompleted;

    public override void Run(Batch batch)
    {
        _exception = null;
        _isCanceled = cancellationToken.IsCancellationRequested;
        if (_isCanceled)
            return;
        try
        {
            _result = run(batch);
        }
#pragma warning disable CA1031 // The exception is reported to this caller; other requests in the batch are not affected.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _exception = e;
        }
    }

    public override void Complete()
    {
        if (_isCanceled)
            _completion.TrySetCanceled(cancellationToken);
        else if (_exception is not null)
            _completion.TrySetException(_exception);
        else
            _completion.TrySetResult(_result!);
    }

    public override void Fail(Exception exception) => _completion.TrySetException(exception);
}
