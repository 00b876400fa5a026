using System.Globalization;
using System.Text;

namespace Ews.ImService.Reliability.Fuzz.Wire;

/// <summary>Writes HTTP requests.</summary>
internal static class HttpText
{
    /// <summary>The path of the EWS endpoint.</summary>
    public const string EwsPath = "/EWS/Exchange.asmx";

    /// <summary>The content type that EWS clients send.</summary>
    public const string SoapType = "text/xml; charset=utf-8";

    /// <summary>Writes a request.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">The path and query.</param>
    /// <param name="body">The body, or <c>null</c> to send neither a body nor its length.</param>
    /// <param name="headers">Further headers, each with its line break.</param>
    public static byte[] Request(string method, string path, byte[]? body, string headers = "")
    {
        var length = body is null ? "" : string.Create(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n");
        return [.. Encoding.Latin1.GetBytes($"{method} {path} HTTP/1.1\r\nHost: localhost\r\n{headers}{length}\r\n"), .. body ?? []];
    }

    /// <summary>Writes an EWS request.</summary>
    public static byte[] Ews(byte[] body, string contentType = SoapType, string headers = "") =>
        Request("POST", EwsPath, body, $"Content-Type: {contentType}\r\n{headers}");

    /// <summary>Writes an EWS request.</summary>
    public static byte[] Ews(string body, string headers = "") => Ews(Encoding.UTF8.GetBytes(body), headers: headers);
}
