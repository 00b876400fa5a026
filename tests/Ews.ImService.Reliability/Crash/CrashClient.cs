using System.Collections.Immutable;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;

namespace Ews.ImService.Reliability.Crash;

/// <summary>A client that sends one write after the other, and knows what the service must contain: a model of its mailboxes.</summary>
/// <param name="name">The name of the client in messages.</param>
/// <param name="realm">The realm of all requests.</param>
internal abstract class CrashClient(string name, string realm)
{
    /// <summary>The time after which the service rejects a write because the disk does not respond. Its outcome is unknown then.</summary>
    private static readonly TimeSpan SlowDiskTime = TimeSpan.FromSeconds(4);

    private Write? _pending;
    private volatile int _acknowledged;
    private volatile int _rejected;

    /// <summary>Gets the name of the client in messages.</summary>
    protected string Name => name;

    /// <summary>Gets the number of acknowledged writes.</summary>
    public int Acknowledged => _acknowledged;

    /// <summary>Gets the number of writes that the service rejected because of a full disk.</summary>
    public int Rejected => _rejected;

    /// <summary>Gets or sets the instances at which each acknowledged write is verified at once, in turn; by default none.</summary>
    public Func<Uri>? NextReader { get; set; }

    /// <summary>Gets the kinds of the acknowledged writes.</summary>
    public HashSet<string> Kinds { get; } = [];

    /// <summary>Gets the mailboxes with all acknowledged writes.</summary>
    protected ImmutableSortedDictionary<string, MailboxModel> Mailboxes { get; set; } =
        ImmutableSortedDictionary.Create<string, MailboxModel>(StringComparer.Ordinal);

    /// <summary>Writes until the service is killed.</summary>
    /// <param name="url">The root URL of the service.</param>
    /// <param name="condition">The condition of the service, which determines the responses that are expected.</param>
    /// <param name="stop">A token that ends the client after its current request.</param>
    /// <exception cref="RunException">The service rejected a valid write.</exception>
    public async Task WriteAsync(Uri url, ServiceCondition condition, CancellationToken stop)
    {
        using var http = NewHttpClient(url);
        OnStarting();
        while (!stop.IsCancellationRequested)
        {
            var write = _pending = Next();
            var started = Stopwatch.GetTimestamp();
            var response = await TrySendAsync(http, write.Method, write.Path, write.Body);
            if (response is not var (status, body))
                return; // The outcome is unknown until the next start.
            if (IsSuccess(status, body, out var document))
            {
                Mailboxes = write.Apply(Mailboxes, document);
                _pending = null;
                Kinds.Add(write.Kind);
                _acknowledged++;
                if (!await TryCompleteAsync(http, write))
                    return;
                if (NextReader is not null)
                    await VerifyAsync(NextReader());
            }
            else if (condition is ServiceCondition.Stopping or ServiceCondition.Unreliable
                || Stopwatch.GetElapsedTime(started) >= SlowDiskTime)
            {
                return;
            }
            else if (condition == ServiceCondition.FullDisk)
            {
                _rejected++;
                _pending = null;
            }
            else
            {
                var milliseconds = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
                throw new RunException(
                    $"{name}: {write.Kind} was rejected after {milliseconds:0} ms with status {status}: {write.Body} {body}");
            }
        }
    }

    /// <summary>Compares the mailboxes of the service with the model.</summary>
    /// <param name="url">The root URL of the service.</param>
    /// <returns>The fate of the write that was not acknowledged, or <c>null</c> if there was none.</returns>
    /// <exception cref="RunException">An acknowledged write is missing, or another write is present in part.</exception>
    public async Task<PendingWrite?> VerifyAsync(Uri url)
    {
        using var http = NewHttpClient(url);
        var actual = await ReadAsync(http);
        var (pending, difference) = (_pending, FindDifference(Mailboxes, actual));
        var isPresent = false;
        if (difference is not null && pending is not null)
            isPresent = FindDifference(pending.Apply(Mailboxes, null), actual) is null;
        if (difference is not null && !isPresent)
        {
            throw new RunException($"{name}: {difference}. " + (pending is null
                ? "Every write was acknowledged."
                : $"Not acknowledged: {pending.Kind} {pending.Body}. With it, "
                    + FindDifference(pending.Apply(Mailboxes, null), actual)));
        }

        Adopt(actual);
        _pending = null;
        return pending is null ? null : new PendingWrite(pending.Kind, isPresent);
    }

