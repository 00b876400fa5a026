using System.Net.Http.Headers;
using System.Security;
using System.Text;

namespace Ews.ImService.Testing.Tests;

/// <summary>An EWS client such as users have: it knows a URL and whose mailbox it works on, and nothing of the stand-in.</summary>
internal sealed class ImClient(HttpClient http, Uri url, string mailbox)
{
    public ImClient(EwsImRealm realm, string mailbox)
        : this(realm.CreateHttpClient(), realm.Url, mailbox)
    {
    }

    public Task<string> AddImGroupAsync(string displayName) => SendAsync("AddImGroup", $"<m:DisplayName>{SecurityElement.Escape(displayName)}</m:DisplayName>");

    public Task<string> AddNewImContactToGroupAsync(string imAddress) => SendAsync("AddNewImContactToGroup", $"<m:ImAddress>{SecurityElement.Escape(imAddress)}</m:ImAddress>");

    public Task<string> GetImItemListAsync() => SendAsync("GetImItemList", "");

    /// <summary>Sends a request and returns the answer's text, whatever its status.</summary>
    public async Task<string> SendAsync(string operation, string content)
    {
        using var response = await PostAsync(operation, content);
        return await response.Content.ReadAsStringAsync();
    }

    /// <summary>Sends a request and returns the answer as HTTP has it.</summary>
    public async Task<HttpResponseMessage> PostAsync(string operation = "GetImItemList", string content = "", CancellationToken cancellation = default)
    {
        var envelope = $"""
            <s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types" xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages">
            <s:Header><t:RequestServerVersion Version="Exchange2013"/></s:Header><s:Body><m:{operation}>{content}</m:{operation}></s:Body></s:Envelope>
            """;
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent(envelope, Encoding.UTF8, "text/xml") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{mailbox}:secret")));
        return await http.SendAsync(request, cancellation);
    }
}
