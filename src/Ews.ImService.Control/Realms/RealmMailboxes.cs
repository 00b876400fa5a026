using Ews.ImService.Control.Contract;
using Ews.ImService.Control.Documents;
using Ews.ImService.Control.Seeds;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol;

namespace Ews.ImService.Control.Realms;

/// <summary>Operations on the mailboxes of a realm as a whole. For one realm, they run one after the other.</summary>
/// <param name="registry">The realms.</param>
/// <param name="store">The store of the mailboxes.</param>
/// <param name="accounts">The accounts, which determine the addresses that can have a mailbox.</param>
/// <param name="ews">The options of EWS, which contain the default mailbox.</param>
/// <param name="limits">The limits of a mailbox.</param>
/// <param name="startSeed">The mailboxes in the initial state of every realm.</param>
public sealed class RealmMailboxes(
    RealmRegistry registry,
    IMailboxStore store,
    AccountDirectory accounts,
    EwsOptions ews,
    MailboxLimits limits,
    StartSeed startSeed)
{
    private readonly SeedMailboxes _seeds = new(registry, accounts, ews, limits, startSeed);

    /// <summary>Returns <c>true</c> if a realm contains the mailboxes of the start seed; otherwise, <c>false</c>.</summary>
    public bool IsSeeded(Realm realm)
    {
        ArgumentNullException.ThrowIfNull(realm);
        return !_seeds.HasStart || realm.IsSeeded;
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
        await RunExclusiveAsync(realm, async (realm, cancellationToken) =>
        {
            var existing = NeedsExisting(document, replaceAll) ? await store.ReadAllAsync(realm.Name, cancellationToken) : [];
            var states = _seeds.Read(realm, realm.Clock, document, existing.Select(state => state.SmtpAddress), problems);
            var addresses = states.Select(state => state.SmtpAddress).ToHashSet();
            var others = replaceAll ? [] : existing.Where(other => !addresses.Contains(other.SmtpAddress));
            SeedMailboxes.CheckGuids(states.Concat(others), problems);
            if (problems.Count == 0)
                await store.ReplaceAsync(realm.Name, replaceAll ? null : addresses, states, null, cancellationToken);
        });
    }

    /// <summary>Determines whether a document must be compared with the mailboxes of a realm: a GUID that is not random can be that of
    /// another mailbox.</summary>
    private bool NeedsExisting(SeedDocument document, bool replaceAll) =>
        registry.HasIdSeed || (!replaceAll && document.Mailboxes.Any(mailbox => mailbox.MailboxGuid is not null));

    /// <summary>Resets a realm, or one mailbox of it, to the initial state.</summary>
    /// <param name="realm">The realm.</param>
    /// <param name="mailbox">The address of the mailbox, or <c>null</c> to reset the realm with its fault rules, journal and clock.</param>
    /// <remarks>
    /// A request uses the journal first, then the fault rules, and then the mailboxes. They are reset in the reverse order, so that no
    /// request uses one of them after the reset and another one as it was before.
    /// </remarks>
    /// <exception cref="IOException">The database cannot be used. The reset may have taken place if the outcome is unknown.</exception>
    public Task ResetAsync(Realm realm, SmtpAddress? mailbox)
    {
        ArgumentNullException.ThrowIfNull(realm);
        return RunExclusiveAsync(realm, async (realm, cancellationToken) =>
        {
            if (mailbox is { } address)
            {
                var states = _seeds.ReadStart(realm, realm.Clock).Where(state => state.SmtpAddress == address).ToList();
                await store.ReplaceAsync(realm.Name, [address], states, null, cancellationToken);
            }
            else
            {
                var states = _seeds.ReadStart(realm, realm.NewClock());
                await ReplaceAsync(realm, null, states, state => state.Reset(), realm.Journal.ResetAsync, cancellationToken);
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
        await RunExclusiveAsync(realm, async (realm, cancellationToken) =>
        {
            isTaken = realm.CanTakeSnapshot(name);
            if (isTaken)
            {
                var takenAt = realm.Clock.GetUtcNow();
                var mailboxes = await store.ReadAllAsync(realm.Name, cancellationToken);
                await registry.States.AddSnapshotAsync(realm, name, takenAt, mailboxes, cancellationToken);
            }
        });
        return isTaken;
    }

    /// <summary>Replaces all mailboxes of a realm with those of a snapshot.</summary>
    /// <returns><c>true</c> if the snapshot was restored; <c>false</c> if it does not exist.</returns>
    public async Task<bool> RestoreAsync(Realm realm, string name)
    {
        ArgumentNullException.ThrowIfNull(realm);
        var isRestored = false;
        await RunExclusiveAsync(realm, async (realm, cancellationToken) =>
        {
            if (realm.Snapshots.Find(name) is not { } snapshot
                || await registry.States.ReadSnapshotAsync(realm, snapshot, cancellationToken) is not { } mailboxes)
                return;
            await ReplaceAsync(realm, null, mailboxes, state => state.IsSeeded = true, null, cancellationToken);
            isRestored = true;
        });
        return isRestored;
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
        var used = await registry.States.FindNamesAsync(cancellationToken);
        return used.Union(stored).Order(StringComparer.Ordinal).ToList();
    }

    /// <summary>Returns <c>true</c> if a realm has mailboxes, even if it was not used since they were stored; otherwise, <c>false</c>.
    /// </summary>
    internal async Task<bool> ExistAsync(string realm, CancellationToken cancellationToken) =>
        (await store.FindAddressesAsync(realm, cancellationToken)).Count > 0;

    /// <summary>Deletes a realm with its mailboxes.</summary>
    /// <remarks>
    /// Requests that arrive during the deletion wait for it, and then for the start seed of the realm that replaces the deleted one.
    /// </remarks>
    public Task DeleteAsync(Realm realm)
    {
        ArgumentNullException.ThrowIfNull(realm);
        return RunExclusiveAsync(realm, async (realm, cancellationToken) =>
        {
            var (wasSeeded, hasMailboxes, removal) = (realm.IsSeeded, true, Task.CompletedTask);
            await realm.ChangeAsync(state => state.IsSeeded = false, cancellationToken);
            try
            {
                if (registry.States.IsShared)
                {
                    await store.ReplaceAsync(realm.Name, null, [], null, cancellationToken);
                    hasMailboxes = false;
                    await RemoveAsync(realm);
                    await registry.States.DeleteAsync(realm, cancellationToken);
                }
                else
                {
                    await store.ReplaceAsync(realm.Name, null, [], () => removal = RemoveAsync(realm), cancellationToken);
                    await removal;
                }
            }
            catch when (hasMailboxes)
            {
                await realm.ChangeAsync(state => state.IsSeeded = wasSeeded, CancellationToken.None);
                throw;
            }
        });
    }

    private Task RemoveAsync(Realm realm)
    {
        registry.Remove(realm);
        return realm.Journal.DeleteAsync();
    }

    /// <summary>Replaces mailboxes of a realm, and then changes its state.</summary>
    /// <param name="realm">The realm.</param>
    /// <param name="removed">The addresses of the mailboxes to delete; <c>null</c> for all.</param>
    /// <param name="added">The mailboxes to create.</param>
    /// <param name="change">The change of the state. If no other instance uses the realm, it takes place before any later request.</param>
    /// <param name="onChanged">The action to run after the change; <c>null</c> for none.</param>
    /// <param name="cancellationToken">A token that cancels the replacement before it is visible.</param>
    private async Task ReplaceAsync(
        Realm realm,
        IReadOnlyCollection<SmtpAddress>? removed,
        IReadOnlyCollection<MailboxState> added,
        Action<RealmState> change,
        Func<Task>? onChanged,
        CancellationToken cancellationToken)
    {
        if (registry.States.IsShared)
        {
            await store.ReplaceAsync(realm.Name, removed, added, null, cancellationToken);
            await realm.ChangeAsync(Apply, CancellationToken.None);
            await (onChanged?.Invoke() ?? Task.CompletedTask);
            return;
        }

        var changed = Task.CompletedTask;
        await store.ReplaceAsync(realm.Name, removed, added, OnPublished, cancellationToken);
        await changed;

        void OnPublished()
        {
            change(realm.State);
            changed = onChanged?.Invoke() ?? Task.CompletedTask;
        }

        bool Apply(RealmState state)
        {
            change(state);
            return true;
        }
    }

    /// <summary>
    /// Runs an operation on all mailboxes of a realm after other such operations have ended; if one of them deleted the realm, in the realm
    /// that replaces it.
    /// </summary>
    private Task RunExclusiveAsync(Realm realm, Func<Realm, CancellationToken, Task> work) => realm.RunExclusiveAsync(
        token => realm.IsDeleted ? RunExclusiveAsync(registry[realm.Name], work) : work(realm, token));

    /// <summary>Ensures that a realm contains the mailboxes of the start seed before it is read. A realm that was deleted is not created
    /// again.</summary>
    private Task EnsureSeededUnlessDeletedAsync(Realm realm) => IsSeeded(realm)
        ? Task.CompletedTask
        : realm.RunExclusiveAsync(token => realm.IsDeleted ? Task.CompletedTask : LoadStartSeedAsync(realm, token));

    private async Task LoadStartSeedAsync(Realm realm, CancellationToken cancellationToken)
    {
        if (realm.IsSeeded)
            return;
        var states = _seeds.ReadStart(realm, realm.Clock);
        var addresses = states.Select(state => state.SmtpAddress).ToList();
        await ReplaceAsync(realm, addresses, states, state => state.IsSeeded = true, null, cancellationToken);
    }
}
