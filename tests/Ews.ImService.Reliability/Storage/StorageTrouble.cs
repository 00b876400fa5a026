using System.Collections.Immutable;
using Microsoft.Data.Sqlite;

namespace Ews.ImService.Reliability.Storage;

/// <summary>A trouble with the database of a running service. docs/decisions/0024-storage-trouble.md has the rules.</summary>
/// <param name="Name">The name in the figures.</param>
/// <param name="Writes">The responses to writes during the trouble.</param>
/// <param name="Recovery">The way back.</param>
internal sealed record StorageTrouble(string Name, WriteOutcome Writes, Recovery Recovery)
{
    /// <summary>Gets all troubles.</summary>
    public static ImmutableArray<StorageTrouble> All { get; } =
    [
        new("full disk", WriteOutcome.Rejected, Recovery.AtEnd)
        {
            NeedsFileSystem = true,
            BeginAsync = files => Shell.RunAsync( // ext4 reserves more blocks than it needs until data are on the disk.
                $"for i in 1 2 3 4; do cat /dev/zero >> '{files.Other}' 2>&1; sync -f '{files.Folder}'; done; test -s '{files.Other}'"),
            EndAsync = files => Shell.RunAsync($"rm '{files.Other}'"),
        },
        new("immutable files", WriteOutcome.Rejected, Recovery.AtEnd)
        {
            NeedsFileSystem = true,
            BeginAsync = files => Shell.RunAsync($"chattr +i '{files.Database}' '{files.Log}'"),
            EndAsync = files => Shell.RunAsync($"chattr -i '{files.Database}' '{files.Log}'"),
        },
        new("disk that stops for 6 s", WriteOutcome.Unknown, Recovery.AtEnd)
        {
            NeedsFileSystem = true,
            Duration = TimeSpan.FromSeconds(6),
            BeginAsync = files => files.StartAsync($"fsfreeze -f '{files.Folder}' && sleep 6 && fsfreeze -u '{files.Folder}'"),
            EndAsync = files => files.WaitAsync(),
        },
        new("slow disk, which stops for 1 s three times", WriteOutcome.Accepted, Recovery.AtEnd)
        {
            NeedsFileSystem = true,
            Duration = TimeSpan.FromSeconds(3),
            BeginAsync = files => files.StartAsync(
                $"for i in 1 2 3; do fsfreeze -f '{files.Folder}' && sleep 1 && fsfreeze -u '{files.Folder}' && sleep 0.2; done"),
            EndAsync = files => files.WaitAsync(),
        },
        new("another process that tries to lock the database", WriteOutcome.Accepted, Recovery.AtEnd)
        {
            Duration = TimeSpan.FromSeconds(2),
            BeginAsync = files => Task.Run(() => TryLock(files.Database)),
        },
        new("deleted database", WriteOutcome.Rejected, Recovery.AfterRestart)
        {
            BeginAsync = files => Task.Run(() => File.Delete(files.Database)),
        },
        new("moved database, until it is back", WriteOutcome.Rejected, Recovery.AtEnd)
        {
            BeginAsync = files => Task.Run(() => File.Move(files.Database, files.Other)),
            EndAsync = files => Task.Run(() => File.Move(files.Other, files.Database)),
        },
        new("database replaced by another file", WriteOutcome.Rejected, Recovery.AfterRestart)
        {
            BeginAsync = files => Task.Run(() =>
            {
                File.Copy(files.Database, files.Other);
                File.Move(files.Other, files.Database, overwrite: true);
            }),
        },
        new("truncated database", WriteOutcome.Rejected, Recovery.AfterRestart)
        {
            BeginAsync = files => File.WriteAllBytesAsync(files.Database, []),
        },
        new("database overwritten by a text", WriteOutcome.Rejected, Recovery.AnotherFile)
        {
            BeginAsync = files => File.WriteAllTextAsync(files.Database, "a text"),
        },
        new("deleted write-ahead log", WriteOutcome.Accepted, Recovery.AtEnd)
        {
            BeginAsync = files => Task.Run(() => File.Delete(files.Log)),
        },
    ];

    /// <summary>Gets a value that indicates whether the trouble needs a file system of its own.</summary>
    public bool NeedsFileSystem { get; init; }

    /// <summary>Gets the time for which clients read and write during the trouble.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Gets the method that begins the trouble.</summary>
    public required Func<TroubledFiles, Task> BeginAsync { get; init; }

    /// <summary>Gets the method that ends the trouble.</summary>
    public Func<TroubledFiles, Task> EndAsync { get; init; } = _ => Task.CompletedTask;

    private static void TryLock(string database)
    {
        using var connection = new SqliteConnection($"Data Source={database};Pooling=false;Default Timeout=1");
        try
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "BEGIN EXCLUSIVE";
            command.ExecuteNonQuery();
        }
        catch (SqliteException e) when (e.SqliteErrorCode == SQLitePCL.raw.SQLITE_BUSY)
        {
            return;
        }

        throw new RunException("Another process locked the database of the running service.");
    }
}

/// <summary>The responses to writes during a trouble.</summary>
internal enum WriteOutcome
{
    /// <summary>Every write succeeds.</summary>
    Accepted,

    /// <summary>Every write fails with an EWS error, and is not stored.</summary>
    Rejected,

    /// <summary>A write may fail with an EWS error although it is stored.</summary>
    Unknown,
}

/// <summary>The way back to normal.</summary>
internal enum Recovery
{
    /// <summary>Writes succeed as soon as the trouble ends.</summary>
    AtEnd,

    /// <summary>The service must be restarted.</summary>
    AfterRestart,

    /// <summary>The service must be restarted with another file.</summary>
    AnotherFile,
}
