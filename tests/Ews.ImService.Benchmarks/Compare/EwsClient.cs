using System.Text;
using Ews.ImService.Benchmarks.Load;

namespace Ews.ImService.Benchmarks.Compare;

/// <summary>Prepares and verifies a server, outside the measurements.</summary>
internal sealed class EwsClient(Uri url) : IDisposable
{
    private const string Snapshot = "_control/v1/snapshots/initial";

    private readonly HttpClient _http = new() { BaseAddress = url };

    public void Dispose() => _http.Dispose();

    /// <summary>Calls an operation and returns the response.</summary>
    public Task<string> CallAsync(string operation, string mailbox) =>
        SendAsync(HttpMethod.Post, Requests.EwsPath.TrimStart('/'), Requests.Envelope(operation, mailbox));

    /// <summary>Returns the number of groups that users added to a mailbox.</summary>
    public async Task<int> CountGroupsAsync(string mailbox)
    {
        var list = await CallAsync(Requests.GetImItemList, mailbox);
        return list.AsSpan().Count("IPM.DistList.MOC.UserGroup");
    }

    /// <summary>Replaces all mailboxes of the service.</summary>
    public Task SeedAsync(IEnumerable<object> mailboxes) => SendAsync(HttpMethod.Put, "_control/v1/seed", Mailboxes.Seed(mailboxes));

    /// <summary>Takes a snapshot of all mailboxes of the service.</summary>
    public Task TakeSnapshotAsync() => SendAsync(HttpMethod.Put, Snapshot, "");

    /// <summary>Restores the snapshot.</summary>
    public Task RestoreSnapshotAsync() => SendAsync(HttpMethod.Post, Snapshot + "/restore", "");

    /// <summary>Sends a request and returns the body of the response.</summary>
    public async Task<string> SendAsync(HttpMethod method, string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, path.StartsWith('_') ? "application/json" : "text/xml");
        using var request = new HttpRequestMessage(method, path) { Content = content };
        using var response = await _http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode
            ? text
            : throw new BenchmarkException($"{method} {path} failed with status {(int)response.StatusCode}: {text}");
    }
}
