using System.Collections.Concurrent;

namespace Ews.ImService.Storage;

/// <summary>The mailboxes that were replaced, or not loaded completely, and whose rows are deleted in slices.</summary>
/// <remarks>No request sees them. Rows that are left when the service stops are deleted after the next start.</remarks>
/// <param name="database">The database.</param>
internal sealed class HiddenMailboxes(IMailboxDatabase database)
{
    private readonly ConcurrentQueue<int> _ids = new();
    private bool _hasFailed;

    /// <summary>Gets a value that indicates whether <see cref="DeleteSlice"/> can be called before the next batch.</summary>
    public bool CanDelete => !_hasFailed && !_ids.IsEmpty;

    /// <summary>Adds a mailbox.</summary>
    /// <param name="mailboxId">The key of its row, which need not exist.</param>
    public void Add(int mailboxId) => _ids.Enqueue(mailboxId);

    /// <summary>Deletes some of the rows, on the writer thread.</summary>
    public void DeleteSlice()
    {
        if (!_ids.TryPeek(out var id))
            return;
        try
        {
            if (database.DeleteSlice(id, RowSlices.MaxRows))
                _ids.TryDequeue(out _);
            _hasFailed = false;
        }
        catch (StorageException)
        {
            _hasFailed = true; // Repeated after the next batch, whose requests report the problem.
        }
    }
}
