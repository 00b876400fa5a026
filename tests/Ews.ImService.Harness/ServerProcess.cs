using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Ews.ImService.Harness;

/// <summary>A server in a process of its own, on a free port of the loopback address.</summary>
public sealed class ServerProcess : IDisposable
{
    private const int FirstPort = 12000;

    /// <summary>The first port that Linux assigns by default; other systems begin at higher numbers.</summary>
    private const int FirstAssignedPort = 32768;

    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(30);
    private static readonly ConcurrentDictionary<ServerProcess, bool> Running = [];

    private readonly Process _process;
    private readonly string _errorFile;

    private ServerProcess(Process process, int port, string errorFile) => (_process, Port, _errorFile) = (process, port, errorFile);

    /// <summary>Gets the process id.</summary>
    public int Id => _process.Id;

    /// <summary>Gets the port.</summary>
    public int Port { get; }

    /// <summary>Gets a value that indicates whether the process has exited.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>Gets the root URL.</summary>
    public Uri Url => new($"http://127.0.0.1:{Port}/");

    /// <summary>Gets the CPU time that the process has used.</summary>
    public TimeSpan CpuTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Gets the resident memory in bytes.</summary>
    public long ResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>Kills all servers that are running.</summary>
    public static void KillAll()
    {
        foreach (var server in Running.Keys)
            server.Kill();
    }

    /// <summary>Returns a free port of the loopback address.</summary>
    /// <remarks>
    /// It is not one of the ports that systems assign to clients and to servers that listen on port 0: another process could receive
    /// such a port before the server listens on it.
    /// </remarks>
    public static int FreePort()
    {
        while (true)
        {
            using var listener = new TcpListener(IPAddress.Loopback, Random.Shared.Next(FirstPort, FirstAssignedPort));
            try
            {
                listener.Start();
                return ((IPEndPoint)listener.LocalEndpoint).Port;
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                continue;
            }
        }
    }

    /// <summary>Starts a process without waiting for it.</summary>
    /// <param name="program">The program.</param>
    /// <param name="arguments">The arguments, which contain <paramref name="port"/>.</param>
    /// <param name="environment">Environment variables to add.</param>
    /// <param name="port">The port on which the server will listen.</param>
    /// <param name="folder">The working folder, which receives the error output.</param>
    /// <param name="outputFile">The file that receives standard output; by default it is discarded, as a test run in CI does.</param>
    public static ServerProcess Start(
        string program,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string> environment,
        int port,
        string folder,
        string outputFile = "/dev/null")
    {
        var errorFile = Path.Combine(folder, $"errors-{port}.txt");

        // The shell replaces itself by the program, so that the process is the server.
        string[] command = ["-c", $"exec \"$@\" >'{outputFile}' 2>'{errorFile}'", "sh", program, .. arguments];
        var start = new ProcessStartInfo("/bin/sh", command) { WorkingDirectory = folder };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        var server = new ServerProcess(Process.Start(start)!, port, errorFile);
        Running[server] = true;
        return server;
    }

    /// <summary>Waits until the server accepts connections.</summary>
    /// <returns>A client of the server.</returns>
    public EwsClient WaitUntilListening()
    {
        Connect().Dispose();
        return new EwsClient(Url);
    }

    /// <summary>Waits until the server accepts connections.</summary>
    /// <returns>The first connection.</returns>
    public Socket Connect()
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                socket.Connect(IPAddress.Loopback, Port);
                return socket;
            }
            catch (SocketException e)
            {
                socket.Dispose();
                if (_process.HasExited || Stopwatch.GetElapsedTime(started) > StartTimeout)
                    throw new RunException($"A server did not start ({e.Message}): {ReadErrors()}");
            }

            Thread.Sleep(1);
        }
    }

    /// <summary>Sends SIGTERM and waits for the end of the process.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", Id.ToString(CultureInfo.InvariantCulture)]);
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    /// <summary>Returns the error output.</summary>
    public string ReadErrors() => File.Exists(_errorFile) ? File.ReadAllText(_errorFile) : "";

    /// <summary>Kills the process and waits for its end.</summary>
    public void Dispose()
    {
        if (!Running.TryRemove(this, out _))
            return;
        Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private void Kill()
    {
        if (!_process.HasExited)
            _process.Kill();
    }
}
