using System.Buffers;
using System.Text.Json;
using Ews.ImService.Control.Seeds;
using Ews.ImService.Mailbox;

namespace Ews.ImService.Control.Realms;

/// <summary>A realm's mailboxes as a whole: to seed, to read, to keep and to put back.</summary>
/// <param name="registry">All realms.</param>
/// <param name="store">Where their mailboxes are.</param>
/// <param name="accounts">Who can have one.</param>
/// <param name="limits">How much one holds.</param>
/// <param name="beginning">What every realm begins with.</param>
public sealed class RealmMailboxes(RealmRegistry registry, IMailboxStore store, AccountDirectory accounts, MailboxLimits limits, StartSeed beginning)
{
    private readonly SeedReader _reader = new(limits);

    /// <summary>Loads what the realm begins with, where nobody has asked for it yet; who asks while it is loaded waits.</summary>
    /// <exception cref="SeedException">What it begins with cannot be used.</exception>
    public Task BeginAsync(Realm realm)
    {
        ArgumentNullException.ThrowIfNull(realm);
        return beginning.Documents.Count == 0 ? Task.CompletedTask : realm.BeginOnceAsync(() => LoadBeginningAsync(realm));
    }

    /// <summary>Puts the mailboxes of a document in the place of those of the same addresses.</summary>
    /// <param name="realm">The realm.</param>
    /// <param name="json">The document, UTF-8.</param>
    /// <param name="isWhole">Whether all other mailboxes of the realm go.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <exception cref="SeedException">It cannot be used; nothing was changed.</exception>
    public async Task LoadAsync(Realm realm, ReadOnlyMemory<byte> json, bool isWhole, CancellationToken cancellation)
    {
        var mailboxes = _reader.Read(json, realm.Clock, address => realm.Guids.Next(new MailboxKey(realm.Name, address)));
        var problems = mailboxes.Select(Unreachable).OfType<string>().ToList();
        var addresses = mailboxes.Select(mailbox => mailbox.SmtpAddress).ToHashSet(SmtpAddress.Comparer);
        var staying = isWhole ? [] : (await store.ReadAllAsync(realm.Name, cancellation)).Where(other => !addresses.Contains(other.SmtpAddress));
        problems.AddRange(mailboxes.Concat(staying).GroupBy(mailbox => mailbox.MailboxGuid).Where(group => group.Count() > 1)
            .Select(group => $"{string.Join(" and ", group.Select(mailbox => mailbox.SmtpAddress))} have the same mailboxGuid."));
        if (problems.Count > 0)
            throw new SeedException(problems);
        await store.ReplaceAsync(realm.Name, isWhole ? null : addresses, mailboxes, cancellation);
    }

    /// <summary>Makes the realm, or one mailbox of it, as it was at its beginning. A whole realm's faults, journal, clock and ids begin again too.</summary>
    public async Task ResetAsync(Realm realm, string? mailbox, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(realm);
        realm.Guids.Reset(mailbox);
        if (mailbox is null)
            realm.Reset();
        await store.ReplaceAsync(realm.Name, mailbox is null ? null : [mailbox], [], cancellation);
        if (mailbox is null)
            await LoadBeginningAsync(realm);
        else
            await LoadBeginningOfAsync(realm, mailbox, cancellation);
    }

    /// <summary>All of its mailboxes.</summary>
    public Task<IReadOnlyList<MailboxState>> ReadAllAsync(Realm realm, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(realm);
        return store.ReadAllAsync(realm.Name, cancellation);
    }

    /// <summary>One of its mailboxes, or null.</summary>
    public ValueTask<MailboxState?> FindAsync(Realm realm, string smtpAddress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(realm);
        return store.FindAsync(new MailboxKey(realm.Name, smtpAddress), cancellation);
    }

    /// <summary>Puts mailboxes in the place of all.</summary>
    public Task RestoreAsync(Realm realm, IReadOnlyList<MailboxState> mailboxes, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(realm);
        return store.ReplaceAsync(realm.Name, null, mailboxes, cancellation);
    }

    /// <summary>The names of all realms: those that were asked for, and those that have mailboxes of an earlier run.</summary>
    public async Task<IReadOnlyList<string>> FindRealmsAsync(CancellationToken cancellation) =>
        registry.All.Select(realm => realm.Name).Union(await store.FindRealmsAsync(cancellation)).Order(StringComparer.Ordinal).ToList();

    /// <summary>Makes an end of a realm.</summary>
    public async Task RemoveAsync(Realm realm, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(realm);
        registry.Remove(realm.Name);
        await store.ReplaceAsync(realm.Name, null, [], cancellation);
    }

    private async Task LoadBeginningAsync(Realm realm)
    {
        foreach (var (name, json) in beginning.Documents)
        {
            try
            {
                await LoadAsync(realm, json, isWhole: false, CancellationToken.None);
            }
            catch (SeedException e)
            {
                throw new SeedException(e.Problems.Select(problem => $"{name}: {problem}").ToList());
            }
        }
    }

    private async Task LoadBeginningOfAsync(Realm realm, string mailbox, CancellationToken cancellation)
    {
        var states = beginning.Documents.SelectMany(document => _reader.Read(document.Json, realm.Clock, address => realm.Guids.Next(new MailboxKey(realm.Name, address))));
        if (states.LastOrDefault(state => SmtpAddress.Comparer.Equals(state.SmtpAddress, mailbox)) is { } state)
            await store.ReplaceAsync(realm.Name, [mailbox], [state], cancellation);
    }

    private string? Unreachable(MailboxState mailbox)
    {
        var found = accounts.FindBySmtpAddress(mailbox.SmtpAddress);
        if (!found.Succeeded)
            return $"{mailbox.SmtpAddress} has no account, so nobody could reach its mailbox; declare it in Mailboxes, or let Mailboxes:AutoCreate be true.";
        return SmtpAddress.Comparer.Equals(found.Value, mailbox.SmtpAddress) ? null : $"{mailbox.SmtpAddress} is a further address of {found.Value}; name that one.";
    }
}
