using System.Diagnostics;

namespace Ews.ImService.Reliability.Storage;

/// <summary>Runs commands of the operating system.</summary>
internal static class Shell
{
    /// <summary>Runs a command.</summary>
    /// <exception cref="RunException">The command failed.</exception>
    public static async Task RunAsync(string command)
    {
        if (await TryRunAsync(command) is { } error)
            throw new RunException($"'{command}' failed: {error}");
    }

    /// <summary>Runs a command.</summary>
    /// <returns>The error, or <c>null</c>.</returns>
    public static async Task<string?> TryRunAsync(string command)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", command]) { RedirectStandardError = true, RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? null : $"{await output}{error}exit code {process.ExitCode}";
    }
}
