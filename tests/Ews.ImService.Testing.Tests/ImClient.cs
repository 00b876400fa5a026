using System.Net.Http.Headers;
using System.Security;
using System.Text;

namespace Ews.ImService.Testing.Tests;

/// <summary>A minimal EWS client, as in the project of a user of the package. It uses only a URL and a mailbox address.</summary>
internal sealed class ImClient(HttpClient http, Uri url, string mailbox)
{
    public ImClient(EwsImRealm realm, string mailbox)
        : this(realm.CreateClient(), realm.Url, mailbox)
    {
    }

    public Task<string> AddImGroupAsync(string displayName) =>
        SendAsync("AddImGroup", $"<m:DisplayName>{SecurityElement.Escape(displayName)}</m:DisplayName>");

    public Task<string> AddNewImContactToGroupAsync(string imAddress) =>
        SendAsync("AddNewImContactToGroup", $"<m:ImAddress>{SecurityElement.Escape(imAddress)}</m:ImAddress>");

    public Task<string> GetImItemListAsync() => SendAsync("GetImItemList", "");

    /// <summary>Sends a request and returns the response body, regardless of its status.</summary>
    public async Task<string> SendAsync(string operation, string content)
    {
        using var response = await PostAsync(operation, content);
        return await response.Content.ReadAsStringAsync();
    }

    /// <summary>Sends a request and returns the HTTP response.</summary>
    public async Task<HttpResponseMessage> PostAsync(
        string operation = "GetImItemList", string content = "", CancellationToken cancellationToken = default)
    {
        var envelope = $"""
            <s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"
                        xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types"
                        xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages">
              <s:Header><t:RequestServerVersion Version="Exchange2013"/></s:Header>
              <s:Body><m:{operation}>{content}</m:{operation}></s:Body>
            </s:Envelope>
            """;
        var credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{mailbox}:secret"));
        using var request = new HttpRequestMessage(HttpMethod.Post, url);
        request.Content = new StringContent(envelope, Encoding.UTF8, "text/xml");
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", credentials);
        return await http.SendAsync(request, cancellationToken);
    }
}
