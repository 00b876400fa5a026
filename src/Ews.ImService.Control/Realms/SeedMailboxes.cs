using Ews.ImService.Control.Contract;
using Ews.ImService.Control.Documents;
using Ews.ImService.Control.Seeds;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol;

namespace Ews.ImService.Control.Realms;

/// <summary>Reads the mailboxes of seed documents by the rules of the service and of a realm.</summary>
/// <param name="registry">The realms.</param>
/// <param name="accounts">The accounts, which determine the addresses that can have a mailbox.</param>
/// <param name="ews">The options of EWS, which contain the default mailbox.</param>
/// <param name="limits">The limits of a mailbox.</param>
/// <param name="startSeed">The mailboxes in the initial state of every realm.</param>
internal sealed class SeedMailboxes(
    RealmRegistry registry, AccountDirectory accounts, EwsOptions ews, MailboxLimits limits, StartSeed startSeed)
{
    /// <summary>Gets a value that indicates whether there is a start seed.</summary>
    public bool HasStart { get; } = startSeed.Documents.Count > 0;

    /// <summary>Returns the mailboxes of all documents of the start seed; a later document replaces mailboxes of an earlier one.</summary>
    /// <exception cref="DocumentException">A document is not valid.</exception>
    public IReadOnlyList<MailboxState> ReadStart(Realm realm, TimeProvider clock)
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

    /// <summary>Returns the mailboxes of a document.</summary>
    /// <param name="realm">The realm.</param>
    /// <param name="clock">The clock for times that the document omits.</param>
    /// <param name="document">The document.</param>
    /// <param name="existing">The addresses of the mailboxes that exist.</param>
    /// <param name="problems">Receives the violations in the document.</param>
    public IReadOnlyList<MailboxState> Read(
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

    /// <summary>Rejects mailboxes that have the same GUID.</summary>
    public static void CheckGuids(IEnumerable<MailboxState> states, DocumentProblems problems)
    {
        foreach (var same in states.GroupBy(state => state.MailboxGuid, state => state.SmtpAddress))
        {
            var addresses = same.Distinct().ToList(); // An address that is listed twice, or is not valid, is reported by itself.
            if (addresses.Count > 1)
                problems.Add($"{string.Join(" and ", addresses)} have the same mailboxGuid.");
        }
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
