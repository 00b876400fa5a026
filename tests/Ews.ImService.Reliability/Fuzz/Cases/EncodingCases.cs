using System.Text;
using Ews.ImService.Reliability.Fuzz.Mutation;
using Ews.ImService.Reliability.Fuzz.Oracles;
using Ews.ImService.Reliability.Fuzz.Wire;

namespace Ews.ImService.Reliability.Fuzz.Cases;

/// <summary>Character encodings: those that the charset parameter, the byte order mark, the declaration and the bytes name.</summary>
internal sealed class EncodingCases(SchemaVerdict verdict) : CaseGenerator("encodings", weight: 5)
{
    private static readonly (string Name, Encoding Encoding)[] Encodings =
    [
        ("utf-8", Strict(65001)), ("utf-16", Strict(1200)), ("utf-16BE", Strict(1201)), ("iso-8859-1", Strict(28591)),
        ("us-ascii", Strict(20127)), ("utf-32", Strict(12000)), ("utf-32BE", Strict(12001)),
    ];

    private static readonly string[] OddNames =
        ["utf-7", "utf8", "x", "ibm037", "windows-1252", "", "\"utf-8\"", "'utf-8'", "utf-8;", "=", "\"", "UTF-8", "unicode", "ebcdic",
         "\u00e9"];

    private static readonly byte[][] InvalidUtf8 =
    [
        [0xC0, 0x80], [0xF5, 0x80, 0x80, 0x80], [0x80], [0xC3], [0xED, 0xA0, 0x80], [0xE0, 0x80, 0xAF], [0xF0, 0x82, 0x82, 0xAC], [0xFF],
    ];

    public override FuzzCase Create(Random random)
    {
        var (name, encoding) = random.Choose(Encodings);
        var declared = random.Next(3) switch
        {
            0 => "",
            1 => $" encoding=\"{name}\"",
            _ => $" encoding=\"{NameOf(random)}\"",
        };
        var text = Requests.Envelope("<m:GetImItems/>", Mailboxes.Default)
            .Replace(" encoding=\"utf-8\"", declared, StringComparison.Ordinal)
            .Replace("<m:GetImItems/>", $"<!--{random.Choose(["", "x", "é"])}--><m:GetImItems/>", StringComparison.Ordinal);
        var hasMark = random.OneIn(3);
        byte[] bytes = [.. hasMark ? encoding.GetPreamble() : [], .. Encode(name, text)];
        if (random.OneIn(10))
            bytes = random.Damage(bytes);
        if (random.OneIn(4))
            return InvalidSequence(random, text);
        var charset = random.Next(3) switch
        {
            0 => null,
            1 => name,
            _ => NameOf(random),
        };
        var contentType = charset is null ? "text/xml" : $"text/xml; charset={charset}";
        return new FuzzCase(FuzzTarget.Ews, HttpText.Ews(bytes, contentType), Judge(charset, bytes), $"{name} as {charset}");
    }

    private static FuzzCase InvalidSequence(Random random, string text)
    {
        var at = text.IndexOf("<!--", StringComparison.Ordinal) + 4;
        byte[] bytes = [.. Encode("utf-8", text[..at]), .. random.Choose(InvalidUtf8), .. Encode("utf-8", text[at..])];
        return new FuzzCase(FuzzTarget.Ews, HttpText.Ews(bytes), Expectation.Rejection, "invalid UTF-8");
    }

    private static string NameOf(Random random) => random.OneIn(2) ? random.Choose(Encodings).Name : random.Choose(OddNames);

    private static byte[] Encode(string name, string text) => Encoding.GetEncoding(name).GetBytes(text);

    /// <summary>Judges a body with a charset. Without one, or with one that leaves the byte order open, any response is correct.</summary>
    private Expectation Judge(string? charset, byte[] bytes)
    {
        var encoding = Encodings.FirstOrDefault(one => one.Name == charset && charset is not "utf-16").Encoding;
        if (encoding is null)
            return Expectation.Any;
        try
        {
            var text = encoding.GetString(bytes);
            return verdict.Judge(text.StartsWith('\uFEFF') ? text[1..] : text);
        }
        catch (DecoderFallbackException)
        {
            return Expectation.Rejection;
        }
    }

    private static Encoding Strict(int codePage) =>
        Encoding.GetEncoding(codePage, EncoderFallback.ReplacementFallback, DecoderFallback.ExceptionFallback);
}
