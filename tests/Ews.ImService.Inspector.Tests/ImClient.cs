using System.Text;

namespace Ews.ImService.Inspector.Tests;

/// <summary>An EWS client of a realm.</summary>
internal sealed class ImClient(EwsImRealm realm, string mailbox = Mailboxes.Default)
{
    private readonly HttpClient _http = realm.CreateClient();

    /// <summary>Calls an operation and returns the body of the response, regardless of its status.</summary>
    public Task<string> CallAsync(string operation) => PostAsync(Requests.Envelope(operation, mailbox));

    /// <summary>Posts a body and returns that of the response, regardless of its status.</summary>
    public async Task<string> PostAsync(string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "text/xml");
        using var response = await _http.PostAsync((Uri?)null, content);
        return await response.Content.ReadAsStringAsync();
    }
}
