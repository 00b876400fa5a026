using System.Runtime.InteropServices;

namespace Ews.ImService.Commands.Journal;

/// <summary>The process that reads the standard output, such as <c>head</c> in <c>ews-im tail | head</c>.</summary>
internal static partial class OutputReader
{
    private const int StandardOutput = 1;
    private const int Interrupted = 4; // EINTR
    private const short Error = 0x8; // POLLERR
    private const short HangUp = 0x10; // POLLHUP

    private static readonly CancellationTokenSource Ended = new();

    /// <summary>Starts to watch the reader. .NET ignores writes after its end.</summary>
    /// <returns>A token that is canceled when the reader has ended; never on Windows, or if the output is a file or a terminal.</returns>
    public static CancellationToken Watch()
    {
        if (!OperatingSystem.IsWindows() && Console.IsOutputRedirected)
            new Thread(Wait) { IsBackground = true, Name = nameof(OutputReader) }.Start();
        return Ended.Token;
    }

    private static void Wait()
    {
        var output = new PolledFile { Descriptor = StandardOutput };
        int count;
        do
            count = Poll(ref output, 1, timeout: -1);
        while (count < 0 && Marshal.GetLastPInvokeError() == Interrupted);
        if (count > 0 && (output.ReturnedEvents & (Error | HangUp)) != 0)
            Ended.Cancel();
    }

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Poll(ref PolledFile files, nuint count, int timeout);

    /// <summary>The structure <c>pollfd</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct PolledFile
    {
        public int Descriptor;
        public short RequestedEvents;
        public short ReturnedEvents;
    }
}
