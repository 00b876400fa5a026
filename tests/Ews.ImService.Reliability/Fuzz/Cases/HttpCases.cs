using System.Text;
using Ews.ImService.Reliability.Fuzz.Mutation;
using Ews.ImService.Reliability.Fuzz.Wire;

namespace Ews.ImService.Reliability.Fuzz.Cases;

/// <summary>Methods, paths and HTTP headers.</summary>
internal sealed class HttpCases() : CaseGenerator("HTTP headers", weight: 10)
{
    private static readonly string Soap = Requests.Envelope("<m:GetImItems/>", Mailboxes.Default);

    private static readonly string[] Methods =
        ["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "post", "FOO", "PROPFIND", "P", "POST ", "M-SEARCH", "CONNECT"];

    private static readonly string[] Paths =
    [
        "/EWS/Exchange.asmx", "/ews/exchange.ASMX", "/EWS/Exchange.asmx/", "/EWS//Exchange.asmx", "/EWS/./Exchange.asmx",
        "//EWS/Exchange.asmx",
        "/EWS/%45xchange.asmx", "/EWS/Exchange.asmx%00", "/EWS/Exchange.asmx?wsdl", "/EWS/Exchange.asmx?a=%ff&b=%", "/EWS/Services.wsdl",
        "/EWS/types.xsd", "/EWS/messages.xsd", "/", "/%2e%2e/", "/livez", "/readyz", "/autodiscover/autodiscover.xml", "/nope", "/EWS/%",
        "*",
        "/autodiscover/autodiscover.svc", "/realms/a/EWS/Exchange.asmx", "/realms//EWS/Exchange.asmx", "/realms/%2f/EWS/Exchange.asmx",
        "/realms/a", "/realms/", "/realms/a%20b/EWS/Exchange.asmx", "/realms/a/realms/b/EWS/Exchange.asmx", "/EWS/Exchange.asmx#x", "/\\",
        "",
    ];

    private static readonly string[] Names =
    [
        "Content-Type", "SOAPAction", "X-Ews-Realm", "Host", "Origin", "Sec-Fetch-Site", "X-Forwarded-Host", "X-Forwarded-Proto",
        "X-Forwarded-For", "client-request-id", "return-client-request-id", "Accept", "Accept-Encoding", "Range", "If-Modified-Since",
        "If-None-Match", "Connection", "Cookie", "User-Agent", "Authorization", "X-AnchorMailbox", "Via", "Forwarded", "Content-MD5",
        "Content-Language", "Expect", "Keep-Alive", "Date", "Referer", "Proxy-Authorization", "X-HTTP-Method-Override", "Upgrade", "",
        "Content Type", "Content-Typ\u00e9", ":authority", "X\0Y",
    ];

    private static readonly string[] HeaderValues =
    [
        "text/xml", "text/xml; charset=utf-8", "application/json", "text/plain", "application/soap+xml", "image/svg+xml", "a/b+xml", "*/*",
        "a",
        "multipart/form-data; boundary=x", "text/xml; charset", "text/xml;;;", "http://localhost", "http://evil.example", "null",
        "file:///x",
        "localhost:99999", "..", "[::1", "a b", "cross-site", "same-origin", "none", "true", "close", "keep-alive", "upgrade", "h2c",
        "websocket",
        "100-continue", "bytes=0-", "r1", "r2", "a.b-c_d", "-r", "r\u00e9", "gzip", "Basic", "Basic eA==", "Bearer x", "NTLM",
        "NTLM TlRMTVNTUAAB",
        "\u001b[31m", "\u007f", "\t", "%0d%0aX: y", "\"", "(x)", "W/\"x\"", "Sat, 21 Nov 2026 08:30:00 GMT",
    ];

    private static readonly string[] BadRealms = ["-", ".a", "a b", "a/b", "%", new string('a', 65)];

    private static readonly string[] RejectedTypes =
        ["application/json", "text/plain", "application/soap+xml", "application/x-www-form-urlencoded", "multipart/form-data", "text/html"];

    public override FuzzCase Create(Random random)
    {
        switch (random.Next(6))
        {
            case 0:
                return Invalid("media type", HttpText.Ews(Encoding.UTF8.GetBytes(Soap), random.Choose(RejectedTypes)));
            case 1:
                return Invalid("origin", HttpText.Ews(Soap, random.Choose(
                    ["Origin: http://evil.example\r\n", "Origin: null\r\n", "Origin: file:///x\r\n", "Sec-Fetch-Site: cross-site\r\n"])));
            case 2:
                return Invalid("realm", HttpText.Ews(Soap, $"X-Ews-Realm: {random.Choose(BadRealms)}\r\n"));
        }

        var method = random.OneIn(3) ? random.Choose(Methods) : "POST";
        var path = random.OneIn(2) ? random.Choose(Paths) : HttpText.EwsPath;
        if (random.OneIn(30))
            path += random.Choose(["?", "/", "%", "a"]) + new string('a', random.Choose([100, 8000, 9000, 40_000]));
        var headers = new StringBuilder();
        for (var count = random.Choose([0, 1, 1, 2, 3, 10, 99, 101]); count > 0; count--)
            headers.Append(null, $"{random.Choose(Names)}: {Value(random)}\r\n");
        var bytes = HttpText.Request(method, path, random.OneIn(8) ? null : Encoding.UTF8.GetBytes(Soap), headers.ToString());
        var what = $"{method} {path[..Math.Min(path.Length, 40)]}";
        return new FuzzCase(FuzzTarget.Ews, bytes, Expectation.Any, what) { IsHead = method == "HEAD" };
    }

    private static FuzzCase Invalid(string what, byte[] request) => new(FuzzTarget.Ews, request, Expectation.Rejection, what);

    private static string Value(Random random) => random.Next(12) switch
    {
        0 => new string('a', random.Choose([100, 100, 100, 8192, 40_000])),
        1 => Values.Any(random).Replace('\n', ' ').Replace('\r', ' '),
        _ => random.Choose(HeaderValues),
    };
}
