using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Ews.ImService.Harness;

/// <summary>A private PostgreSQL server, which tests/postgres/start starts, and removes when this process ends.</summary>
public sealed class PrivatePostgres : IDisposable
{
    /// <summary>The reason to skip a test where PostgreSQL is not installed.</summary>
    public const string SkipReason = "NOT TESTED: PostgreSQL is not installed.";

    /// <summary>The environment variable with the URL of a server that is running, as tests/postgres/start sets it.</summary>
    private const string UrlVariable = "EWS_IM_TEST_POSTGRES";

    private const string SystemDatabase = "postgres";

    private static readonly Lazy<string?> Programs = new(FindPrograms);
    private static readonly Lazy<PrivatePostgres> SharedServer = new(() =>
        Environment.GetEnvironmentVariable(UrlVariable) is { Length: > 0 } url ? new PrivatePostgres(null, new Uri(url)) : Start());

    private static int _lastDatabase;

    private readonly Process? _script;

    private PrivatePostgres(Process? script, Uri url) => (_script, Url) = (script, url);

    /// <summary>Gets a value that indicates whether PostgreSQL is installed.</summary>
    public static bool IsInstalled => Programs.Value is not null;

    /// <summary>Gets the server that the tests of this process share: that of the environment, or one that is started now.</summary>
    public static PrivatePostgres Shared => SharedServer.Value;

    /// <summary>Gets the URL of the server, with the password of its superuser.</summary>
    public Uri Url { get; }

    /// <summary>Gets the port of the loopback address.</summary>
    public int Port => Url.Port;

    /// <summary>Gets the name of the superuser.</summary>
    public string UserName => Url.UserInfo.Split(':')[0];

    /// <summary>Gets the password of the superuser.</summary>
    public string Password => Url.UserInfo.Split(':')[1];

    /// <summary>Starts a server, which a test can stop.</summary>
    /// <exception cref="RunException">The server did not start.</exception>
    public static PrivatePostgres Start()
    {
        var script = Process.Start(Redirected(StartScript()))!;
        return script.StandardOutput.ReadLine() is { } url
            ? new PrivatePostgres(script, new Uri(url))
            : throw new RunException("The private PostgreSQL did not start.");
    }

    /// <summary>Returns the connection string of a database.</summary>
    public string ConnectionString(string database) => string.Create(
        CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={Port};Database={database};Username={UserName};Password={Password}");

    /// <summary>Returns the URL of a database.</summary>
    public string UrlOf(string database) => new UriBuilder(Url) { Path = database }.Uri.AbsoluteUri;

    /// <summary>Creates a database with a name that no other test uses.</summary>
    /// <param name="template">The name of the database to copy, to which nothing is connected, or <c>null</c> for an empty one.</param>
    /// <returns>The name of the database.</returns>
    public string CreateDatabase(string? template = null)
    {
        var name = string.Create(
            CultureInfo.InvariantCulture, $"test_{Environment.ProcessId}_{Interlocked.Increment(ref _lastDatabase)}");
        Execute($"CREATE DATABASE {name} TEMPLATE {template ?? "template0"}");
        return name;
    }

    /// <summary>Deletes a database, and closes the connections to it.</summary>
    public void DropDatabase(string name) => Execute($"DROP DATABASE IF EXISTS {name} WITH (FORCE)");

    /// <summary>Executes SQL, and returns the values of the result: one row a line, with columns separated by <c>|</c>.</summary>
    /// <exception cref="RunException">The SQL failed.</exception>
    public string Execute(string sql, string database = SystemDatabase)
    {
        var psql = Path.Combine(Programs.Value ?? throw new RunException(SkipReason), "psql");
        using var process = Process.Start(Redirected(psql, "-X", "-A", "-t", "-q", "-v", "ON_ERROR_STOP=1", "-d", UrlOf(database)))!;
        var errors = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(sql);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output.TrimEnd('\n') : throw new RunException($"The SQL failed: {errors.Result}");
    }

    /// <summary>Closes all connections to a database, from the side of the server.</summary>
    public void CutConnections(string database) =>
        Execute($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database}'");

    /// <summary>Stops the server.</summary>
    /// <param name="asCrash"><c>true</c> to kill its processes, so that it recovers at the next start.</param>
    public void Stop(bool asCrash = false) => Command(asCrash ? "stop immediate" : "stop fast");

    /// <summary>Starts the server that was stopped, on the same port.</summary>
    public void StartAgain() => Command("start");

    /// <summary>Stops and removes the server, unless it is that of the environment.</summary>
    public void Dispose()
    {
        if (_script is null)
            return;
        _script.StandardInput.Close();
        _script.WaitForExit();
        _script.Dispose();
    }

    private static string StartScript() => Path.Combine(Repository.Folder(), "tests", "postgres", "start");

    private static string? FindPrograms()
    {
        try
        {
            using var script = Process.Start(Redirected(StartScript(), "--programs"))!;
            var folder = script.StandardOutput.ReadLine();
            script.WaitForExit();
            return script.ExitCode == 0 ? folder : null;
        }
        catch (Win32Exception)
        {
            return null; // The script needs bash.
        }
    }

    private static ProcessStartInfo Redirected(string program, params string[] arguments) => new(program, arguments)
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = program.EndsWith("psql", StringComparison.Ordinal),
    };

    private void Command(string line)
    {
        var script = _script ?? throw new RunException("The server of the environment is not stopped by a test.");
        script.StandardInput.WriteLine(line);
        script.StandardInput.Flush();
        if (script.StandardOutput.ReadLine() != "done")
            throw new RunException($"The private PostgreSQL did not {line}.");
    }
}
