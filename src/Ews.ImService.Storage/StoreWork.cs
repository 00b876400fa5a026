namespace Ews.ImService.Storage;

/// <summary>Something that a caller waits for the writer to do.</summary>
internal abstract class StoreWork
{
    /// <summary>Whether it needs a batch of its own.</summary>
    public virtual bool IsAlone => false;

    /// <summary>Does it, against the batch's view of the mailboxes, unless its caller has gone. May be called again if the batch cannot be committed.</summary>
    public abstract void Run(Batch batch);

    /// <summary>Hands the caller what the last run gave.</summary>
    public abstract void Answer();

    /// <summary>Hands the caller an exception.</summary>
    public abstract void Fail(Exception exception);
}

/// <summary>Work with a result.</summary>
/// <param name="cancellation">Whether the caller has gone.</param>
internal abstract class StoreWork<T>(CancellationToken cancellation) : StoreWork
{
    private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;
    private Exception? _bug;
    private bool _isAbandoned;

    public Task<T> Result => _completion.Task;

    public override void Run(Batch batch)
    {
        _bug = null;
        _isAbandoned = cancellation.IsCancellationRequested;
        try
        {
            if (!_isAbandoned)
                _result = RunIn(batch);
        }
        catch (RuleException e)
        {
            _bug = e.InnerException;
        }
    }

    public override void Answer()
    {
        if (_isAbandoned)
            _completion.SetCanceled(cancellation);
        else if (_bug is not null)
            _completion.SetException(_bug);
        else
            _completion.SetResult(_result!);
    }

    public override void Fail(Exception exception) => _completion.SetException(exception);

    protected abstract T RunIn(Batch batch);
}

/// <summary>A rule threw before anything became of its changes: a bug of one operation, which its own caller hears of.</summary>
internal sealed class RuleException(Exception bug) : Exception(bug.Message, bug);
