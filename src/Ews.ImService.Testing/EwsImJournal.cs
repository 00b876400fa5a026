using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Ews.ImService.Testing;

/// <summary>What a realm was asked, and answered: the newest thousand requests or so, each from its arrival on.</summary>
public sealed class EwsImJournal
{
    private const string Arrived = "arrived";
    private const int MostShown = 5;

    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(5);

    private readonly EwsImRealm _realm;

    internal EwsImJournal(EwsImRealm realm) => _realm = realm;

    /// <summary>All requests in the order of their arrival, with headers and bodies.</summary>
    public async Task<IReadOnlyList<ReceivedRequest>> ReadAsync(CancellationToken cancellation = default) =>
        (await _realm.SendAsync<Extract>(HttpMethod.Get, "journal?bodies=true", null, cancellation).ConfigureAwait(false)).Entries;

    /// <summary>Forgets all requests.</summary>
    public Task ClearAsync(CancellationToken cancellation = default) => _realm.SendAsync(HttpMethod.Delete, "journal", null, cancellation);

    /// <summary>Sees to it that an operation was asked for.</summary>
    /// <param name="operation">The EWS operation, such as AddImGroup.</param>
    /// <param name="times">How often; null for at least once.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>The requests.</returns>
    /// <exception cref="EwsImVerificationException">It was not; the message shows what was asked instead.</exception>
    public Task<IReadOnlyList<ReceivedRequest>> ShouldHaveReceivedAsync(string operation, int? times = null, CancellationToken cancellation = default) =>
        ShouldHaveReceivedAsync(new RequestPattern { Operation = operation }, times, cancellation);

    /// <summary>Sees to it that there were such requests.</summary>
    /// <param name="pattern">Which.</param>
    /// <param name="times">How many; null for at least one.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>The requests.</returns>
    /// <exception cref="EwsImVerificationException">There were not; the message shows those that come nearest.</exception>
    public async Task<IReadOnlyList<ReceivedRequest>> ShouldHaveReceivedAsync(RequestPattern pattern, int? times = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        var all = await ReadAsync(cancellation).ConfigureAwait(false);
        await CheckOperationAsync(pattern, all, cancellation).ConfigureAwait(false);
        var found = all.Where(request => pattern.DifferencesOf(request).Count == 0).ToList();
        if (times is null ? found.Count > 0 : found.Count == times)
            return found;
        throw new EwsImVerificationException(Explain(pattern, times, found, all));
    }

    /// <summary>Sees to it that an operation was not asked for.</summary>
    /// <exception cref="EwsImVerificationException">It was.</exception>
    public Task ShouldNotHaveReceivedAsync(string operation, CancellationToken cancellation = default) => ShouldHaveReceivedAsync(operation, 0, cancellation);

    /// <summary>Sees to it that there were no such requests.</summary>
    /// <exception cref="EwsImVerificationException">There were.</exception>
    public Task ShouldNotHaveReceivedAsync(RequestPattern pattern, CancellationToken cancellation = default) => ShouldHaveReceivedAsync(pattern, 0, cancellation);

    /// <summary>Waits for a request that is answered, or has failed, and of which something is true. One that came before counts too; see <see cref="RequestPattern.After"/>.</summary>
    /// <param name="predicate">What.</param>
    /// <param name="timeout">How long to wait; null for five seconds.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <param name="text">The predicate's words, for the message; the compiler's to give.</param>
    /// <exception cref="EwsImVerificationException">None came in time; the message shows what came.</exception>
    public Task<ReceivedRequest> WaitForAsync(
        Func<ReceivedRequest, bool> predicate, TimeSpan? timeout = null, CancellationToken cancellation = default, [CallerArgumentExpression(nameof(predicate))] string text = "") =>
        WaitForAsync(new RequestPattern { Where = predicate, WhereText = text }, timeout, cancellation);

    /// <summary>Waits for such a request, answered or failed. One that came before counts too; see <see cref="RequestPattern.After"/>.</summary>
    /// <param name="pattern">Which.</param>
    /// <param name="timeout">How long to wait; null for five seconds.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="EwsImVerificationException">None came in time; the message shows those that come nearest.</exception>
    public Task<ReceivedRequest> WaitForAsync(RequestPattern pattern, TimeSpan? timeout = null, CancellationToken cancellation = default) =>
        WaitAsync(pattern, request => request.State != Arrived, timeout, cancellation);

