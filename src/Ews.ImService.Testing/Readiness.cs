using System.Diagnostics;
using System.Globalization;

namespace Ews.ImService.Testing;

/// <summary>Waits until a server is ready.</summary>
internal static class Readiness
{
    /// <summary>The default of the time to wait.</summary>
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan ResponseTimeout = TimeSpan.FromSeconds(5);

    /// <summary>The time that an attempt has at least, so that the reason of the last one is meaningful.</summary>
    private static readonly TimeSpan MinResponseTimeout = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(50);

    /// <summary>Waits until a server is ready.</summary>
    /// <exception cref="EwsImServerException">The timeout expired.</exception>
    public static async Task WaitAsync(ControlClient control, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var left = timeout == Timeout.InfiniteTimeSpan ? ResponseTimeout : timeout - Stopwatch.GetElapsedTime(started);
            var limit = left > ResponseTimeout ? ResponseTimeout : left < MinResponseTimeout ? MinResponseTimeout : left;
            if (await FindReasonAsync(control, limit, cancellationToken).ConfigureAwait(false) is not { } reason)
                return;
            if (timeout != Timeout.InfiniteTimeSpan && Stopwatch.GetElapsedTime(started) >= timeout)
            {
                throw new EwsImServerException(string.Create(
                    CultureInfo.InvariantCulture, $"The server was not ready within {timeout.TotalMilliseconds} ms. {reason}"));
            }

            await Task.Delay(RetryInterval, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<string?> FindReasonAsync(ControlClient control, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(limit);
        try
        {
            return await control.FindReasonNotReadyAsync(timeout.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"The server at {control.Root} does not respond.";
        }
    }
}
