using Ews.ImService.Mailbox;

namespace Ews.ImService.Storage.Tests;

/// <summary>A database whose opening and commits a test delays, rejects and records.</summary>
internal sealed class ControlledDatabase(IMailboxDatabase database) : IMailboxDatabase
{
    /// <summary>Blocks <see cref="Open"/> until it is set.</summary>
    public ManualResetEventSlim MayOpen { get; } = new(initialState: true);

    /// <summary>Blocks <see cref="Commit"/> until it is set.</summary>
    public ManualResetEventSlim MayCommit { get; } = new(initialState: true);

    /// <summary>Is set when <see cref="Commit"/> has been called.</summary>
    public ManualResetEventSlim IsCommitting { get; } = new();

    /// <summary>Is set when <see cref="DeleteSlice"/> has deleted the last rows of a mailbox.</summary>
    public ManualResetEventSlim IsDeleted { get; } = new();

    /// <summary>Gets or sets a value that indicates whether <see cref="DeleteSlice"/> fails.</summary>
    public bool RejectsDeletion { get; set; }

    /// <summary>Decides whether a commit fails.</summary>
    public Func<RowChanges, bool> Rejects { get; set; } = _ => false;

    /// <summary>Gets the changes of all commits, including rejected ones.</summary>
    public List<RowChanges> Commits { get; } = [];

    public ISharedMailboxes? Shared => database.Shared;

    public void Open()
    {
        MayOpen.Wait();
        database.Open();
    }

    public int ReserveIds(int count) => database.ReserveIds(count);

    public IReadOnlyList<string> FindRealms() => database.FindRealms();

    public IReadOnlyList<MailboxRow> FindMailboxes(string realm, IReadOnlyCollection<SmtpAddress>? addresses) =>
        database.FindMailboxes(realm, addresses);

    public IReadOnlyList<MailboxRow> FindHidden() => database.FindHidden();

    public bool HasMailboxGuid(string realm, Guid mailboxGuid) => database.HasMailboxGuid(realm, mailboxGuid);

    public IReadOnlyList<MailboxReading> Read(IReadOnlyList<KnownMailbox> mailboxes) => database.Read(mailboxes);

    public IReadOnlyList<ChangeRow> LoadChanges(int mailboxId, long after, int maxRows) =>
        database.LoadChanges(mailboxId, after, maxRows);

    public bool TryCommit(RowChanges changes)
    {
        Commits.Add(changes);
        IsCommitting.Set();
        MayCommit.Wait();
        if (Rejects(changes))
            throw new StorageException("The test rejected the change.");
        return database.TryCommit(changes);
    }

    public bool DeleteSlice(int mailboxId, int maxRows)
    {
        if (RejectsDeletion)
            throw new StorageException("The test rejected the deletion.");
        if (!database.DeleteSlice(mailboxId, maxRows))
            return false;
        IsDeleted.Set();
        return true;
    }

    public void Dispose()
    {
        database.Dispose();
        MayOpen.Dispose();
        MayCommit.Dispose();
        IsCommitting.Dispose();
        IsDeleted.Dispose();
    }
}
