using System.Text;
using Ews.ImService.Reliability.Fuzz.Mutation;
using Ews.ImService.Reliability.Fuzz.Wire;

namespace Ews.ImService.Reliability.Fuzz.Cases;

/// <summary>HTTP messages with wrong or ambiguous lengths, line ends, versions and targets.</summary>
internal sealed class FramingCases() : CaseGenerator("HTTP framing", weight: 8)
{
    private const string Type = "Content-Type: text/xml; charset=utf-8\r\n";
    private const string Host = "Host: localhost\r\n";
    private const string Start = "POST /EWS/Exchange.asmx HTTP/1.1\r\n";

    private static readonly string Soap = Requests.Envelope("<m:GetImItems/>", Mailboxes.Default);
    private static readonly string OneChunk = $"{Soap.Length:x}\r\n{Soap}\r\n0\r\n\r\n";
    private static readonly string Length = $"Content-Length: {Soap.Length}\r\n";

    private static readonly string[] BadChunkSizes = ["-1", "zz", "FFFFFFFFFFFFFFFFF", "0x5", "", "g", "7FFFFFFF", "80000000", "+5", "5,5"];
    private static readonly string[] BadLengths = ["-1", "+5", "0x10", "99999999999999999999", "", "1, 1", "1;", "a", "1 1", "2147483648"];
    private static readonly string[] Encodings =
        ["chunked, chunked", "gzip, chunked", "identity", "xchunked", "chunked, identity", "\tchunked", "chunked;q=1", "", "\"chunked\"",
         "CHUNKED"];

    private static readonly string[] Versions =
        ["HTTP/0.9", "HTTP/1.2", "HTTP/2.0", "HTTP/3", "HTTP/1.1.1", "http/1.1", "HTTP/11", "HTTPS/1.1", "", "HTTP/1.", "ICAP/1.0"];

    private static readonly string[] Heads =
    [
        $"POST http://localhost/EWS/Exchange.asmx HTTP/1.1\r\n{Host}{Type}{Length}\r\n",
        $"POST http://evil.example/EWS/Exchange.asmx HTTP/1.1\r\n{Host}{Type}{Length}\r\n",
        $"POST /EWS/Exchange.asmx HTTP/1.0\r\n{Type}{Length}\r\n", $"{Start}{Type}{Length}\r\n", $"{Start}{Host}{Host}{Type}{Length}\r\n",
        $"{Start}{Host}{Type}Expect: 100-continue\r\n{Length}\r\n", $"{Start}{Host}{Type}Expect: x\r\n{Length}\r\n",
        $"{Start}{Host}Content-Type: text/xml;\r\n charset=utf-8\r\n{Length}\r\n", $"{Start}{Host}{Type}Content-Length : 5\r\n{Length}\r\n",
        $"{Start}{Host} {Type}{Length}\r\n", $"\r\n\r\n{Start}{Host}{Type}{Length}\r\n",
        $"POST\t/EWS/Exchange.asmx HTTP/1.1\r\n{Host}{Length}\r\n",
        $"{Start}{Host}{Type}{Length}Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n",
        $"{Start}{Host}{Type}{Length}Trailer: X\r\nTE: trailers\r\n\r\n", $"{Start.Replace("\r\n", "\n")}Host: localhost\n{Length}\r\n",
    ];

    private static readonly byte[][] OtherProtocols =
    [
        [.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8, 0, 0, 0, 4, 0, 0, 0, 0, 0], [0x16, 0x03, 0x01, 0x00, 0x05, 0x01, 0x00, 0x00, 0x01, 0x03],
        [.. "SSH-2.0-x\r\n"u8], [.. "GET /\r\n"u8], [0], [.. "\r\n\r\n\r\n"u8], [.. "HELO x\r\n"u8], [.. "POST"u8], [],
    ];

    public override FuzzCase Create(Random random)
    {
        var (bytes, maxSuccesses) = random.Next(14) switch
        {
            0 => (Chunked(random, ""), 1),
            1 => (Chunked(random, random.Choose(BadChunkSizes) + "\r\n"), 0),
            2 => (Text($"{Start}{Host}{Type}Content-Length: {random.Choose(BadLengths)}\r\n\r\n{Soap}"), 0),
            3 => (Text($"{Start}{Host}{Type}{Length}Content-Length: {Soap.Length + random.Next(1, 9)}\r\n\r\n{Soap}"), 0),
            4 => (Text($"{Start}{Host}{Type}Content-Length: {random.Next(9)}\r\nTransfer-Encoding: chunked\r\n\r\n{OneChunk}"), 1),
            5 => (Text($"{Start}{Host}{Type}Transfer-Encoding: {random.Choose(Encodings)}\r\n\r\n{OneChunk}"), 1),
            6 => (Text($"{Start}{Host}{Type}Content-Length: {Soap.Length + random.Next(1, 1000)}\r\n\r\n{Soap}"), 0),
            7 => (Text($"{Start}{Host}{Type}Content-Length: {random.Next(Soap.Length)}\r\n\r\n{Soap}"), 0),
            8 => (Text($"{Start.Replace("HTTP/1.1", random.Choose(Versions))}{Host}{Type}{Length}\r\n{Soap}"), 0),
            9 => (Text(random.Choose(Heads) + Soap), 1),
            10 => (random.Choose(OtherProtocols), 0),
            11 => (Pipeline(random, out var count), count),
            12 => (Text($"{Start}{Host}{new string('a', random.Choose([10, 33_000, 70_000]))}: b\r\n{Length}\r\n{Soap}"), 1),
            _ => (random.Damage(Text($"{Start}{Host}{Type}{Length}\r\n{Soap}")), int.MaxValue),
        };
        return new FuzzCase(FuzzTarget.Ews, bytes, Expectation.Any, "framing")
        {
            IsOneRequest = false,
            MaxSuccesses = maxSuccesses,
            PauseAt = bytes.Length > 1 && random.OneIn(10) ? random.Next(1, bytes.Length) : 0,
        };
    }

    /// <summary>Writes a chunked request. A chunk before the last one can have another size line.</summary>
    private static byte[] Chunked(Random random, string sizeLine)
    {
        var text = new StringBuilder($"{Start}{Host}{Type}Transfer-Encoding: chunked\r\n\r\n");
        for (var start = 0; start < Soap.Length;)
        {
            var size = Math.Min(random.Next(1, Soap.Length + 1), Soap.Length - start);
            var line = sizeLine.Length > 0 && start + size == Soap.Length ? sizeLine : $"{size:x}{random.Choose(["", ";a=b", ";x"])}\r\n";
            text.Append(line).Append(Soap, start, size).Append("\r\n");
            start += size;
        }

        return Text(text + random.Choose(["0\r\n\r\n", "000\r\n\r\n", "0\r\nX: y\r\n\r\n"]));
    }

    private static byte[] Pipeline(Random random, out int count)
    {
        count = random.Choose([2, 3, 20]);
        return [.. Enumerable.Repeat(HttpText.Ews(Soap), count).SelectMany(request => request)];
    }

    private static byte[] Text(string text) => Encoding.Latin1.GetBytes(text);
}
