using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace Ews.ImService.Testing;

/// <summary>Waits for a request of a realm.</summary>
/// <param name="realm">The realm.</param>
/// <param name="pattern">The pattern of the request.</param>
/// <param name="isComplete">Returns <c>true</c> if the part of a request that is waited for is complete; otherwise, <c>false</c>.</param>
internal sealed class JournalWait(EwsImRealm realm, RequestPattern pattern, Func<JournalEntry, bool> isComplete)
{
    /// <summary>The default of the time to wait.</summary>
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(5);

    /// <summary>The longest wait of one control call.</summary>
    private static readonly TimeSpan MaxTimeout = TimeSpan.FromMinutes(10);

    /// <summary>Returns the first request that matches, when it is complete.</summary>
    /// <exception cref="EwsImVerificationException">The timeout expired.</exception>
    /// <exception cref="EwsImServerException">The realm was deleted, or the service cannot be reached.</exception>
    public async Task<JournalEntry> WaitAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var journal = await realm.Journal.ReadAsync(cancellationToken).ConfigureAwait(false);
        await realm.Journal.VerifyOperationAsync(pattern, journal.Entries, cancellationToken).ConfigureAwait(false);
        while (true)
        {
            if (journal.Entries.FirstOrDefault(request => isComplete(request) && pattern.DifferencesOf(request).Count == 0) is { } found)
                return found;
            var left = timeout == Timeout.InfiniteTimeSpan ? MaxTimeout : timeout - Stopwatch.GetElapsedTime(started);
            if (left <= TimeSpan.Zero)
            {
                var explanation = VerificationMessage.Create(pattern, null, [], journal);
                throw new EwsImVerificationException(
                    string.Create(CultureInfo.InvariantCulture, $"The timeout of {timeout.TotalMilliseconds} ms expired. {explanation}"));
            }

            journal = await WaitForChangeAsync(journal, left < MaxTimeout ? left : MaxTimeout, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Returns the journal as soon as it changes, or the same page when the timeout expires.</summary>
    private async Task<JournalPage> WaitForChangeAsync(JournalPage journal, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var path = string.Create(
            CultureInfo.InvariantCulture,
            $"journal/wait?bodies=true&count=0&version={journal.Version}&timeoutMilliseconds={Math.Ceiling(timeout.TotalMilliseconds)}");
        var response = await realm.TryGetFromExistingAsync(path, cancellationToken, timeout).ConfigureAwait(false);
        if (response.Status == (int)HttpStatusCode.GatewayTimeout)
            return journal;
        if (response.IsMissing)
            throw new EwsImServerException($"The realm '{realm.Name}' was deleted.");
        return response.Succeeded
            ? response.Read(ContractJson.Default.JournalPage)
            : throw ControlClient.Failure(HttpMethod.Get, path, response);
    }
}