    /// <summary>Waits for such a request, as soon as it is known what it asks for, though it is not answered yet.</summary>
    /// <param name="pattern">Which.</param>
    /// <param name="timeout">How long to wait; null for five seconds.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="EwsImVerificationException">None came in time; the message shows those that come nearest.</exception>
    public Task<ReceivedRequest> WaitForArrivalAsync(RequestPattern pattern, TimeSpan? timeout = null, CancellationToken cancellation = default) =>
        WaitAsync(pattern, request => request.State != Arrived || request.Operation is not null, timeout, cancellation);

    private async Task<ReceivedRequest> WaitAsync(RequestPattern pattern, Func<ReceivedRequest, bool> isRipe, TimeSpan? timeout, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        var patience = timeout ?? DefaultTimeout;
        var started = Stopwatch.GetTimestamp();
        var journal = await _realm.SendAsync<Extract>(HttpMethod.Get, "journal?bodies=true", null, cancellation).ConfigureAwait(false);
        await CheckOperationAsync(pattern, journal.Entries, cancellation).ConfigureAwait(false);
        while (true)
        {
            if (journal.Entries.FirstOrDefault(request => isRipe(request) && pattern.DifferencesOf(request).Count == 0) is { } found)
                return found;
            var left = patience == Timeout.InfiniteTimeSpan ? LongestWait : patience - Stopwatch.GetElapsedTime(started);
            if (left <= TimeSpan.Zero)
                throw new EwsImVerificationException($"Within {patience.TotalMilliseconds.ToString(CultureInfo.InvariantCulture)} ms, {Lowered(Explain(pattern, null, [], journal.Entries))}");
            journal = await WaitForChangeAsync(journal, left < LongestWait ? left : LongestWait, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>The journal as soon as it has changed; as it is, where it has not in time.</summary>
    private async Task<Extract> WaitForChangeAsync(Extract journal, TimeSpan left, CancellationToken cancellation)
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"journal/wait?bodies=true&count=0&version={journal.Version}&timeoutMilliseconds={Math.Ceiling(left.TotalMilliseconds)}");
        var (status, text) = await _realm.Control.TrySendAsync(_realm.Name, HttpMethod.Get, path, null, cancellation).ConfigureAwait(false);
        return status switch
        {
            200 => ControlClient.Read<Extract>(text),
            504 => journal,
            _ => throw new EwsImServerException(_realm.Control.Detail(status, text)),
        };
    }

    /// <summary>A misspelled operation would be sought in vain, and found missing with pleasure; the service knows their names.</summary>
    private Task CheckOperationAsync(RequestPattern pattern, IReadOnlyList<ReceivedRequest> all, CancellationToken cancellation) =>
        pattern.Operation is not { } operation || all.Any(request => request.Operation == operation)
            ? Task.CompletedTask
            : _realm.SendAsync(HttpMethod.Get, "journal/count?operation=" + Uri.EscapeDataString(operation), null, cancellation);

    private static string Lowered(string sentence) => char.ToLowerInvariant(sentence[0]) + sentence[1..];

    private static string Explain(RequestPattern pattern, int? times, List<ReceivedRequest> found, IReadOnlyList<ReceivedRequest> all)
    {
        var message = new StringBuilder($"Expected {(times is null ? "at least one request" : times == 0 ? "no request" : $"exactly {times}")}: {pattern}; there {(found.Count == 1 ? "was 1" : $"were {found.Count}")} among {all.Count}.");
        foreach (var request in found.Take(MostShown))
            message.AppendLine().Append("  ").Append(request);
        if (found.Count > MostShown)
            message.AppendLine().Append(CultureInfo.InvariantCulture, $"  and {found.Count - MostShown} more");
        var misses = all.Except(found).Select(request => (Request: request, Differences: pattern.DifferencesOf(request))).OrderBy(miss => miss.Differences.Count).ThenByDescending(miss => miss.Request.Id).Take(MostShown).ToList();
        if (misses.Count > 0 && times != 0)
            message.AppendLine().Append("The nearest that came:");
        foreach (var (request, differences) in misses.Where(_ => times != 0))
            message.AppendLine().Append("  ").Append(request).Append(" — ").AppendJoin(", ", differences.Count == 0 ? ["not answered yet"] : differences);
        return message.ToString();
    }

    private sealed record Extract(long Version, IReadOnlyList<ReceivedRequest> Entries);
}
