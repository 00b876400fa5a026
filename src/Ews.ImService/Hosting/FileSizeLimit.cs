using System.Runtime.InteropServices;

namespace Ews.ImService.Hosting;

/// <summary>The limit of the operating system on the size of the files of a process.</summary>
internal static class FileSizeLimit
{
    /// <summary>SIGXFSZ of Linux and macOS, which ends a process that reaches the limit.</summary>
    private const PosixSignal Signal = (PosixSignal)25;

    /// <summary>Keeps the process running at the limit: its writes fail, as on a full disk.</summary>
    /// <returns>An object to be disposed when the signal shall end the process again, or <c>null</c> on Windows.</returns>
    public static PosixSignalRegistration? IgnoreSignal() =>
        OperatingSystem.IsWindows() ? null : PosixSignalRegistration.Create(Signal, context => context.Cancel = true);
}
