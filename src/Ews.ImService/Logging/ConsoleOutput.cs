using System.Diagnostics;
using System.Text;

namespace Ews.ImService.Logging;

/// <summary>Writes texts to the standard output stream on its own thread; texts that wait are written together.</summary>
/// <remarks>
/// No text is dropped: if more than <see cref="MaxWaiting"/> texts wait for a slow reader, callers wait as well, until
/// <see cref="BeginStop"/>: a request that waits would keep its connection, and thereby the process, alive. Texts that wait are written
/// when the service stops and when its process exits, including an exit that an unhandled exception causes. They are lost if the process
/// is killed, or if the reader does not read them within <see cref="StopTimeout"/>: it must not keep the process alive.
/// </remarks>
internal sealed class ConsoleOutput : IAsyncDisposable
{
    /// <summary>The maximum number of texts that wait.</summary>
    public const int MaxWaiting = 8192;

    /// <summary>The maximum time that the texts that wait have until the output is stopped.</summary>
    public static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(.25);

    private const int BufferSize = 16 * 1024;

    private readonly object _lock = new();
    private readonly TextWriter _writer;
    private readonly TextWriter _errors;
    private readonly Thread _thread;
    private readonly TimeSpan _stopTimeout;
    private List<string> _waiting = [];
    private bool _isWriting;
    private bool _isStopping;
    private bool _isStopped;

    /// <summary>Starts an output to the standard output stream.</summary>
    public ConsoleOutput()
        : this(OpenConsole(), Console.Error, StopTimeout)
    {
    }

    /// <summary>Starts an output to another writer.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="errors">Receives the reason why texts cannot be written.</param>
    /// <param name="stopTimeout">The maximum time that the texts that wait have until the output is stopped.</param>
    internal ConsoleOutput(TextWriter writer, TextWriter errors, TimeSpan stopTimeout)
    {
        (_writer, _errors, _stopTimeout) = (writer, errors, stopTimeout);
        AppDomain.CurrentDomain.ProcessExit += OnExit;
        AppDomain.CurrentDomain.UnhandledException += OnExit;
        _thread = new Thread(Run) { IsBackground = true, Name = "log" };
        _thread.Start();
    }

    /// <summary>Adds a text, which ends with a line break.</summary>
    public void Write(string text)
    {
        lock (_lock)
        {
            while (_waiting.Count >= MaxWaiting && !_isStopping)
                Monitor.Wait(_lock);
            _waiting.Add(text);
            if (_isStopped)
                WriteWaiting();
            else if (_waiting.Count == 1)
                Monitor.PulseAll(_lock);
        }
    }

    /// <summary>Ends the waiting of callers: from now on, any number of texts can wait.</summary>
    public void BeginStop()
    {
        lock (_lock)
        {
            _isStopping = true;
            Monitor.PulseAll(_lock);
        }
    }

    /// <summary>Writes the texts that wait, and stops the thread. A text that is added later is written at once.</summary>
    public ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnExit;
        AppDomain.CurrentDomain.UnhandledException -= OnExit;
        Stop();
        return default;
    }

    /// <summary>Opens the stream with the encoding of the console, but without the buffer of 256 characters of its writer.</summary>
    private static StreamWriter OpenConsole()
    {
        var encoding = Console.OutputEncoding;
        return new StreamWriter(Console.OpenStandardOutput(), encoding is UTF8Encoding ? new UTF8Encoding(false) : encoding, BufferSize);
    }

    private void OnExit(object? sender, EventArgs e) => Stop();

    /// <summary>Stops the thread, and waits until it has written the texts, unless the reader of the stream stalls.</summary>
    private void Stop()
    {
        var elapsed = Stopwatch.StartNew();
        lock (_lock)
        {
            _isStopping = _isStopped = true;
            Monitor.PulseAll(_lock);
            while ((_waiting.Count > 0 || _isWriting) && Thread.CurrentThread != _thread) // The thread itself can end the process.
            {
                var remaining = _stopTimeout - elapsed.Elapsed;
                if (remaining <= TimeSpan.Zero || !Monitor.Wait(_lock, remaining))
                    return;
            }
        }
    }

    private void Run()
    {
        var texts = new List<string>();
        while (true)
        {
            lock (_lock)
            {
                _isWriting = false;
                Monitor.PulseAll(_lock);
                while (_waiting.Count == 0 && !_isStopped)
                    Monitor.Wait(_lock);
                if (_waiting.Count == 0)
                    return;
                (_waiting, texts) = (texts, _waiting);
                _isWriting = true;
                Monitor.PulseAll(_lock);
            }

            Write(texts);
            texts.Clear();
        }
    }

    /// <summary>Writes the texts that wait, once the thread writes none.</summary>
    private void WriteWaiting()
    {
        while (_isWriting)
            Monitor.Wait(_lock);
        Write(_waiting);
        _waiting.Clear();
    }

    private void Write(List<string> texts)
    {
        try
        {
            foreach (var text in texts)
                _writer.Write(text);
            _writer.Flush();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) // The latter: the output was closed at the start.
        {
            Report($"{texts.Count} log events cannot be written: {e.Message}");
        }
    }

    private void Report(string error)
    {
        try
        {
            _errors.WriteLine(error);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Both streams end on one full disk, or are closed, and there is no third. The service continues without a log.
        }
    }
}
