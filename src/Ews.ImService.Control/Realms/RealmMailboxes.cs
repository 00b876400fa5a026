using Ews.ImService.Control.Documents;
using Ews.ImService.Control.Seeds;
using Ews.ImService.Mailbox;

namespace Ews.ImService.Control.Realms;

/// <summary>A realm's mailboxes as a whole: to seed, to read, to keep and to put back. Of one realm, one such work is done at a time.</summary>
/// <param name="registry">All realms.</param>
/// <param name="store">Where their mailboxes are.</param>
/// <param name="accounts">Who can have one.</param>
/// <param name="limits">How much one holds.</param>
/// <param name="beginning">What every realm begins with.</param>
public sealed class RealmMailboxes(RealmRegistry registry, IMailboxStore store, AccountDirectory accounts, MailboxLimits limits, StartSeed beginning)
{
    private readonly SeedReader _reader = new(limits);

    /// <summary>Loads what the realm begins with, where nobody has asked for it yet; who asks while it is loaded waits.</summary>
    /// <exception cref="DocumentException">What it begins with cannot be used.</exception>
    public Task BeginAsync(Realm realm)
    {
        ArgumentNullException.ThrowIfNull(realm);
        return beginning.Documents.Count == 0 || realm.HasBegun ? Task.CompletedTask : realm.RunAloneAsync(async () =>
        {
            if (realm.HasBegun)
                return;
            var states = ReadBeginning(realm);
            await store.ReplaceAsync(realm.Name, states.Select(state => state.SmtpAddress).ToList(), states, CancellationToken.None);
            realm.HasBegun = true;
        });
    }

    /// <summary>Puts the mailboxes of a document in the place of those of the same addresses.</summary>
    /// <param name="realm">The realm.</param>
    /// <param name="json">The document, UTF-8.</param>
    /// <param name="isWhole">Whether all other mailboxes of the realm go.</param>
    /// <exception cref="DocumentException">It cannot be used; nothing was changed.</exception>
    public async Task LoadAsync(Realm realm, ReadOnlyMemory<byte> json, bool isWhole)
    {
        ArgumentNullException.ThrowIfNull(realm);
        await BeginAsync(realm);
        await realm.RunAloneAsync(async () =>
        {
            var states = Read(realm, json);
            var addresses = states.Select(state => state.SmtpAddress).ToHashSet();
            var staying = isWhole ? [] : (await store.ReadAllAsync(realm.Name, CancellationToken.None)).Where(other => !addresses.Contains(other.SmtpAddress));
            CheckGuids(states.Concat(staying));
            await store.ReplaceAsync(realm.Name, isWhole ? null : addresses, states, CancellationToken.None);
        });
    }

    /// <summary>Makes the realm, or one mailbox of it, as it was at its beginning. A whole realm's faults, journal and clock begin again too.</summary>
    public Task ResetAsync(Realm realm, SmtpAddress? mailbox)
    {
        ArgumentNullException.ThrowIfNull(realm);
        return realm.RunAloneAsync(async () =>
        {
            if (mailbox is null)
                realm.Reset();
            var states = ReadBeginning(realm);
            if (mailbox is not null)
                states = states.Where(state => state.SmtpAddress == mailbox).ToList();
            await store.ReplaceAsync(realm.Name, mailbox is { } one ? [one] : null, states, CancellationToken.None);
            realm.HasBegun |= mailbox is null;
        });
    }

    /// <summary>Remembers all mailboxes under a name.</summary>
    public async Task TakeSnapshotAsync(Realm realm, string name)
    {
        ArgumentNullException.ThrowIfNull(realm);
        await BeginAsync(realm);
        await realm.RunAloneAsync(async () => realm.Snapshots[name] = await store.ReadAllAsync(realm.Name, CancellationToken.None));
    }

    /// <summary>Puts mailboxes in the place of all.</summary>
    public Task RestoreAsync(Realm realm, IReadOnlyList<MailboxState> mailboxes)
    {
        ArgumentNullException.ThrowIfNull(realm);
        return realm.RunAloneAsync(async () =>
        {
            await store.ReplaceAsync(realm.Name, null, mailboxes, CancellationToken.None);
            realm.HasBegun = true;
        });
    }

    /// <summary>All of its mailboxes.</summary>
    public async Task<IReadOnlyList<MailboxState>> ReadAllAsync(Realm realm, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(realm);
        await BeginAsync(realm);
        return await store.ReadAllAsync(realm.Name, cancellation);
    }

    /// <summary>One of its mailboxes, or null.</summary>
    public async Task<MailboxState?> FindAsync(Realm realm, SmtpAddress smtpAddress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(realm);
        await BeginAsync(realm);
        return await store.FindAsync(new MailboxKey(realm.Name, smtpAddress), cancellation);
    }

    /// <summary>The names of all realms: those that were asked for, and those that have mailboxes of an earlier run.</summary>
    public async Task<IReadOnlyList<string>> FindRealmsAsync(CancellationToken cancellation) =>
        registry.All.Select(realm => realm.Name).Union(await store.FindRealmsAsync(cancellation)).Order(StringComparer.Ordinal).ToList();

    /// <summary>Makes an end of a realm.</summary>
    public Task RemoveAsync(Realm realm)
    {
        ArgumentNullException.ThrowIfNull(realm);
        return realm.RunAloneAsync(async () =>
        {
            registry.Remove(realm.Name);
            await store.ReplaceAsync(realm.Name, null, [], CancellationToken.None);
        });
    }

    /// <summary>The mailboxes of all documents of the beginning; of two of one address, the later.</summary>
    private List<MailboxState> ReadBeginning(Realm realm)
    {
        var states = new Dictionary<SmtpAddress, MailboxState>();
        foreach (var (name, json) in beginning.Documents)
        {
            try
            {
                foreach (var state in Read(realm, json))
                    states[state.SmtpAddress] = state;
            }
            catch (DocumentException e)
            {
                throw new DocumentException(e.Problems.Select(problem => $"{name}: {problem}").ToList());
            }
        }

        CheckGuids(states.Values);
        return [.. states.Values];
    }

    private List<MailboxState> Read(Realm realm, ReadOnlyMemory<byte> json)
    {
        var states = _reader.Read(json, realm.Clock, (address, number) => registry.NewGuid(new MailboxKey(realm.Name, address), number)).ToList();
        var problems = states.Select(Unreachable).OfType<string>().ToList();
        return problems.Count == 0 ? states : throw new DocumentException(problems);
    }

    private static void CheckGuids(IEnumerable<MailboxState> states)
    {
        var problems = states.GroupBy(state => state.MailboxGuid).Where(group => group.Count() > 1)
            .Select(group => $"{string.Join(" and ", group.Select(state => state.SmtpAddress))} have the same mailboxGuid.").ToList();
        if (problems.Count > 0)
            throw new DocumentException(problems);
    }

    private string? Unreachable(MailboxState mailbox)
    {
        var found = accounts.FindBySmtpAddress(mailbox.SmtpAddress);
        if (!found.Succeeded)
            return $"{mailbox.SmtpAddress} has no account, so nobody could reach its mailbox; declare it in Mailboxes, or let Mailboxes:AutoCreate be true.";
        return found.Value == mailbox.SmtpAddress ? null : $"{mailbox.SmtpAddress} is a further address of {found.Value}; name that one.";
    }
}
