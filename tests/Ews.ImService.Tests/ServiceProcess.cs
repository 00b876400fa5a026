using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace Ews.ImService.Tests;

/// <summary>The program as users start it: a process of its own.</summary>
internal sealed partial class ServiceProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();
    private readonly TaskCompletionSource<Uri> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServiceProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, e) => Note(_output, e.Data);
        process.ErrorDataReceived += (_, e) => Note(_errors, e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Output => Text(_output);

    public string Errors => Text(_errors);

    /// <summary>Starts it and waits for its URL.</summary>
    public static Task<(ServiceProcess Process, HttpClient Client)> StartAsync(TemporaryDirectory directory, params string[] arguments) =>
        ReadyAsync(Launch(directory, null, ["--urls", "http://127.0.0.1:0", .. arguments]));

    /// <summary>Starts it so that the system refuses to let any file of its grow beyond a size, as a full disk does.</summary>
    public static Task<(ServiceProcess Process, HttpClient Client)> StartWithFileLimitAsync(TemporaryDirectory directory, int kilobytes, params string[] arguments)
    {
        string[] command = ["-c", $"trap '' XFSZ; ulimit -f {kilobytes}; exec dotnet \"$@\"", "bash", Program, "--urls", "http://127.0.0.1:0", .. arguments];
        return ReadyAsync(Launch("bash", directory, new() { ["DOTNET_EnableWriteXorExecute"] = "0" }, command));
    }

    /// <summary>Runs it until it ends by itself.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(
        TemporaryDirectory directory, string[] arguments, Dictionary<string, string>? environment = null)
    {
        await using var service = Launch(directory, environment, arguments);
        await service._process.WaitForExitAsync().WaitAsync(Patience);
        return (service._process.ExitCode, service.Output, service.Errors);
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>What Ctrl+C and a container's stop do.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
    }

    private static string Program => Path.Combine(AppContext.BaseDirectory, "Ews.ImService.dll");

    private static async Task<(ServiceProcess Process, HttpClient Client)> ReadyAsync(ServiceProcess service)
    {
        var exited = service._process.WaitForExitAsync();
        if (await Task.WhenAny(service._ready.Task, exited).WaitAsync(Patience) == exited)
            throw new InvalidOperationException($"The service ended: {service.Errors}{service.Output}");
        return (service, new HttpClient { BaseAddress = await service._ready.Task });
    }

    private static ServiceProcess Launch(TemporaryDirectory directory, Dictionary<string, string>? environment, string[] arguments) =>
        Launch("dotnet", directory, environment, [Program, .. arguments]);

    private static ServiceProcess Launch(string file, TemporaryDirectory directory, Dictionary<string, string>? environment, string[] arguments)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            WorkingDirectory = directory.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment ?? [])
            start.Environment[name] = value;
        return new ServiceProcess(Process.Start(start)!);
    }

    private static string Text(StringBuilder lines)
    {
        lock (lines)
            return lines.ToString();
    }

    [GeneratedRegex(@"http://\S+?\.asmx")]
    private static partial Regex Url();

    private void Note(StringBuilder lines, string? line)
    {
        if (line is null)
            return;
        lock (lines)
            lines.AppendLine(line);
        if (Url().Match(line) is { Success: true } url)
            _ready.TrySetResult(new Uri(url.Value));
    }
}
