using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Ews.ImService.Benchmarks.Load;

/// <summary>Waits until one of several sockets is readable, with the call <c>poll</c> of the operating system.</summary>
/// <remarks>One thread then serves all connections without the thread pool, whose work would compete with the measured server.</remarks>
internal sealed partial class PollSet
{
    private const short Readable = 1;
    private const int Interrupted = 4;

    private readonly PollDescriptor[] _descriptors;

    public PollSet(IReadOnlyList<Socket> sockets) =>
        _descriptors = [.. sockets.Select(socket => new PollDescriptor { File = (int)socket.Handle, Events = Readable })];

    /// <summary>Waits until a socket is readable or closed.</summary>
    /// <returns><c>false</c> if the time has elapsed; otherwise, <c>true</c>.</returns>
    public bool Wait(TimeSpan timeout)
    {
        while (true)
        {
            var ready = Poll(_descriptors, (nuint)_descriptors.Length, (int)timeout.TotalMilliseconds);
            if (ready >= 0)
                return ready > 0;
            if (Marshal.GetLastPInvokeError() is not Interrupted and var error)
                throw new InvalidOperationException($"poll failed with error {error}.");
        }
    }

    /// <summary>Returns <c>true</c> if the last wait found a socket readable or closed; otherwise, <c>false</c>.</summary>
    public bool IsReady(int index) => _descriptors[index].Results != 0;

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Poll([In, Out] PollDescriptor[] descriptors, nuint count, int timeoutMilliseconds);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollDescriptor
    {
        public int File;
        public short Events;
        public short Results;
    }
}
