using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;

namespace Ews.ImService.Tests;

/// <summary>The program in a separate process, as users start it.</summary>
internal sealed partial class ServiceProcess : IAsyncDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();
    private readonly TaskCompletionSource<Uri> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServiceProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, e) => AddLine(_output, e.Data);
        process.ErrorDataReceived += (_, e) => AddLine(_errors, e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Output => Text(_output);

    public string[] OutputLines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Gets the lines of a service that was terminated, without the first one and the two of the shutdown.</summary>
    public IReadOnlyList<string> RequestLines =>
        OutputLines[1..^2].Where(line => !line.Contains(" was slow: ", StringComparison.Ordinal)).ToList();

    public string Errors => Text(_errors);

    /// <summary>
    /// Gets the command that starts the program: the value of the environment variable EWS_IM_TEST_PROGRAM or, without it, the program
    /// of this build. A published program starts three times as fast.
    /// </summary>
    public static IReadOnlyList<string> Command { get; } =
        Environment.GetEnvironmentVariable("EWS_IM_TEST_PROGRAM") is { Length: > 0 } program
            ? [program]
            : ["dotnet", Path.Combine(AppContext.BaseDirectory, "Ews.ImService.dll")];

    /// <summary>Gets the command for a script of a shell.</summary>
    public static string InShell => string.Join(' ', Command.Select(part => $"'{part}'"));

    /// <summary>Starts the service on a free port and waits until it is ready.</summary>
    public static Task<(ServiceProcess Process, HttpClient Client)> StartAsync(TemporaryDirectory directory, params string[] arguments) =>
        StartAsync(directory, [], arguments);

    /// <inheritdoc cref="StartAsync(TemporaryDirectory, string[])"/>
    public static Task<(ServiceProcess Process, HttpClient Client)> StartAsync(
        TemporaryDirectory directory, Dictionary<string, string> environment, params string[] arguments) =>
        ReadyAsync(Launch(directory, environment, ["--urls", "http://127.0.0.1:0", .. arguments]));

    /// <summary>Starts a recorder on a free port and waits until it is ready.</summary>
    public static Task<(ServiceProcess Process, HttpClient Client)> StartRecorderAsync(
        TemporaryDirectory directory, TestService server, params string[] arguments)
    {
        string[] command = ["record", "--urls", "http://127.0.0.1:0", "--to", server.Client.BaseAddress!.ToString(), .. arguments];
        return ReadyAsync(Launch(directory, environment: null, command));
    }

    /// <summary>Starts the service with a limit on the size of its files, which has the effect of a full disk.</summary>
    public static Task<(ServiceProcess Process, HttpClient Client)> StartWithFileLimitAsync(
        TemporaryDirectory directory, int kilobytes, params string[] arguments)
    {
        var script = $"ulimit -f {kilobytes}; exec \"$@\"";
        string[] command = ["-c", script, "bash", .. Command, "--urls", "http://127.0.0.1:0", .. arguments];
        return ReadyAsync(Launch("bash", directory, new() { ["DOTNET_EnableWriteXorExecute"] = "0" }, command));
    }

    /// <summary>Starts a command that does not end by itself.</summary>
    public static ServiceProcess StartCommand(
        TemporaryDirectory directory, string[] arguments, Dictionary<string, string>? environment = null) =>
        Launch(directory, environment, arguments);

    /// <summary>Runs the program until it exits.</summary>
    public static Task<(int ExitCode, string Output, string Errors)> RunAsync(
        TemporaryDirectory directory, string[] arguments, Dictionary<string, string>? environment = null) =>
        ExitedAsync(Launch(directory, environment, arguments));

    /// <summary>Runs the program, with a file or folder as its standard input, until it exits.</summary>
    public static Task<(int ExitCode, string Output, string Errors)> RunWithInputAsync(
        TemporaryDirectory directory, string input, params string[] arguments) =>
        ExitedAsync(Launch("bash", directory, environment: null, ["-c", "exec \"$@\" <\"$0\"", input, .. Command, .. arguments]));

    private static async Task<(int ExitCode, string Output, string Errors)> ExitedAsync(ServiceProcess started)
    {
        await using var service = started;
        await service._process.WaitForExitAsync().WaitAsync(Timeout);
        return (service._process.ExitCode, service.Output, service.Errors);
    }

    /// <summary>Runs a script of bash, in which <c>ews-im</c> is the program of this build and the directory the home.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunInBashAsync(
        TemporaryDirectory directory, string script, Dictionary<string, string>? environment = null)
    {
        // Written by the shell: a file that this process has open, or that a child process inherits, cannot be executed.
        const string Prepare = """
            printf '%s\n' '#!/bin/sh' "exec $0 \"\$@\"" >"$HOME/ews-im"
            chmod +x "$HOME/ews-im"

            """;
        var variables = new Dictionary<string, string>(environment ?? [])
        {
            ["HOME"] = directory.Path,
            ["PATH"] = $"{directory.Path}:{Environment.GetEnvironmentVariable("PATH")}",
        };
        await using var bash = Launch("bash", directory, variables, ["-c", "set -euo pipefail\n" + Prepare + script, InShell]);
        await bash._process.WaitForExitAsync().WaitAsync(Timeout);
        return (bash._process.ExitCode, bash.Output, bash.Errors);
    }

    /// <summary>Posts an EWS request.</summary>
    /// <returns>The body of the response.</returns>
    public static async Task<string> PostAsync(HttpClient client, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8);
        content.Headers.ContentType = new MediaTypeHeaderValue("text/xml");
        using var response = await client.PostAsync((Uri?)null, content);
        return await response.Content.ReadAsStringAsync();
    }

    /// <summary>Returns the files that the process has mapped to its memory, on Linux.</summary>
    public string[] MappedFiles() => File.ReadAllLines($"/proc/{_process.Id}/maps");

    /// <summary>Sends SIGKILL.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Ends the standard input of the process.</summary>
    public void CloseInput() => _process.StandardInput.Close();

    /// <summary>Ends the standard input of the process, and waits until it exits.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> EndInputAsync()
    {
        CloseInput();
        return await WaitForExitAsync();
    }

    /// <summary>Waits until the process exits.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> WaitForExitAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Timeout);
        return _process.ExitCode;
    }

    /// <summary>Waits until the output has a number of lines, or the errors do, if the process writes them.</summary>
    public async Task WaitForLinesAsync(int output, int errors = 0)
    {
        using var timeout = new CancellationTokenSource(Timeout);
        while (OutputLines.Length < output || Errors.Count(c => c == '\n') < errors)
        {
            _process.HasExited.Should().BeFalse($"the process waits: {Errors}");
            await Task.Delay(10, timeout.Token);
        }
    }

    /// <summary>Sends SIGTERM.</summary>
    /// <returns>The exit code.</returns>
    public Task<int> TerminateAsync() => SignalAsync("TERM");

    /// <summary>Sends SIGINT, as Ctrl+C does.</summary>
    /// <returns>The exit code.</returns>
    public Task<int> InterruptAsync() => SignalAsync("INT");

    /// <summary>Sends a signal, without waiting for its effect.</summary>
    public void Send(string signal)
    {
        using var kill = Process.Start("kill", ["-" + signal, _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    private Task<int> SignalAsync(string signal)
    {
        Send(signal);
        return WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
    }

    private static async Task<(ServiceProcess Process, HttpClient Client)> ReadyAsync(ServiceProcess service)
    {
        var exited = service._process.WaitForExitAsync();
        if (await Task.WhenAny(service._ready.Task, exited).WaitAsync(Timeout) == exited)
            throw new InvalidOperationException($"The service exited: {service.Errors}{service.Output}");
        return (service, new HttpClient { BaseAddress = await service._ready.Task });
    }

    private static ServiceProcess Launch(TemporaryDirectory directory, Dictionary<string, string>? environment, string[] arguments) =>
        Launch(Command[0], directory, environment, [.. Command.Skip(1), .. arguments]);

    private static ServiceProcess Launch(
        string file, TemporaryDirectory directory, Dictionary<string, string>? environment, string[] arguments)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            WorkingDirectory = directory.Path,
            RedirectStandardInput = true,
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

    private void AddLine(StringBuilder lines, string? line)
    {
        if (line is null)
            return;
        lock (lines)
            lines.AppendLine(line);
        if (Url().Match(line) is { Success: true } url)
            _ready.TrySetResult(new Uri(url.Value));
    }
}
