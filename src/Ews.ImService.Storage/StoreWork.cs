namespace Ews.ImService.Storage;

/// <summary>Something that a caller waits for the writer to do.</summary>
internal abstract class StoreWork
{
    /// <summary>Does it, against the batch's view of the mailboxes. May be called again if the batch cannot be committed.</summary>
    public abstract void Run(Batch batch);

    /// <summary>Hands the caller what the last run gave.</summary>
    public abstract void Answer();

    /// <summary>Hands the caller an exception.</summary>
    public abstract void Fail(Exception exception);
}

/// <summary>Work with a result.</summary>
internal abstract class StoreWork<T> : StoreWork
{
    private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;
    private Exception? _bug;

    public Task<T> Result => _completion.Task;

    public override void Run(Batch batch)
    {
        _bug = null;
        try
        {
            _result = RunIn(batch);
        }
#pragma warning disable CA1031 // A rule that throws is a bug of one operation: its caller hears of it, the other callers' work goes on.
        catch (Exception e) when (e is not Microsoft.Data.Sqlite.SqliteException)
#pragma warning restore CA1031
        {
            _bug = e;
        }
    }

    public override void Answer()
    {
        if (_bug is null)
            _completion.SetResult(_result!);
        else
            _completion.SetException(_bug);
    }

    public override void Fail(Exception exception) => _completion.SetException(exception);

    protected abstract T RunIn(Batch batch);
}
