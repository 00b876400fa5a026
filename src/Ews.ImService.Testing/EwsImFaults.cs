using System.Text.Json;

namespace Ews.ImService.Testing;

/// <summary>Manages the fault rules of a realm.</summary>
/// <remarks>Rules are evaluated in the order in which they were added. The first one that matches a request is triggered.</remarks>
public sealed class EwsImFaults
{
    private readonly EwsImRealm _realm;

    internal EwsImFaults(EwsImRealm realm) => _realm = realm;

    /// <summary>Adds a fault rule after the existing ones. It replaces the rule with the same id.</summary>
    /// <param name="rule">The fault rule; see <see cref="Fault"/>.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The id of the rule, which is the <see cref="JournalEntry.Fault"/> of the requests that trigger it.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="rule"/> is <see langword="null"/>.</exception>
    /// <exception cref="EwsImServerException">The rule is invalid, or the server cannot be reached.</exception>
    public async Task<string> AddAsync(FaultRule rule, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rule);
        var json = JsonSerializer.Serialize(rule, ContractJson.Default.FaultRule);
        var response = await _realm.SendAsync(HttpMethod.Post, "faults", json, cancellationToken).ConfigureAwait(false);
        return response.Read(ContractJson.Default.FaultRule).Id!;
    }

    /// <summary>Gets the fault rules in the order in which they are evaluated.</summary>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The fault rules, with the numbers of requests that matched and triggered them.</returns>
    /// <exception cref="EwsImServerException">The server cannot be reached.</exception>
    public async Task<IReadOnlyList<FaultRule>> GetRulesAsync(CancellationToken cancellationToken = default) =>
        (await _realm.GetAsync("faults", ContractJson.Default.FaultRuleList, cancellationToken).ConfigureAwait(false)).Faults;

    /// <summary>Gets the number of requests that triggered a fault rule.</summary>
    /// <param name="id">The id of the rule.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The number of requests since the rule was added.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="id"/> is <see langword="null"/>.</exception>
    /// <exception cref="EwsImServerException">The rule does not exist, or the server cannot be reached.</exception>
    public async Task<int> GetTriggeredCountAsync(string id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(id);
        var rules = await GetRulesAsync(cancellationToken).ConfigureAwait(false);
        return rules.FirstOrDefault(rule => rule.Id == id)?.Triggered
            ?? throw new EwsImServerException($"The fault rule '{id}' does not exist.");
    }

    /// <summary>Deletes a fault rule.</summary>
    /// <param name="id">The id of the rule.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>A task that completes when the rule is deleted.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="id"/> is <see langword="null"/>.</exception>
    /// <exception cref="EwsImServerException">The rule does not exist, or the server cannot be reached.</exception>
    public Task DeleteAsync(string id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(id);
        return _realm.SendAsync(HttpMethod.Delete, "faults/" + Uri.EscapeDataString(id), null, cancellationToken);
    }

    /// <summary>Deletes all fault rules, and ends the back-off times of all mailboxes.</summary>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>A task that completes when the rules are deleted.</returns>
    /// <exception cref="EwsImServerException">The server cannot be reached.</exception>
    public Task ClearAsync(CancellationToken cancellationToken = default) =>
        _realm.SendAsync(HttpMethod.Delete, "faults", null, cancellationToken);
}
