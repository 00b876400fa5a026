using System.Globalization;
using System.Text;

namespace Ews.ImService.Harness;

/// <summary>Writes the requests of the comparison.</summary>
public static class Requests
{
    /// <summary>The path of the service.</summary>
    public const string EwsPath = "/EWS/Exchange.asmx";

    /// <summary>The content type of requests.</summary>
    public const string ContentType = "text/xml; charset=utf-8";

    /// <summary>The request that reads the IM list.</summary>
    public const string GetImItemList = "<m:GetImItemList/>";

    /// <summary>Returns the request that adds a group.</summary>
    public static string AddImGroup(string name) => $"<m:AddImGroup><m:DisplayName>{name}</m:DisplayName></m:AddImGroup>";

    /// <summary>Returns the request that adds a contact to the system group Other Contacts.</summary>
    public static string AddNewImContact(string address) =>
        $"<m:AddNewImContactToGroup><m:ImAddress>{address}</m:ImAddress></m:AddNewImContactToGroup>";

    /// <summary>Returns a SOAP request.</summary>
    /// <param name="operation">The element of the operation.</param>
    /// <param name="mailbox">The mailbox. A request for another than the default mailbox uses impersonation.</param>
    public static string Envelope(string operation, string mailbox)
    {
        var impersonation = mailbox == Mailboxes.Default
            ? ""
            : "<t:ExchangeImpersonation><t:ConnectingSID><t:PrimarySmtpAddress>" + mailbox
                + "</t:PrimarySmtpAddress></t:ConnectingSID></t:ExchangeImpersonation>";
        return """<?xml version="1.0" encoding="utf-8"?><soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" """
            + """xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types" """
            + """xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages"><soap:Header>"""
            + $"""<t:RequestServerVersion Version="Exchange2013"/>{impersonation}</soap:Header>"""
            + $"<soap:Body>{operation}</soap:Body></soap:Envelope>";
    }

    /// <summary>Returns an HTTP request with a SOAP request.</summary>
    public static byte[] Http(string path, string operation, string mailbox)
    {
        var body = Envelope(operation, mailbox);
        return Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {ContentType}\r\nContent-Length: {body.Length}\r\n\r\n{body}"));
    }
}
