using System.IO.Compression;
using System.Text;
using Ews.ImService.Reliability.Fuzz.Mutation;
using Ews.ImService.Reliability.Fuzz.Wire;

namespace Ews.ImService.Reliability.Fuzz.Cases;

/// <summary>Compressed bodies: valid, damaged, nested, very large, and with other names than their encoding.</summary>
internal sealed class CompressionCases() : CaseGenerator("compression", weight: 4)
{
    private const int BombBytes = 64 * 1024 * 1024;

    private static readonly byte[] Plain = Encoding.UTF8.GetBytes(Requests.Envelope("<m:GetImItems/>", Mailboxes.Default));
    private static readonly byte[] Bomb = Gzip(new byte[BombBytes]);

    private static readonly string[] Names =
        ["gzip", "GZIP", "x-gzip", "deflate", "br", "zstd", "compress", "gzip, gzip", "identity, gzip", "gzip;q=1", "identity", "*",
         "\u00e9"];

    private static readonly string[] Accepted =
        ["", "gzip", "gzip, deflate, br", "br", "*", "gzip;q=0", "identity;q=0, *;q=0", "gzip;q=x", ",,,"];

    public override FuzzCase Create(Random random)
    {
        var gzip = Gzip(Plain);
        return random.Next(8) switch
        {
            0 => Case(random, gzip, "gzip", Expectation.Success),
            1 => Case(random, gzip[..random.Next(gzip.Length)], "gzip", Expectation.Rejection),
            2 => Case(random, Plain, "gzip", Expectation.Rejection),
            3 => Case(random, gzip, random.Choose(["deflate", "br", "zstd", "gzip, gzip"]), Expectation.Rejection),
            4 => Case(random, Gzip(gzip), random.Choose(["gzip", "gzip, gzip"]), Expectation.Rejection),
            5 when random.OneIn(20) => Case(random, Bomb, "gzip", Expectation.Rejection),
            5 => Case(random, Deflate(Plain), random.Choose(Names), Expectation.Any),
            _ => Case(random, random.Damage(gzip), random.Choose(Names), Expectation.Any),
        };
    }

    private static FuzzCase Case(Random random, byte[] body, string encoding, Expectation expectation)
    {
        var accepted = random.Choose(Accepted);
        var headers = $"Content-Encoding: {encoding}\r\n" + (accepted.Length > 0 ? $"Accept-Encoding: {accepted}\r\n" : "");
        return new FuzzCase(FuzzTarget.Ews, HttpText.Ews(body, headers: headers), expectation, encoding);
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Fastest))
            gzip.Write(bytes);
        return output.ToArray();
    }

    private static byte[] Deflate(byte[] bytes)
    {
        using var output = new MemoryStream();
        using (var deflate = new DeflateStream(output, CompressionLevel.Fastest))
            deflate.Write(bytes);
        return output.ToArray();
    }
}
