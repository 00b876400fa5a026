using System.Text;

namespace Ews.ImService.Testing.Tests.Examples;

internal sealed class MinimalClient(HttpClient http)
{
    public async Task<string> AddImGroupAsync(string smtpAddress, string displayName)
    {
        var body = $"""
            <s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"
                        xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types"
                        xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages">
              <s:Header>
                <t:RequestServerVersion Version="Exchange2013"/>
                <t:ExchangeImpersonation>
                  <t:ConnectingSID><t:PrimarySmtpAddress>{smtpAddress}</t:PrimarySmtpAddress></t:ConnectingSID>
                </t:ExchangeImpersonation>
              </s:Header>
              <s:Body><m:AddImGroup><m:DisplayName>{displayName}</m:DisplayName></m:AddImGroup></s:Body>
            </s:Envelope>
            """;
        using var response = await http.PostAsync((Uri?)null, new StringContent(body, Encoding.UTF8, "text/xml"));
        return await response.Content.ReadAsStringAsync();
    }
}
