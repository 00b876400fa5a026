namespace Ews.ImService.Reliability.Storage;

/// <summary>The files of a service in trouble.</summary>
/// <param name="database">The database file.</param>
internal sealed class TroubledFiles(string database)
{
    private Task _command = Task.CompletedTask;

    /// <summary>Gets the database file.</summary>
    public string Database => database;

    /// <summary>Gets the write-ahead log of the database.</summary>
    public string Log => database + "-wal";

    /// <summary>Gets the folder of the database.</summary>
    public string Folder => Path.GetDirectoryName(database)!;

    /// <summary>Gets the path of another file in the folder.</summary>
    public string Other => Path.Combine(Folder, "other");

    /// <summary>Starts a command of the shell, which ends the trouble even if this program is killed.</summary>
    public Task StartAsync(string command)
    {
        _command = Shell.RunAsync(command);
        return Task.CompletedTask;
    }

    /// <summary>Waits for the end of the command.</summary>
    public Task WaitAsync() => _command;
}
