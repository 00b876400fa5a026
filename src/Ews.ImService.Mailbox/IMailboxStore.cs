namespace Ews.ImService.Mailbox;

/// <summary>Stores mailboxes.</summary>
/// <remarks>Changes of one mailbox are serialized, and visible to readers only after they are durable.</remarks>
public interface IMailboxStore
{
    /// <summary>Returns the stored state of a mailbox, from memory if it was loaded before.</summary>
    /// <param name="mailbox">The mailbox.</param>
    /// <param name="cancellationToken">A token that cancels the request before it runs.</param>
    /// <returns>The mailbox, or <c>null</c> if it does not exist.</returns>
    /// <exception cref="IOException">The database cannot be used.</exception>
    ValueTask<MailboxState?> FindAsync(MailboxKey mailbox, CancellationToken cancellationToken);

    /// <summary>Creates a mailbox with folder names in a language, unless the mailbox exists.</summary>
    /// <param name="mailbox">The mailbox.</param>
    /// <param name="culture">The culture that determines the language, such as <c>de-DE</c>.</param>
    /// <param name="cancellationToken">A token that cancels the request before it runs.</param>
    /// <exception cref="IOException">The database cannot be used.</exception>
    Task EnsureCreatedAsync(MailboxKey mailbox, string culture, CancellationToken cancellationToken);

    /// <summary>Changes a mailbox, which is created if it does not exist, and completes when the change is durable.</summary>
    /// <typeparam name="T">The result of the rule.</typeparam>
    /// <param name="mailbox">The mailbox.</param>
    /// <param name="change">
    /// The rule, which reads and changes the mailbox. If it returns an error or makes no changes, nothing is stored, except that a missing
    /// mailbox is created. It can run twice if a concurrent change fails.
    /// </param>
    /// <param name="cancellationToken">A token that cancels the change before it runs. A change that has started is completed.</param>
    /// <returns>The result of the rule.</returns>
    /// <exception cref="IOException">The database cannot be used, or rejected the change; nothing was changed.</exception>
    Task<EwsResult<T>> ChangeAsync<T>(MailboxKey mailbox, Func<MailboxEdit, EwsResult<T>> change, CancellationToken cancellationToken);

    /// <summary>Returns a mailbox, which is created if it does not exist, and entries of its change log.</summary>
    /// <param name="mailbox">The mailbox.</param>
    /// <param name="after">The position after which entries are returned. It need not be in the log.</param>
    /// <param name="maxEntries">The maximum number of entries.</param>
    /// <param name="cancellationToken">A token that cancels the request before it runs.</param>
    /// <returns>The mailbox and the first entries after the position.</returns>
    /// <exception cref="IOException">The database cannot be used.</exception>
    Task<LoggedMailbox> ReadLogAsync(MailboxKey mailbox, long after, int maxEntries, CancellationToken cancellationToken);

    /// <summary>Waits until a mailbox is changed, replaced or deleted.</summary>
    /// <param name="mailbox">The mailbox, which need not exist.</param>
    /// <returns>
    /// A task that completes after the next change is visible to readers. Request it before you read the mailbox, so that no change is
    /// missed in between.
    /// </returns>
    Task WaitForChangeAsync(MailboxKey mailbox);

    /// <summary>Returns the times of the last request for a mailbox that took long.</summary>
    /// <param name="mailbox">The mailbox.</param>
    /// <param name="within">The duration before now in which the request was completed.</param>
    /// <returns>The times, or <c>null</c> if no request for the mailbox took long.</returns>
    StoreTimes? FindTimesOfSlowRequest(MailboxKey mailbox, TimeSpan within) => null;

    /// <summary>Collects the addresses of the mailboxes of a realm that are changed from now on.</summary>
    /// <param name="realm">The name of the realm, which need not have a mailbox.</param>
    /// <returns>The watch, which collects addresses until it is disposed.</returns>
    IMailboxWatch Watch(string realm);

    /// <summary>Returns the names of the realms that have a mailbox.</summary>
    /// <param name="cancellationToken">A token that cancels waiting.</param>
    Task<IReadOnlyCollection<string>> FindRealmsAsync(CancellationToken cancellationToken);

    /// <summary>Returns the addresses of the mailboxes of a realm, in no particular order. It does not load mailboxes.</summary>
    /// <param name="realm">The name of the realm.</param>
    /// <param name="cancellationToken">A token that cancels waiting.</param>
    Task<IReadOnlyCollection<SmtpAddress>> FindAddressesAsync(string realm, CancellationToken cancellationToken);

    /// <summary>Returns a consistent view of some mailboxes of a realm, in the order of their addresses in the list.</summary>
    /// <param name="realm">The name of the realm.</param>
    /// <param name="addresses">The addresses. Those without a mailbox are ignored.</param>
    /// <param name="cancellationToken">A token that cancels the request before it runs.</param>
    Task<IReadOnlyList<MailboxState>> ReadManyAsync(
        string realm, IReadOnlyList<SmtpAddress> addresses, CancellationToken cancellationToken);

    /// <summary>Returns a consistent view of all mailboxes of a realm, ordered by address.</summary>
    /// <param name="realm">The name of the realm.</param>
    /// <param name="cancellationToken">A token that cancels the request before it runs.</param>
    Task<IReadOnlyList<MailboxState>> ReadAllAsync(string realm, CancellationToken cancellationToken);

    /// <summary>Replaces mailboxes of a realm. Readers see either all mailboxes before the replacement or all after it.</summary>
    /// <remarks>Other requests run while many mailboxes, or large ones, are stored; what they change in these is replaced.</remarks>
    /// <param name="realm">The name of the realm.</param>
    /// <param name="removed">The addresses of the mailboxes to delete, which need not exist; <c>null</c> for all mailboxes.</param>
    /// <param name="added">The mailboxes to create. None of them exists after the deletion.</param>
    /// <param name="onPublished">
    /// The action to run when the replacement is durable and visible to readers, before any later request runs; <c>null</c> for none. It
    /// must not throw.
    /// </param>
    /// <param name="cancellationToken">A token that cancels the replacement before it is visible; nothing is changed.</param>
    /// <exception cref="IOException">The database cannot be used, or rejected the change; nothing was changed.</exception>
    Task ReplaceAsync(
        string realm,
        IReadOnlyCollection<SmtpAddress>? removed,
        IReadOnlyCollection<MailboxState> added,
        Action? onPublished,
        CancellationToken cancellationToken);

    /// <summary>Returns the stored state of a mailbox, which is created if it does not exist.</summary>
    /// <param name="mailbox">The mailbox.</param>
    /// <param name="cancellationToken">A token that cancels the request before it runs.</param>
    /// <exception cref="IOException">The database cannot be used.</exception>
    async ValueTask<MailboxState> ReadAsync(MailboxKey mailbox, CancellationToken cancellationToken) =>
        await FindAsync(mailbox, cancellationToken)
        ?? (await ChangeAsync<MailboxState>(mailbox, edit => edit.State, cancellationToken)).Value!;
}
