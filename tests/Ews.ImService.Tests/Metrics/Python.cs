using System.ComponentModel;
using System.Diagnostics;

namespace Ews.ImService.Tests.Metrics;

/// <summary>Python of the operating system, whose packages are installed with its package manager.</summary>
internal static class Python
{
    private const string Program = "/usr/bin/python3";

    /// <summary>Runs Python.</summary>
    /// <returns>The exit code; -1 if Python is not installed.</returns>
    public static int Run(params string[] arguments)
    {
        try
        {
            using var process = Process.Start(Start(arguments))!;
            process.WaitForExit();
            return process.ExitCode;
        }
        catch (Win32Exception)
        {
            return -1;
        }
    }

    /// <summary>Runs Python, and returns its output and errors.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        using var process = Process.Start(Start(arguments))!;
        var output = await process.StandardOutput.ReadToEndAsync() + await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output);
    }

    private static ProcessStartInfo Start(string[] arguments) =>
        new(Program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
}
