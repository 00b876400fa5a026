using System.Globalization;
using System.Runtime.CompilerServices;

namespace Ews.ImService.Testing;

/// <summary>Provides the journal of a realm: the requests that it received, and their responses.</summary>
/// <remarks>
/// A request is added to the journal when it arrives. The server keeps the newest requests, by default 1,000 requests and 16 MiB of
/// headers and bodies; see the settings <c>Control:JournalEntries</c> and <c>Control:JournalBytes</c>. A verification fails
/// if its result depends on requests that the server did not keep.
/// </remarks>
public sealed class EwsImJournal
{
    private readonly EwsImRealm _realm;

    internal EwsImJournal(EwsImRealm realm) => _realm = realm;

    /// <summary>Gets the requests in the order of their arrival, with headers and bodies.</summary>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The requests that the journal holds.</returns>
    /// <exception cref="EwsImServerException">The server cannot be reached.</exception>
    public async Task<IReadOnlyList<JournalEntry>> GetEntriesAsync(CancellationToken cancellationToken = default) =>
        (await ReadAsync(cancellationToken).ConfigureAwait(false)).Entries;

    /// <summary>Deletes all requests from the journal. Ids continue with the next number.</summary>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>A task that completes when the journal is empty.</returns>
    /// <exception cref="EwsImServerException">The server cannot be reached.</exception>
    public Task ClearAsync(CancellationToken cancellationToken = default) =>
        _realm.SendAsync(HttpMethod.Delete, "journal", null, cancellationToken);

    /// <summary>Sends a request of the journal again, as the same user.</summary>
    /// <param name="id">The id of the request.</param>
    /// <param name="timeout">
    /// The time after which the client of the new request disconnects, such as from GetStreamingEvents; <see langword="null"/> (the
    /// default) for 30 seconds. The maximum is 10 minutes.
    /// </param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The new request, with <see cref="JournalEntry.ReplayOf"/>. Fault rules apply to it.</returns>
    /// <exception cref="EwsImServerException">
    /// The journal does not contain the request or its body, <paramref name="timeout"/> is out of range, or the server cannot be reached.
    /// </exception>
    public async Task<JournalEntry> ReplayAsync(long id, TimeSpan? timeout = null, CancellationToken cancellationToken = default)
    {
        var limit = timeout ?? TimeSpan.FromSeconds(30);
        var path = string.Create(
            CultureInfo.InvariantCulture, $"journal/{id}/replay?timeoutMilliseconds={(long)limit.TotalMilliseconds}");
        var response = await _realm.TrySendAsync(HttpMethod.Post, path, null, cancellationToken, limit).ConfigureAwait(false);
        return response.Succeeded
            ? response.Read(ContractJson.Default.JournalEntry)
            : throw ControlClient.Failure(HttpMethod.Post, path, response);
    }

    /// <summary>Verifies that the realm received requests for an operation.</summary>
    /// <param name="operation">The EWS operation, such as <c>AddImGroup</c>.</param>
    /// <param name="times">The exact number of requests; <see langword="null"/> (the default) for at least one.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The matching requests.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="operation"/> is <see langword="null"/>.</exception>
    /// <exception cref="EwsImVerificationException">The number of requests differs. The message shows the closest requests.</exception>
    /// <exception cref="EwsImServerException">The operation is not an EWS operation, or the server cannot be reached.</exception>
    public Task<IReadOnlyList<JournalEntry>> ShouldHaveReceivedAsync(
        string operation, int? times = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return ShouldHaveReceivedAsync(new RequestPattern { Operation = operation }, times, cancellationToken);
    }

    /// <summary>Verifies that the realm received requests that match a pattern.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="times">The exact number of requests; <see langword="null"/> (the default) for at least one.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The matching requests.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="pattern"/> is <see langword="null"/>.</exception>
    /// <exception cref="EwsImVerificationException">The number of requests differs. The message shows the closest requests.</exception>
    /// <exception cref="EwsImServerException">The pattern names an unknown operation, or the server cannot be reached.</exception>
    public async Task<IReadOnlyList<JournalEntry>> ShouldHaveReceivedAsync(
        RequestPattern pattern, int? times = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        var journal = await ReadAsync(cancellationToken).ConfigureAwait(false);
        await VerifyOperationAsync(pattern, journal.Entries, cancellationToken).ConfigureAwait(false);
        var matches = journal.Entries.Where(request => pattern.DifferencesOf(request).Count == 0).ToList();
        if (times is null ? matches.Count > 0 : matches.Count == times && !pattern.CanMatchEvicted(journal))
            return matches;
        throw new EwsImVerificationException(VerificationMessage.Create(pattern, times, matches, journal));
    }

    /// <summary>Verifies that the realm received no request for an operation.</summary>
    /// <param name="operation">The EWS operation, such as <c>AddImGroup</c>.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>A task that completes when the journal was checked.</returns>
    /// <exception cref="EwsImVerificationException">The realm received such a request. The message shows it.</exception>
    /// <exception cref="EwsImServerException">The operation is not an EWS operation, or the server cannot be reached.</exception>
    public Task ShouldNotHaveReceivedAsync(string operation, CancellationToken cancellationToken = default) =>
        ShouldHaveReceivedAsync(operation, 0, cancellationToken);

    /// <summary>Verifies that the realm received no request that matches a pattern.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>A task that completes when the journal was checked.</returns>
    /// <exception cref="EwsImVerificationException">The realm received such a request. The message shows it.</exception>
    /// <exception cref="EwsImServerException">The pattern names an unknown operation, or the server cannot be reached.</exception>
    public Task ShouldNotHaveReceivedAsync(RequestPattern pattern, CancellationToken cancellationToken = default) =>
        ShouldHaveReceivedAsync(pattern, 0, cancellationToken);

