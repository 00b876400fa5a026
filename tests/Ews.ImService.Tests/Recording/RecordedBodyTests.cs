using System.IO.Compression;
using System.Text;
using Ews.ImService.Control.Contract;
using Ews.ImService.Recording;

namespace Ews.ImService.Tests.Recording;

public sealed class RecordedBodyTests
{
    private const string Form = "application/x-www-form-urlencoded; charset=utf-8";
    private const string Json = "application/json";

    [Theory]
    [InlineData("user=anna&password=hunter2", Form, "user=anna&password=(hidden)")]
    [InlineData("""{"user":"anna","a":[{"access_token":"eyJ"}]}""", Json, """{"user":"anna","a":[{"access_token":"(hidden)"}]}""")]
    [InlineData("""{"password":{"value":"hunter2"}}""", "text/plain", """{"password":"(hidden)"}""")]
    [InlineData("""{"password":"hunt""", Json, "(hidden)")]
    [InlineData("<html><p>Password: hunter2", "text/html", "(hidden)")]
    [InlineData("password: hunter2", "text/plain", "(hidden)")]
    public void Secrets_are_removed(string body, string contentType, string recorded) =>
        Create(Encoding.UTF8.GetBytes(body), contentType).Should().BeEquivalentTo(new { Body = recorded, IsRedacted = true });

    [Theory]
    [InlineData("<a><PasswordExpirationDate/></a>", "text/xml")]
    [InlineData("<Envelope><a Id='AuthPass'/></Envelope><Envelope/>", "text/xml")]
    [InlineData("<a>1&amp;token=2</a>", Form)]
    [InlineData("a=1;b=2", Form)]
    [InlineData("""{ "a": 1 }""", Json)]
    [InlineData("", Json)]
    [InlineData("Service unavailable", "text/plain")]
    public void Bodies_without_secrets_are_kept(string body, string contentType) =>
        Create(Encoding.UTF8.GetBytes(body), contentType).Should().BeEquivalentTo(new { Body = body, IsRedacted = false });

    [Fact]
    public void Bodies_that_cannot_be_read_are_hidden()
    {
        var gzip = Compress("<a>password: hunter2 " + string.Concat(Enumerable.Range(0, 10_000)));

        Create(CompressedBody.Decode(gzip[..^(gzip.Length / 2)], "gzip"), "text/xml").Body.Should().Be("(hidden)");
        Create(CompressedBody.Decode(gzip, "zstd"), "text/xml").Body.Should().Be("(hidden)");
        Create([0xFF, .. "password=hunter2"u8], Form).Should().BeEquivalentTo(new { Body = "(hidden)", BodyBase64 = (string?)null });
    }

    [Fact]
    public void XML_in_another_encoding_is_kept()
    {
        var body = Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes("<a>é</a>")).ToArray();

        Create(body, "text/xml").BodyBase64.Should().Be(Convert.ToBase64String(body));
    }

    private static JournalMessage Create(byte[]? body, string contentType) =>
        RecordedBody.Create(new Dictionary<string, string>(), body, contentType);

    private static byte[] Compress(string text)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionMode.Compress))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        return compressed.ToArray();
    }
}
