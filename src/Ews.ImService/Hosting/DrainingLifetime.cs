using System.Runtime.InteropServices;
using Ews.ImService.Logging;

namespace Ews.ImService.Hosting;

/// <summary>
/// Stops the service some time after a termination signal, in which a load balancer observes that the service is not ready. A second
/// signal, and Ctrl+C, stop it at once.
/// </summary>
/// <param name="application">The lifetime of the application.</param>
/// <param name="drainTime">The time after the signal.</param>
/// <param name="log">The log.</param>
internal sealed class DrainingLifetime(IHostApplicationLifetime application, TimeSpan drainTime, ILogger<DrainingLifetime> log)
    : IHostLifetime, IDisposable
{
    private readonly List<PosixSignalRegistration> _signals = [];
    private int _terminations;

    /// <summary>Gets a value that indicates whether the service will stop, and should receive no new requests.</summary>
    public bool IsDraining => Volatile.Read(ref _terminations) > 0;

    /// <inheritdoc/>
    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        _signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnTerminated));
        _signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, OnInterrupted));
        _signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGQUIT, OnInterrupted));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public void Dispose() => _signals.ForEach(signal => signal.Dispose());

    private void OnTerminated(PosixSignalContext signal)
    {
        if (Interlocked.Increment(ref _terminations) > 1)
        {
            OnInterrupted(signal);
            return;
        }

        signal.Cancel = true;
        HostLog.Draining(log, drainTime.TotalSeconds);
        _ = StopLaterAsync();
    }

    private void OnInterrupted(PosixSignalContext signal)
    {
        signal.Cancel = true;
        application.StopApplication();
    }

    private async Task StopLaterAsync()
    {
        await Task.Delay(drainTime, application.ApplicationStopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        application.StopApplication();
    }
}