    /// <summary>Waits until a request that meets a condition has a complete response or has failed.</summary>
    /// <param name="predicate">The condition.</param>
    /// <param name="timeout">
    /// The maximum time to wait; <see langword="null"/> (the default) for 5 seconds. <see cref="Timeout.InfiniteTimeSpan"/> is allowed.
    /// </param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <param name="predicateText">The source text of <paramref name="predicate"/>, which the compiler supplies.</param>
    /// <returns>The first matching request.</returns>
    /// <remarks>A request that is already in the journal matches too; see <see cref="RequestPattern.AfterId"/>.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="predicate"/> is <see langword="null"/>.</exception>
    /// <exception cref="EwsImVerificationException">The timeout expired. The message shows the closest requests.</exception>
    /// <exception cref="EwsImServerException">The realm is deleted while waiting, or the server cannot be reached.</exception>
    public Task<JournalEntry> WaitForAsync(
        Func<JournalEntry, bool> predicate,
        TimeSpan? timeout = null,
        CancellationToken cancellationToken = default,
        [CallerArgumentExpression(nameof(predicate))] string predicateText = "")
    {
        ArgumentNullException.ThrowIfNull(predicate);
        return WaitForAsync(new RequestPattern { Where = predicate, WhereText = predicateText }, timeout, cancellationToken);
    }

    /// <summary>Waits until a request that matches a pattern has a complete response or has failed.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="timeout">
    /// The maximum time to wait; <see langword="null"/> (the default) for 5 seconds. <see cref="Timeout.InfiniteTimeSpan"/> is allowed.
    /// </param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The first matching request.</returns>
    /// <remarks>A request that is already in the journal matches too; see <see cref="RequestPattern.AfterId"/>.</remarks>
    /// <exception cref="EwsImVerificationException">The timeout expired. The message shows the closest requests.</exception>
    /// <exception cref="EwsImServerException">
    /// The pattern names an unknown operation, the realm is deleted while waiting, or the server cannot be reached.
    /// </exception>
    public Task<JournalEntry> WaitForAsync(
        RequestPattern pattern, TimeSpan? timeout = null, CancellationToken cancellationToken = default) =>
        WaitAsync(pattern, request => request.State != JournalState.Arrived, timeout, cancellationToken);

    /// <summary>
    /// Waits until a request that matches a pattern has arrived and its operation is known. Its response may not be complete yet.
    /// </summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="timeout">
    /// The maximum time to wait; <see langword="null"/> (the default) for 5 seconds. <see cref="Timeout.InfiniteTimeSpan"/> is allowed.
    /// </param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The first matching request.</returns>
    /// <remarks>A request that is already in the journal matches too; see <see cref="RequestPattern.AfterId"/>.</remarks>
    /// <exception cref="EwsImVerificationException">The timeout expired. The message shows the closest requests.</exception>
    /// <exception cref="EwsImServerException">
    /// The pattern names an unknown operation, the realm is deleted while waiting, or the server cannot be reached.
    /// </exception>
    public Task<JournalEntry> WaitForArrivalAsync(
        RequestPattern pattern, TimeSpan? timeout = null, CancellationToken cancellationToken = default) =>
        WaitAsync(pattern, request => request.State != JournalState.Arrived || request.Operation is not null, timeout, cancellationToken);

    /// <summary>
    /// Returns the requests that match a pattern as they are completed, beginning with those that are already in the journal.
    /// </summary>
    /// <param name="pattern">The pattern; <see langword="null"/> (the default) for all requests.</param>
    /// <param name="cancellationToken">A token that ends the enumeration with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>
    /// Each request, once, when it has a complete response or has failed. The enumeration ends when the realm is deleted or the server
    /// is stopped.
    /// </returns>
    /// <remarks>
    /// Requests that the journal evicts within 200 milliseconds are omitted. The setting <c>Control:MaxJournalWaits</c> limits the number
    /// of enumerations at the same time.
    /// </remarks>
    /// <exception cref="EwsImServerException">
    /// The pattern names an unknown operation, or the server cannot be reached. It is thrown by the enumeration.
    /// </exception>
    public IAsyncEnumerable<JournalEntry> WatchAsync(RequestPattern? pattern = null, CancellationToken cancellationToken = default) =>
        JournalWatch.ReadAsync(_realm, pattern ?? new RequestPattern(), cancellationToken);

    /// <summary>Reads all requests, with headers and bodies.</summary>
    internal Task<JournalPage> ReadAsync(CancellationToken cancellationToken) =>
        _realm.GetAsync("journal?bodies=true", ContractJson.Default.JournalPage, cancellationToken);

    /// <summary>Rejects an unknown operation, which no request can match. The service validates the name.</summary>
    internal Task VerifyOperationAsync(
        RequestPattern pattern, IReadOnlyList<JournalEntry> requests, CancellationToken cancellationToken) =>
        pattern.Operation is not { } operation || requests.Any(request => request.Operation == operation)
            ? Task.CompletedTask
            : _realm.SendAsync(HttpMethod.Get, "journal/count?operation=" + Uri.EscapeDataString(operation), null, cancellationToken);

    private Task<JournalEntry> WaitAsync(
        RequestPattern pattern, Func<JournalEntry, bool> isComplete, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        return new JournalWait(_realm, pattern, isComplete).WaitAsync(timeout ?? JournalWait.DefaultTimeout, cancellationToken);
    }
}