    /// <summary>Forgets what an earlier process of the service kept only in memory.</summary>
    protected virtual void OnStarting()
    {
    }

    /// <summary>Chooses the next write.</summary>
    protected abstract Write Next();

    /// <summary>Reads the mailboxes that the model describes.</summary>
    protected abstract Task<ImmutableSortedDictionary<string, MailboxModel>> ReadAsync(HttpClient http);

    /// <summary>Completes the model after an acknowledged write.</summary>
    /// <returns><c>false</c> if the service was killed in the meantime.</returns>
    protected virtual Task<bool> TryCompleteAsync(HttpClient http, Write write) => Task.FromResult(true);

    /// <summary>Replaces the model by equal mailboxes in which all ids are known.</summary>
    protected void Adopt(ImmutableSortedDictionary<string, MailboxModel> actual) => Mailboxes = actual
        .ToImmutableSortedDictionary(
            it => it.Key,
            it => Mailboxes.TryGetValue(it.Key, out var known) ? it.Value.WithChangeKeysOf(known) : it.Value,
            StringComparer.Ordinal);

    /// <summary>Reads one mailbox; <c>null</c> if it does not exist.</summary>
    protected static async Task<MailboxModel?> ReadMailboxAsync(HttpClient http, string address, string prefix)
    {
        using var response = await http.GetAsync(new Uri("_control/v1/mailboxes/" + address, UriKind.Relative));
        if (response.StatusCode == System.Net.HttpStatusCode.NotFound)
            return null;
        using var json = JsonDocument.Parse(await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync());
        return MailboxModel.Read(json.RootElement, prefix);
    }

    /// <summary>Returns the first difference between two sets of mailboxes, or <c>null</c>.</summary>
    private static string? FindDifference(
        ImmutableSortedDictionary<string, MailboxModel> expected, ImmutableSortedDictionary<string, MailboxModel> actual)
    {
        foreach (var address in expected.Keys.Union(actual.Keys))
        {
            if (!actual.TryGetValue(address, out var found))
                return $"the mailbox {address} is missing";
            if (!expected.TryGetValue(address, out var known))
                return $"the mailbox {address} is present";
            if (MailboxModel.FindDifference(known, found) is { } difference)
                return $"{address}: {difference}";
        }

        return null;
    }

    /// <summary>Returns <c>true</c> if every part of the request succeeded.</summary>
    private static bool IsSuccess(int status, string body, out XDocument? document)
    {
        document = null;
        if (status == 204)
            return true;
        if (status != 200)
            return false;
        document = XDocument.Parse(body);
        var codes = document.Descendants().Where(element => element.Name.LocalName == "ResponseCode").ToList();
        return codes.Count > 0 && codes.TrueForAll(code => code.Value == "NoError");
    }

    /// <returns>The status and the complete body, or <c>null</c> if the connection broke.</returns>
    private static async Task<(int Status, string Body)?> TrySendAsync(HttpClient http, HttpMethod method, string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, path == Requests.EwsPath ? "text/xml" : "application/json");
        using var request = new HttpRequestMessage(method, path.TrimStart('/')) { Content = body.Length > 0 ? content : null };
        try
        {
            using var response = await http.SendAsync(request);
            return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private HttpClient NewHttpClient(Uri url)
    {
        var http = new HttpClient { BaseAddress = url };
        if (realm.Length > 0)
            http.DefaultRequestHeaders.Add("X-Ews-Realm", realm);
        return http;
    }
}

/// <summary>The condition of a service under attack.</summary>
internal enum ServiceCondition
{
    /// <summary>Every valid write succeeds until the process is killed.</summary>
    Healthy,

    /// <summary>The service received SIGTERM: it may reject writes.</summary>
    Stopping,

    /// <summary>Writes may be rejected. A rejected write is not stored.</summary>
    FullDisk,

    /// <summary>The outcome of a rejected write is unknown: an instance or the database failed.</summary>
    Unreliable,
}

/// <summary>A write that was sent but not acknowledged.</summary>
/// <param name="Kind">The name of the operation or control call.</param>
/// <param name="IsPresent"><c>true</c> if it is stored; otherwise, <c>false</c>.</param>
internal sealed record PendingWrite(string Kind, bool IsPresent);
