using System.Globalization;

namespace Ews.ImService.Reliability;

/// <summary>The extent of a run, the service that it attacks, and its figures.</summary>
/// <param name="run">The name of the run.</param>
/// <param name="options">The options of the command line.</param>
/// <param name="service">The folder of the published service.</param>
/// <param name="folder">An empty folder for databases and logs.</param>
internal sealed class RunContext(string run, ReliabilityOptions options, string service, string folder)
{
    private static readonly Dictionary<string, string> NoVariables = [];

    private readonly List<Figure> _figures = [];

    /// <summary>Gets the extent of the run.</summary>
    public RunMode Mode => options.Mode;

    /// <summary>Gets the number from which all random choices derive.</summary>
    public int Seed => options.Seed;

    /// <summary>Gets the number of the only case to run, or <c>null</c> for all.</summary>
    public long? OnlyCase => options.OnlyCase;

    /// <summary>Gets the name of the load balancer in front of several instances, or <c>null</c> for the first that is installed.</summary>
    public string? Balancer => options.Balancer;

    /// <summary>Gets the folder for databases and logs.</summary>
    public string Folder => folder;

    /// <summary>Gets the program of the service.</summary>
    public string Program { get; } = Repository.ServiceProgram(service);

    /// <summary>Gets the figures of the run.</summary>
    public IReadOnlyList<Figure> Figures => _figures;

    /// <summary>Returns the value for the extent of the run.</summary>
    public T Select<T>(T quick, T normal, T @long) => Mode switch
    {
        RunMode.Quick => quick,
        RunMode.Normal => normal,
        _ => @long,
    };

    /// <summary>Returns the path of a file in the folder of the run.</summary>
    public string FilePath(string name) => Path.Combine(folder, name);

    /// <summary>Adds a figure to the results.</summary>
    /// <param name="quantity">The quantity, with its unit.</param>
    /// <param name="value">The value, formatted with the invariant culture.</param>
    public void Add(string quantity, IFormattable value)
    {
        var figure = new Figure(run, quantity, value.ToString(null, CultureInfo.InvariantCulture));
        _figures.Add(figure);
        Report($"{figure.Quantity}: {figure.Value}");
    }

    /// <summary>Writes a line about the progress.</summary>
    public void Report(string line) => Progress.Report($"{run}: {line}");

    /// <summary>Starts the service on a free port, without waiting for it. Its log is the file <c>log-PORT.txt</c> in the folder.</summary>
    /// <param name="database">The database file.</param>
    /// <param name="arguments">Further arguments.</param>
    public ServerProcess StartService(string database, params string[] arguments) =>
        Start(Program, [], NoVariables, database, arguments);

    /// <summary>Starts the service on a port, without waiting for it.</summary>
    /// <param name="port">The port.</param>
    /// <param name="database">The database.</param>
    /// <param name="arguments">Further arguments.</param>
    public ServerProcess StartServiceOn(int port, string database, params string[] arguments) =>
        Start(port, Program, [], NoVariables, database, arguments);

    /// <summary>Starts the service with a limit on the size of its files, which has the effect of a full disk.</summary>
    /// <param name="database">The database file.</param>
    /// <param name="kilobytes">The limit in kilobytes.</param>
    /// <param name="arguments">Further arguments.</param>
    public ServerProcess StartServiceWithFileLimit(string database, int kilobytes, params string[] arguments)
    {
        var script = string.Create(CultureInfo.InvariantCulture, $"ulimit -f {kilobytes}; exec \"$@\"");

        // The runtime maps code twice, through a file that is larger than the limit.
        var variables = new Dictionary<string, string> { ["DOTNET_EnableWriteXorExecute"] = "0" };
        return Start("bash", ["-c", script, "bash", Program], variables, database, arguments);
    }

    /// <summary>Starts the service with a limit of its managed heap.</summary>
    /// <param name="database">The database file.</param>
    /// <param name="bytes">The limit in bytes.</param>
    /// <param name="arguments">Further arguments.</param>
    public ServerProcess StartServiceWithHeapLimit(string database, long bytes, params string[] arguments)
    {
        var limit = bytes.ToString("X", CultureInfo.InvariantCulture);
        return Start(Program, [], new Dictionary<string, string> { ["DOTNET_GCHeapHardLimit"] = limit }, database, arguments);
    }

    /// <summary>Starts the service with a standard output that another process keeps open but does not read.</summary>
    /// <param name="database">The database file.</param>
    public ServerProcess StartServiceWithStalledLog(string database)
    {
        const string Script = "exec \"$@\" > >(exec tail --pid=$$ -f /dev/null)"; // The reader ends with the service.
        return Start("bash", ["-c", Script, "bash", Program], NoVariables, database, []);
    }

    /// <summary>Returns the log of a service that was started by <see cref="StartService"/>.</summary>
    public string ReadLog(ServerProcess server) => File.ReadAllText(LogFile(server.Port));

    /// <summary>Returns the path of the log of a service that was started by <see cref="StartService"/>.</summary>
    public string LogFile(int port) => FilePath(string.Create(CultureInfo.InvariantCulture, $"log-{port}.txt"));

    private ServerProcess Start(
        string program, string[] first, Dictionary<string, string> variables, string database, IEnumerable<string> arguments) =>
        Start(ServerProcess.FreePort(), program, first, variables, database, arguments);

    private ServerProcess Start(
        int port, string program, string[] first, Dictionary<string, string> variables, string database, IEnumerable<string> arguments)
    {
        string[] all =
        [
            .. first, "--urls", string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"), "--db", database, .. arguments,
        ];
        return ServerProcess.Start(program, all, variables, port, folder, LogFile(port));
    }
}
