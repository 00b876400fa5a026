namespace Ews.ImService.Mailbox;

/// <summary>Where mailboxes are kept.</summary>
public interface IMailboxStore
{
    /// <summary>A mailbox as it is on disk, usually without touching the disk.</summary>
    /// <param name="smtpAddress">Its primary address, in any letter case.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>The mailbox, or null where there is none yet.</returns>
    ValueTask<MailboxState?> FindAsync(string smtpAddress, CancellationToken cancellation);

    /// <summary>Changes a mailbox, making it where there is none yet, and returns when the change is on disk.</summary>
    /// <typeparam name="T">What the change returns.</typeparam>
    /// <param name="smtpAddress">Its primary address, in any letter case.</param>
    /// <param name="change">The rule to run; an error, or a success without changes, stores nothing but a mailbox that was not there. It may run again if others' work fails.</param>
    /// <param name="cancellation">Gives up waiting; a change that has begun is finished.</param>
    /// <exception cref="IOException">The disk refused; nothing was changed.</exception>
    Task<EwsResult<T>> ChangeAsync<T>(string smtpAddress, Func<MailboxEdit, EwsResult<T>> change, CancellationToken cancellation);

    /// <summary>A mailbox as it is on disk; where there is none yet, it is made, for reading is a use too.</summary>
    /// <param name="smtpAddress">Its primary address, in any letter case.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    async ValueTask<MailboxState> ReadAsync(string smtpAddress, CancellationToken cancellation) =>
        await FindAsync(smtpAddress, cancellation)
        ?? (await ChangeAsync<MailboxState>(smtpAddress, mailbox => mailbox.State, cancellation)).Value!;
}
