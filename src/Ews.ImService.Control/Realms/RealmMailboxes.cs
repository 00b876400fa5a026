using Ews.ImService.Control.Contract;
using Ews.ImService.Control.Documents;
using Ews.ImService.Control.Seeds;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol;
using Ews.ImService.Protocol.Operations.Notifications;

namespace Ews.ImService.Control.Realms;

/// <summary>Operations on the mailboxes of a realm as a whole. For one realm, they run one after the other.</summary>
/// <param name="registry">The realms.</param>
/// <param name="store">The store of the mailboxes.</param>
/// <param name="accounts">The accounts, which determine the addresses that can have a mailbox.</param>
/// <param name="ews">The options of EWS, which contain the default mailbox.</param>
/// <param name="limits">The limits of a mailbox.</param>
/// <param name="subscriptions">The subscriptions to the events of mailboxes.</param>
/// <param name="startSeed">The mailboxes in the initial state of every realm.</param>
public sealed class RealmMailboxes(
    RealmRegistry registry,
    IMailboxStore store,
    AccountDirectory accounts,
    EwsOptions ews,
    MailboxLimits limits,
    Subscriptions subscriptions,
    StartSeed startSeed)
{
    /// <summary>Returns <c>true</c> if a realm contains the mailboxes of the start seed; otherwise, <c>false</c>.</summary>
    public bool IsSeeded(Realm realm)
    {
        ArgumentNullException.ThrowIfNull(realm);
        return startSeed.Documents.Count == 0 || realm.IsSeeded;
    }

    /// <summary>Ensures that a realm contains the mailboxes of the start seed before it is first used.</summary>
    /// <exception cref="DocumentException">The start seed is not valid.</exception>
    public Task EnsureSeededAsync(Realm realm) =>
        IsSeeded(realm) ? Task.CompletedTask : RunExclusiveAsync(realm, LoadStartSeedAsync);

    /// <summary>Loads the mailboxes of a seed document, unless the document has violations.</summary>
    /// <param name="realm">The realm.</param>
    /// <param name="document">The seed document.</param>
    /// <param name="problems">The violations in the document, to which violations of further rules are added.</param>
    /// <param name="replaceAll"><c>true</c> to replace all mailboxes of the realm; <c>false</c> to replace those with the same
    /// address.</param>
    internal async Task LoadAsync(Realm realm, SeedDocument document, DocumentProblems problems, bool replaceAll)
    {
        await EnsureSeededAsync(realm);
        await RunExclusiveAsync(realm, async realm =>
        {
            var existing = replaceAll && !registry.HasIdSeed ? [] : await store.ReadAllAsync(realm.Name, CancellationToken.None);
            var states = Read(realm, realm.Clock, document, existing.Select(state => state.SmtpAddress), problems);
            var addresses = states.Select(state => state.SmtpAddress).ToHashSet();
            var others = replaceAll ? [] : existing.Where(other => !addresses.Contains(other.SmtpAddress));
            CheckGuids(states.Concat(others), problems);
            if (problems.Count == 0)
                await store.ReplaceAsync(realm.Name, replaceAll ? null : addresses, states, null, CancellationToken.None);
        });
    }

    /// <summary>Resets a realm, or one mailbox of it, to the initial state.</summary>
    /// <param name="realm">The realm.</param>
    /// <param name="mailbox">The address of the mailbox, or <c>null</c> to reset the realm with its fault rules, journal and clock.</param>
    /// <exception cref="IOException">The database cannot be used; nothing was reset.</exception>
    public Task ResetAsync(Realm realm, SmtpAddress? mailbox)
    {
        ArgumentNullException.ThrowIfNull(realm);
        return RunExclusiveAsync(realm, async realm =>
        {
            if (mailbox is { } address)
            {
                var states = ReadStartSeed(realm, realm.Clock).Where(state => state.SmtpAddress == address).ToList();
                await store.ReplaceAsync(realm.Name, [address], states, null, CancellationToken.None);
            }
            else
            {
                var states = ReadStartSeed(realm, realm.NewClock());
                var reset = Task.CompletedTask;
                await store.ReplaceAsync(realm.Name, null, states, () => reset = realm.ResetAsync(), CancellationToken.None);
                await reset;
            }
        });
    }

    /// <summary>Takes a snapshot of all mailboxes of a realm.</summary>
    /// <returns><c>true</c> if the snapshot was taken; <c>false</c> if the realm has as many snapshots as allowed.</returns>
    public async Task<bool> TakeSnapshotAsync(Realm realm, string name)
    {
        ArgumentNullException.ThrowIfNull(realm);
        await EnsureSeededAsync(realm);
        var isTaken = false;
        await RunExclusiveAsync(realm, async realm =>
        {
            isTaken = realm.CanTakeSnapshot(name);
            if (isTaken)
            {
                realm.Snapshots[name] = new Snapshot(realm.Clock.GetUtcNow(), await store.ReadAllAsync(realm.Name, CancellationToken.None));
                realm.OnSnapshotsChanged();
            }
        });
        return isTaken;
    }

    /// <summary>Replaces all mailboxes of a realm with those of a snapshot.</summary>
    public Task RestoreAsync(Realm realm, Snapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(realm);
        ArgumentNullException.ThrowIfNull(snapshot);
        return RunExclusiveAsync(realm, realm =>
            store.ReplaceAsync(realm.Name, null, snapshot.Mailboxes, () => realm.IsSeeded = true, CancellationToken.None));
    }

    /// <summary>Returns all mailboxes of a realm; none if it was deleted.</summary>
    public async Task<IReadOnlyList<MailboxState>> ReadAllAsync(Realm realm, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(realm);
        await EnsureSeededUnlessDeletedAsync(realm);
        return await store.ReadAllAsync(realm.Name, cancellationToken);
    }

    /// <summary>Returns the addresses of the mailboxes of a realm that contain a text, in no particular order.</summary>
    /// <param name="realm">The realm.</param>
    /// <param name="text">The text, regardless of case; <c>null</c> for all mailboxes.</param>
    /// <param name="cancellationToken">A token that cancels waiting.</param>
    public async Task<IReadOnlyCollection<SmtpAddress>> SearchAsync(Realm realm, string? text, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(realm);
        await EnsureSeededUnlessDeletedAsync(realm);
        var all = await store.FindAddressesAsync(realm.Name, cancellationToken);
        return text is null ? all : all.Where(address => address.Value.Contains(text, StringComparison.OrdinalIgnoreCase)).ToList();
    }

    /// <summary>Returns mailboxes of a realm in the order of their addresses in the list.</summary>
    /// <param name="realm">The realm.</param>
    /// <param name="addresses">The addresses. Those without a mailbox are ignored.</param>
    /// <param name="cancellationToken">A token that cancels the request before it runs.</param>
    public Task<IReadOnlyList<MailboxState>> ReadManyAsync(
        Realm realm, IReadOnlyList<SmtpAddress> addresses, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(realm);
        return store.ReadManyAsync(realm.Name, addresses, cancellationToken);
    }

    /// <summary>Returns a mailbox of a realm, or <c>null</c> if it does not exist.</summary>
    public async Task<MailboxState?> FindAsync(Realm realm, SmtpAddress smtpAddress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(realm);
        await EnsureSeededUnlessDeletedAsync(realm);
        return await store.FindAsync(new MailboxKey(realm.Name, smtpAddress), cancellationToken);
    }

    /// <summary>Returns the names of all realms: those that were used, and those whose mailboxes an earlier run stored.</summary>
    public async Task<IReadOnlyList<string>> FindRealmsAsync(CancellationToken cancellationToken)
    {
        var stored = await store.FindRealmsAsync(cancellationToken);
        return registry.All.Select(realm => realm.Name).Union(stored).Order(StringComparer.Ordinal).ToList();
    }

    /// <summary>Deletes a realm with its mailboxes.</summary>
    /// <remarks>
    /// Requests that arrive during the deletion wait for it, and then for the start seed of the realm that replaces the deleted one.
    /// </remarks>
    public Task DeleteAsync(Realm realm)
    {
        ArgumentNullException.ThrowIfNull(realm);
        return RunExclusiveAsync(realm, async realm =>
        {
            var wasSeeded = realm.IsSeeded;
            realm.IsSeeded = false;
            try
            {
                var removal = Task.CompletedTask;
                await store.ReplaceAsync(realm.Name, null, [], () => removal = RemoveAsync(realm), CancellationToken.None);
                await removal;
            }
            catch
            {
                realm.IsSeeded = wasSeeded;
                throw;
            }
        });
    }

    private Task RemoveAsync(Realm realm)
    {
        registry.Remove(realm);
        subscriptions.DeleteAll(realm.Name);
        return realm.Journal.DeleteAsync();
    }

    /// <summary>
    /// Runs an operation on all mailboxes of a realm after other such operations have ended; if one of them deleted the realm, in the realm
    /// that replaces it.
    /// </summary>
    private Task RunExclusiveAsync(Realm realm, Func<Realm, Task> work) => realm.RunExclusiveAsync(
        () => realm.IsDeleted ? RunExclusiveAsync(registry[realm.Name], work) : work(realm));

    /// <summary>Ensures that a realm contains the mailboxes of the start seed before it is read. A realm that was deleted is not created
    /// again.</summary>
    private Task EnsureSeededUnlessDeletedAsync(Realm realm) => IsSeeded(realm)
        ? Task.CompletedTask
        : realm.RunExclusiveAsync(() => realm.IsDeleted ? Task.CompletedTask : LoadStartSeedAsync(realm));

    private async Task LoadStartSeedAsync(Realm realm)
    {
        if (realm.IsSeeded)
            return;
        var states = ReadStartSeed(realm, realm.Clock);
        var addresses = states.Select(state => state.SmtpAddress).ToList();
        await store.ReplaceAsync(realm.Name, addresses, states, () => realm.IsSeeded = true, CancellationToken.None);
    }

    /// <summary>Returns the mailboxes of all documents of the start seed; a later document replaces mailboxes of an earlier one.</summary>
    private List<MailboxState> ReadStartSeed(Realm realm, TimeProvider clock)
    {
        var states = new Dictionary<SmtpAddress, MailboxState>();
        var all = new DocumentProblems();
        foreach (var (name, json) in startSeed.Documents)
        {
            var (document, problems) = StartSeed.Read(json);
            foreach (var state in document is null ? [] : Read(realm, clock, document, existing: [], problems))
                states[state.SmtpAddress] = state;
            foreach (var problem in problems.ToList())
                all.Add($"{name}: {problem}");
        }

        CheckGuids(states.Values, all);
        return all.Count == 0 ? [.. states.Values] : throw new DocumentException(all.ToList());
    }

    private IReadOnlyList<MailboxState> Read(
        Realm realm, TimeProvider clock, SeedDocument document, IEnumerable<SmtpAddress> existing, DocumentProblems problems)
    {
        var states = SeedReader.Read(
            document, limits, clock, (address, number) => registry.NewGuid(new MailboxKey(realm.Name, address), number), problems);
        foreach (var (index, state) in states.Index())
        {
            if (state.SmtpAddress != default && DescribeUnreachable(state.SmtpAddress) is { } rule)
                problems.Add($"$.mailboxes[{index}].smtpAddress", rule);
        }

        if (registry.HasIdSeed)
            CheckGeneratedGuids(realm, states, existing, problems);
        return states;
    }

    /// <summary>Rejects GUIDs that are generated for other known mailboxes, unless the document gives these another GUID.</summary>
    /// <remarks>A mailbox whose GUID was taken before its address was known gets another one when it is created.</remarks>
    private void CheckGeneratedGuids(
        Realm realm, IReadOnlyList<MailboxState> states, IEnumerable<SmtpAddress> existing, DocumentProblems problems)
    {
        foreach (var address in existing.Concat(accounts.DeclaredAddresses).Append(ews.DefaultMailbox))
            registry.NewGuid(new MailboxKey(realm.Name, address), number: 0);
        var described = states.Select(state => state.SmtpAddress).ToHashSet();
        foreach (var (index, state) in states.Index())
        {
            if (realm.GeneratedGuids.TryGetValue(state.MailboxGuid, out var owner) && !described.Contains(owner))
                problems.Add($"$.mailboxes[{index}].mailboxGuid", $"must not be the GUID that Realms:IdSeed generates for '{owner}'");
        }
    }

    private static void CheckGuids(IEnumerable<MailboxState> states, DocumentProblems problems)
    {
        foreach (var same in states.GroupBy(state => state.MailboxGuid, state => state.SmtpAddress))
        {
            var addresses = same.Distinct().ToList(); // An address that is listed twice, or is not valid, is reported by itself.
            if (addresses.Count > 1)
                problems.Add($"{string.Join(" and ", addresses)} have the same mailboxGuid.");
        }
    }

    /// <summary>Returns the rule that an address violates if no user could reach its mailbox; otherwise, <c>null</c>.</summary>
    private string? DescribeUnreachable(SmtpAddress address)
    {
        var account = accounts.FindBySmtpAddress(address);
        if (!account.Succeeded)
        {
            return $"must have an account, but '{address}' has none; add it to Mailboxes:Accounts or Mailboxes:Declared, "
                + "or set Mailboxes:AutoCreate to true";
        }

        return account.Value == address
            ? null
            : $"must be a primary address, but '{address}' is an additional address of '{account.Value}'";
    }
}
