using System.Globalization;

namespace Ews.ImService.Inspector.Tests.Browser;

/// <summary>The service in a separate process, which can be killed and started again with the same port and database.</summary>
internal sealed class RestartableService : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ews-imservice-").FullName;
    private readonly int _port = ServerProcess.FreePort();
    private ServerProcess? _process;

    /// <summary>Gets a connection to the service.</summary>
    public EwsImServer Server => EwsImServer.Attach(new Uri(Url));

    private string Url => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_port}");

    /// <summary>Starts the service and waits until it is ready.</summary>
    public async Task StartAsync()
    {
        var program = Path.Combine(AppContext.BaseDirectory, "ews-imservice", "Ews.ImService.dll");
        string[] arguments = [program, "--urls", Url, "--db", "mailboxes.db"];
        _process = ServerProcess.Start("dotnet", arguments, new Dictionary<string, string>(), _port, _folder);
        _process.WaitUntilListening().Dispose();
        await Server.Journal.GetEntriesAsync();
    }

    /// <summary>Kills the service.</summary>
    public void Kill() => _process!.Dispose();

    public void Dispose()
    {
        _process?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
