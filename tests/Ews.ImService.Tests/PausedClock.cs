namespace Ews.ImService.Tests;

/// <summary>A clock that pauses its readers.</summary>
/// <param name="thread">The name of the thread that is paused, or <c>null</c> for all threads.</param>
internal sealed class PausedClock(string? thread = null) : TimeProvider, IDisposable
{
    /// <summary>The thread that executes changes of mailboxes.</summary>
    public const string Writer = "mailbox-writer";

    private readonly TaskCompletionSource _isRead = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ManualResetEventSlim _mayContinue = new();

    public Task IsRead => _isRead.Task;

    public void Resume() => _mayContinue.Set();

    public override DateTimeOffset GetUtcNow()
    {
        if (thread is null || Thread.CurrentThread.Name == thread)
        {
            _isRead.TrySetResult();
            _mayContinue.Wait();
        }

        return base.GetUtcNow();
    }

    public void Dispose()
    {
        _mayContinue.Set();
        _mayContinue.Dispose();
    }
}
