using System.Runtime.InteropServices;

namespace Ews.ImService.Commands;

/// <summary>Cancels a token when Ctrl+C or a termination signal is received, instead of the process.</summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _interrupted = new();
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _termination;

    public Interruption() => (_interrupt, _termination) =
        (PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel));

    /// <summary>Gets the token.</summary>
    public CancellationToken Token => _interrupted.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        _interrupt.Dispose();
        _termination.Dispose();
        _interrupted.Dispose();
    }

    private void Cancel(PosixSignalContext context)
    {
        context.Cancel = true;
        _interrupted.Cancel();
    }
}
