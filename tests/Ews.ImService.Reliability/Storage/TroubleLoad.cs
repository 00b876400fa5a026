using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Ews.ImService.Reliability.Storage;

/// <summary>Clients that add groups to a mailbox and read its list, and remember the responses.</summary>
/// <param name="url">The root URL of the service.</param>
/// <param name="prefix">The beginning of the names of groups.</param>
internal sealed class TroubleLoad(Uri url, string prefix) : IDisposable
{
    private const int Writers = 4;
    private const int Readers = 2;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly HttpClient _http = new() { BaseAddress = url };
    private readonly ConcurrentDictionary<string, bool> _accepted = new();
    private readonly ConcurrentDictionary<string, bool> _absent = new();
    private readonly Lock _lock = new();
    private int _names;
    private int _reads;
    private int _rejected;

    /// <summary>Gets the number of successful reads.</summary>
    public int Reads => _reads;

    /// <summary>Gets the number of accepted writes.</summary>
    public int Accepted => _accepted.Count;

    /// <summary>Gets the number of rejected writes.</summary>
    public int Rejected => _rejected;

    /// <summary>Gets the time of the longest response.</summary>
    public TimeSpan LongestResponse { get; private set; }

    public void Dispose() => _http.Dispose();

    /// <summary>Reads and writes for a time.</summary>
    /// <exception cref="RunException">A response is not the expected one.</exception>
    public Task RunAsync(TimeSpan duration, WriteOutcome expected)
    {
        var started = Stopwatch.GetTimestamp();
        return Task.WhenAll([
            .. Enumerable.Range(0, Writers).Select(_ => RepeatAsync(() => WriteAsync(expected))),
            .. Enumerable.Range(0, Readers).Select(_ => RepeatAsync(ReadAsync)),
        ]);

        async Task RepeatAsync(Func<Task> request)
        {
            while (Stopwatch.GetElapsedTime(started) < duration)
            {
                await request();
                await Task.Delay(Pause);
            }
        }
    }

    /// <summary>Adds a group.</summary>
    /// <exception cref="RunException">The write failed although it must succeed.</exception>
    public async Task WriteAsync(bool mustSucceed)
    {
        if (!await WriteAsync(WriteOutcome.Unknown) && mustSucceed)
            throw new RunException("A write failed without trouble.");
    }

    /// <summary>Writes until a write is accepted.</summary>
    /// <returns>The time that has elapsed.</returns>
    /// <exception cref="RunException">No write was accepted in time.</exception>
    public async Task<TimeSpan> WaitForAcceptedWriteAsync(TimeSpan limit)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await WriteAsync(WriteOutcome.Unknown))
        {
            if (Stopwatch.GetElapsedTime(started) > limit)
                throw new RunException($"No write was accepted within {limit.TotalSeconds} s of the end of the trouble.");
        }

        return Stopwatch.GetElapsedTime(started);
    }

    /// <summary>Reads the list.</summary>
    /// <returns>The names of the groups.</returns>
    /// <exception cref="RunException">The read failed.</exception>
    public async Task<HashSet<string>> ReadAsync()
    {
        var (code, response) = await SendAsync(Requests.GetImItemList);
        if (code != "NoError")
            throw new RunException($"A read failed: {response}");
        Interlocked.Increment(ref _reads);
        return [.. response.Descendants().Where(element => element.Name.LocalName == "ImGroup")
            .Select(group => group.Elements().Single(element => element.Name.LocalName == "DisplayName").Value)];
    }

    /// <summary>Verifies that a list contains every accepted write, and none that was rejected without having been executed.</summary>
    /// <exception cref="RunException">A write is lost, or a rejected one is stored.</exception>
    public void VerifyPresent(HashSet<string> groups)
    {
        if (_accepted.Keys.FirstOrDefault(name => !groups.Contains(name)) is { } lost)
            throw new RunException($"The acknowledged group '{lost}' is lost.");
        if (_absent.Keys.FirstOrDefault(groups.Contains) is { } present)
            throw new RunException($"The rejected group '{present}' is stored.");
    }

    private async Task<bool> WriteAsync(WriteOutcome expected)
    {
        var name = prefix + Interlocked.Increment(ref _names).ToString(CultureInfo.InvariantCulture);
        var (code, response) = await SendAsync(Requests.AddImGroup(name));
        var isAccepted = code == "NoError";
        if (!isAccepted && code != "ErrorInternalServerError")
            throw new RunException($"The response to a write is not the expected error: {response}");
        if (isAccepted ? expected == WriteOutcome.Rejected : expected == WriteOutcome.Accepted)
            throw new RunException($"A write was {(isAccepted ? "accepted" : "rejected")}: {response}");
        if (isAccepted)
        {
            _accepted[name] = true;
            return true;
        }

        Interlocked.Increment(ref _rejected);
        if (expected == WriteOutcome.Rejected)
            _absent[name] = true;
        return false;
    }

    /// <summary>Sends a request, and verifies that the response is an EWS response.</summary>
    private async Task<(string Code, XDocument Response)> SendAsync(string operation)
    {
        using var content = new StringContent(Requests.Envelope(operation, Mailboxes.Default), Encoding.UTF8, "text/xml");
        var started = Stopwatch.GetTimestamp();
        using var response = await _http.PostAsync(new Uri(Requests.EwsPath, UriKind.Relative), content);
        var text = await response.Content.ReadAsStringAsync();
        var elapsed = Stopwatch.GetElapsedTime(started);
        lock (_lock)
            LongestResponse = elapsed > LongestResponse ? elapsed : LongestResponse;
        try
        {
            var document = XDocument.Parse(text);
            return (document.Descendants().First(element => element.Name.LocalName == "ResponseCode").Value, document);
        }
        catch (Exception e) when (e is XmlException or InvalidOperationException)
        {
            throw new RunException($"A response with status {(int)response.StatusCode} is not an EWS response: {text}");
        }
    }
}
