namespace Ews.ImService.Mailbox;

/// <summary>Where mailboxes are kept.</summary>
public interface IMailboxStore
{
    /// <summary>A mailbox as it is on disk, usually without touching the disk.</summary>
    /// <param name="mailbox">Which.</param>
    /// <param name="cancellationToken">A token that cancels waiting.</param>
    /// <returns>The mailbox, or null where there is none yet.</returns>
    ValueTask<MailboxState?> FindAsync(MailboxKey mailbox, CancellationToken cancellationToken);

    /// <summary>Changes a mailbox, making it where there is none yet, and returns when the change is on disk.</summary>
    /// <typeparam name="T">What the change returns.</typeparam>
    /// <param name="mailbox">Which.</param>
    /// <param name="change">The rule to run; an error, or a success without changes, stores nothing but a mailbox that was not there. It may run again if others' work fails.</param>
    /// <param name="cancellationToken">A token that cancels waiting; a change that has begun is finished.</param>
    /// <exception cref="IOException">The disk refused; nothing was changed.</exception>
    Task<EwsResult<T>> ChangeAsync<T>(MailboxKey mailbox, Func<MailboxEdit, EwsResult<T>> change, CancellationToken cancellationToken);

    /// <summary>The names of the realms that have a mailbox.</summary>
    Task<IReadOnlyCollection<string>> FindRealmsAsync(CancellationToken cancellationToken);

    /// <summary>All mailboxes of a realm at one moment, in the order of their addresses.</summary>
    /// <param name="realm">Its name.</param>
    /// <param name="cancellationToken">A token that cancels waiting.</param>
    Task<IReadOnlyList<MailboxState>> ReadAllAsync(string realm, CancellationToken cancellationToken);

    /// <summary>Puts mailboxes in the place of others of a realm, in one transaction.</summary>
    /// <param name="realm">Its name.</param>
    /// <param name="removed">The addresses of the mailboxes to remove, whether or not they are there; null for all.</param>
    /// <param name="added">The mailboxes to put in, none of which is left after the removal.</param>
    /// <param name="cancellationToken">A token that cancels waiting.</param>
    /// <exception cref="IOException">The disk refused; nothing was changed.</exception>
    Task ReplaceAsync(string realm, IReadOnlyCollection<SmtpAddress>? removed, IReadOnlyCollection<MailboxState> added, CancellationToken cancellationToken);

    /// <summary>A mailbox as it is on disk; where there is none yet, it is made, for reading is a use too.</summary>
    /// <param name="mailbox">Which.</param>
    /// <param name="cancellationToken">A token that cancels waiting.</param>
    async ValueTask<MailboxState> ReadAsync(MailboxKey mailbox, CancellationToken cancellationToken) =>
        await FindAsync(mailbox, cancellationToken)
        ?? (await ChangeAsync<MailboxState>(mailbox, edit => edit.State, cancellationToken)).Value!;
}
