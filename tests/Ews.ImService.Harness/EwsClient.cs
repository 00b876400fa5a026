using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Ews.ImService.Harness;

/// <summary>Prepares and verifies a server, outside the measurements.</summary>
/// <param name="url">The root URL of the server.</param>
/// <param name="token">The token of the control API, or <c>null</c> if it requires none.</param>
public sealed class EwsClient(Uri url, string? token = null) : IDisposable
{
    /// <summary>The path that lists the mailboxes with the numbers of their groups.</summary>
    public const string MailboxesPath = "_control/v1/mailboxes";

    /// <summary>The path that restores the snapshot.</summary>
    public const string RestorePath = Snapshot + "/restore";

    private const string Snapshot = "_control/v1/snapshots/initial";

    private readonly HttpClient _http = new() { BaseAddress = url };

    public void Dispose() => _http.Dispose();

    /// <summary>Calls an operation and returns the response.</summary>
    public Task<string> CallAsync(string operation, string mailbox) =>
        SendAsync(HttpMethod.Post, Requests.EwsPath.TrimStart('/'), Requests.Envelope(operation, mailbox));

    /// <summary>Returns the number of groups in the list of a mailbox.</summary>
    public async Task<int> CountGroupsAsync(string mailbox) =>
        (await CallAsync(Requests.GetImItemList, mailbox)).AsSpan().Count("<ImGroup>");

    /// <summary>Returns the number of groups in each mailbox.</summary>
    public async Task<IReadOnlyDictionary<string, int>> CountGroupsAsync()
    {
        using var json = JsonDocument.Parse(await SendAsync(HttpMethod.Get, MailboxesPath, ""));
        return json.RootElement.GetProperty("mailboxes").EnumerateArray().ToDictionary(
            mailbox => mailbox.GetProperty("smtpAddress").GetString()!,
            mailbox => mailbox.GetProperty("groups").GetInt32());
    }

    /// <summary>Replaces all mailboxes of the service.</summary>
    public Task SeedAsync(IEnumerable<object> mailboxes) => SendAsync(HttpMethod.Put, "_control/v1/seed", Mailboxes.Seed(mailboxes));

    /// <summary>Takes a snapshot of all mailboxes of the service.</summary>
    public Task TakeSnapshotAsync() => SendAsync(HttpMethod.Put, Snapshot, "");

    /// <summary>Restores the snapshot.</summary>
    public Task RestoreSnapshotAsync() => SendAsync(HttpMethod.Post, RestorePath, "");

    /// <summary>Sends a request and returns the body of the response.</summary>
    public async Task<string> SendAsync(HttpMethod method, string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, path.StartsWith('_') ? "application/json" : "text/xml");
        using var request = new HttpRequestMessage(method, path) { Content = method == HttpMethod.Get ? null : content };
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await _http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode
            ? text
            : throw new RunException($"{method} {path} failed with status {(int)response.StatusCode}: {text}");
    }
}
