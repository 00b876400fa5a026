using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Ews.ImService.Reliability.Instances;

/// <summary>Clients that add groups and read lists during trouble, measure each response, and do not give up.</summary>
/// <param name="url">The root URL of the load balancer.</param>
internal sealed class FailoverProbes(Uri url)
{
    private const int Count = 8;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan RecoveryTimeout = TimeSpan.FromSeconds(60);

    private readonly Lock _lock = new();
    private readonly HashSet<string>[] _acknowledged = [.. Enumerable.Range(0, Count).Select(_ => new HashSet<string>())];
    private int _requests;
    private int _errors;
    private int _interrupted;
    private int _writes;
    private int _names;

    /// <summary>Gets or sets a value that indicates whether a request can lose its instance, and receive no response of EWS.</summary>
    public bool MayBeInterrupted { get; set; }

    /// <summary>Gets the number of requests.</summary>
    public int Requests => _requests;

    /// <summary>Gets the number of responses that were errors of EWS.</summary>
    public int Errors => _errors;

    /// <summary>Gets the number of requests without a response of EWS.</summary>
    public int Interrupted => _interrupted;

    /// <summary>Gets the number of acknowledged writes.</summary>
    public int Acknowledged => _writes;

    /// <summary>Gets the time of the longest response.</summary>
    public TimeSpan LongestResponse { get; private set; }

    /// <summary>Writes and reads with all clients.</summary>
    /// <exception cref="RunException">A response is not one of EWS, or a list does not contain an acknowledged write.</exception>
    public Task RunAsync(CancellationToken stop) =>
        Task.WhenAll(Enumerable.Range(0, Count).Select(number => Task.Run(() => RunAsync(number, stop), CancellationToken.None)));

    /// <summary>Waits until as many writes as there are clients were acknowledged.</summary>
    /// <param name="running">The task of the clients.</param>
    /// <exception cref="RunException">Writes were not acknowledged in time.</exception>
    public async Task WaitForWritesAsync(Task running)
    {
        var (started, writes) = (Stopwatch.GetTimestamp(), _writes + Count);
        while (_writes < writes && !running.IsCompleted)
        {
            if (Stopwatch.GetElapsedTime(started) > RecoveryTimeout)
                throw new RunException($"Writes do not succeed {RecoveryTimeout.TotalSeconds} s after the end of the trouble.");
            await Task.Delay(1);
        }
    }

    /// <summary>Verifies that all acknowledged writes are present.</summary>
    /// <exception cref="RunException">A write is lost.</exception>
    public async Task VerifyAsync()
    {
        MayBeInterrupted = false;
        using var http = new HttpClient { BaseAddress = url };
        for (var number = 0; number < Count; number++)
        {
            if (!await ReadAsync(http, number))
                throw new RunException("A read failed after the end of the trouble.");
        }
    }

    private static string Mailbox(int number) => string.Create(CultureInfo.InvariantCulture, $"probe{number}@contoso.com");

    private async Task RunAsync(int number, CancellationToken stop)
    {
        using var http = new HttpClient { BaseAddress = url };
        while (!stop.IsCancellationRequested)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"Group {Interlocked.Increment(ref _names)};");
            if (await SendAsync(http, Harness.Requests.AddImGroup(name), number) is not null)
            {
                _acknowledged[number].Add(name);
                Interlocked.Increment(ref _writes);
            }

            await ReadAsync(http, number);
            await Task.Delay(Pause, CancellationToken.None);
        }
    }

    /// <summary>Reads a list, which must contain every acknowledged write.</summary>
    /// <returns><c>false</c> if the read failed.</returns>
    private async Task<bool> ReadAsync(HttpClient http, int number)
    {
        if (await SendAsync(http, Harness.Requests.GetImItemList, number) is not { } list)
            return false;
        return _acknowledged[number].FirstOrDefault(name => !list.Contains($">{name}<", StringComparison.Ordinal)) is { } lost
            ? throw new RunException($"The acknowledged group '{lost}' of {Mailbox(number)} is lost: {list}")
            : true;
    }

    /// <summary>Sends a request, and measures its response.</summary>
    /// <returns>The response, or <c>null</c> if the request failed.</returns>
    private async Task<string?> SendAsync(HttpClient http, string operation, int number)
    {
        Interlocked.Increment(ref _requests);
        using var content = new StringContent(Harness.Requests.Envelope(operation, Mailbox(number)), Encoding.UTF8, "text/xml");
        var started = Stopwatch.GetTimestamp();
        var (status, text) = (0, "no response");
        try
        {
            using var response = await http.PostAsync(new Uri(Harness.Requests.EwsPath, UriKind.Relative), content);
            (status, text) = ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
        }
        catch (HttpRequestException e)
        {
            text = e.Message;
        }

        var elapsed = Stopwatch.GetElapsedTime(started);
        lock (_lock)
            LongestResponse = elapsed > LongestResponse ? elapsed : LongestResponse;
        switch (ReadResponseCode(text))
        {
            case "NoError":
                return text;
            case null when !MayBeInterrupted:
                throw new RunException($"A response with status {status} is not one of EWS: {text}");
            case null:
                Interlocked.Increment(ref _interrupted);
                return null;
            default:
                Interlocked.Increment(ref _errors);
                return null;
        }
    }

    private static string? ReadResponseCode(string text)
    {
        try
        {
            return XDocument.Parse(text).Descendants().FirstOrDefault(element => element.Name.LocalName == "ResponseCode")?.Value;
        }
        catch (XmlException)
        {
            return null;
        }
    }
}
