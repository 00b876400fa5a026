using System.IO.Compression;
using System.IO.Pipelines;
using System.Net;
using System.Text;
using Ews.ImService.Protocol;
using Ews.ImService.Protocol.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Ews.ImService.Tests.Http;

public sealed class RequestContentTests
{
    [Theory]
    [InlineData("text/xml; charset=utf-8")]
    [InlineData("text/xml;charset=UTF-8")]
    [InlineData("text/xml")]
    [InlineData("TEXT/XML")]
    [InlineData("application/xml")]
    [InlineData("application/atom+xml")]
    [InlineData("")]
    [InlineData(null)]
    public async Task XML_media_types_and_a_missing_content_type_are_accepted(string? contentType)
    {
        await using var service = await TestService.StartAsync();

        var response = await service.PostAsync(Encoding.UTF8.GetBytes(EwsRequest.AddImGroup("Team")), contentType);

        response.Should().Succeed();
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("text/plain")]
    [InlineData("xml")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/soap+xml")]
    [InlineData("application/soap+xml; charset=utf-8; action=\"a\"")]
    public async Task Any_other_media_type_gets_415_and_changes_nothing(string contentType)
    {
        await using var service = await TestService.StartAsync();

        var response = await service.PostAsync(Encoding.UTF8.GetBytes(EwsRequest.AddImGroup("Team")), contentType);

        response.Status.Should().Be(415);
        response.Text.Should().Contain(contentType);
        (await service.MailboxAsync()).Should().BeNull();
    }

    [Theory]
    [InlineData(10)]
    [InlineData(11)]
    public async Task A_body_without_a_length_is_read_up_to_the_limit(int length)
    {
        var pipe = new Pipe();
        await pipe.Writer.WriteAsync(new byte[length]);
        await pipe.Writer.CompleteAsync();
        var context = new DefaultHttpContext();
        context.Features.Set<IRequestBodyPipeFeature>(new BodyPipe(pipe.Reader));

        using var body = await new RequestBodies(new EwsOptions()).ReceiveAsync(context.Request, maxBytes: 10, CancellationToken.None);

        (body.Rejection is null ? body.Bytes.Length : (int?)null).Should().Be(length == 10 ? 10 : null);
    }

    [Theory]
    [InlineData("Content-Encoding: identity\r\nContent-Encoding: compress\r\n", 415)]
    [InlineData("Content-Encoding: identity\r\nContent-Encoding: gzip\r\n", 415)]
    [InlineData("Content-Encoding: identity\r\n", 500)]
    public async Task Every_content_encoding_must_be_supported(string headers, int status)
    {
        await using var service = await TestService.StartAsync();

        var response = await RawConnection.ExchangeAsync(
            service.Client.BaseAddress!,
            $"POST {EwsOptions.Path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 4\r\n{headers}\r\n<a/>");

        RawConnection.StatusOf(response).Should().Be(status);
    }

    [Fact]
    public async Task A_compressed_request_is_read_and_a_response_is_compressed_on_request()
    {
        await using var service = await TestService.StartAsync();
        using var handler = new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.GZip };
        using var client = new HttpClient(handler) { BaseAddress = service.Client.BaseAddress };

        using var plain = await service.Client.PostAsync(EwsOptions.Path, Gzipped(EwsRequest.GetImItemList()));
        using var response = await client.PostAsync(EwsOptions.Path, Gzipped(EwsRequest.GetImItemList()));
        service.Client.DefaultRequestHeaders.Add("Accept-Encoding", "gzip, deflate");
        using var compressed = await service.Client.PostAsync(EwsOptions.Path, Gzipped(EwsRequest.GetImItemList()));

        plain.Content.Headers.ContentEncoding.Should().BeEmpty("the client did not request it");
        compressed.Content.Headers.ContentEncoding.Should().Equal("gzip");
        (await response.Content.ReadAsStringAsync()).Should().Be(await plain.Content.ReadAsStringAsync()).And.Contain("NoError");
    }

    [Fact]
    public async Task A_body_that_decompresses_beyond_the_limit_gets_413_and_a_damaged_one_400()
    {
        await using var service = await TestService.StartAsync();
        using var bomb = Gzipped(EwsRequest.AddImGroup("Team") + new string(' ', 100_000_000));
        using var damaged = Content([1, 2, 3], "gzip");
        using var unknown = Content([1, 2, 3], "zstd");

        (await service.Client.PostAsync(EwsOptions.Path, bomb)).StatusCode.Should().Be(HttpStatusCode.RequestEntityTooLarge);
        (await service.Client.PostAsync(EwsOptions.Path, damaged)).StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await service.Client.PostAsync(EwsOptions.Path, unknown)).StatusCode.Should().Be(HttpStatusCode.UnsupportedMediaType);
        (await service.MailboxAsync()).Should().BeNull();
    }

    [Theory]
    [InlineData("br", 0, 415)]
    [InlineData("deflate", 0, 415)]
    [InlineData("gzip, gzip", 0, 415)]
    [InlineData("gzip", 1, 400)]
    [InlineData("gzip", 8, 400)]
    [InlineData("gzip", 100, 400)]
    [InlineData("GZIP", 100, 400)]
    public async Task An_incomplete_compressed_body_is_rejected_and_changes_nothing(string encoding, int missing, int status)
    {
        await using var service = await TestService.StartAsync();
        var whole = await Gzipped(EwsRequest.AddImGroup("Team")).ReadAsByteArrayAsync();
        using var content = Content(whole[..^missing], encoding);

        using var response = await service.Client.PostAsync(EwsOptions.Path, content);

        ((int)response.StatusCode).Should().Be(status);
        (await service.MailboxAsync()).Should().BeNull();
        (await service.PostAsync(EwsRequest.AddImGroup("Team"))).Should().Succeed();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_above_the_limit_gets_413_and_one_at_the_limit_is_processed(bool withLength)
    {
        var fits = EwsRequest.AddImGroup(new string('a', 3000));
        await using var service = await TestService.StartAsync(new EwsOptions { MaxRequestBytes = fits.Length });

        var tooLarge = await PostChunkedAsync(service, EwsRequest.AddImGroup(new string('b', 3001)), withLength);
        var atTheLimit = await PostChunkedAsync(service, fits, withLength);

        tooLarge.StatusCode.Should().Be(HttpStatusCode.RequestEntityTooLarge);
        atTheLimit.StatusCode.Should().Be(HttpStatusCode.OK);
        (await service.MailboxAsync())!.Groups.Values.Should()
            .ContainSingle(group => group.DisplayName.Length == 3000)
            .And.NotContain(group => group.DisplayName.Length == 3001);
    }

    [Fact]
    public async Task A_body_of_one_megabyte_is_accepted_by_default()
    {
        await using var service = await TestService.StartAsync();
        var name = new string('a', 1024 * 1024 - EwsRequest.AddImGroup("").Length);

        var fits = await service.PostAsync(EwsRequest.AddImGroup(name));
        var tooLarge = await service.PostAsync(EwsRequest.AddImGroup(name + "b"));

        fits.Should().Succeed().Value("DisplayName").Should().Be(name);
        tooLarge.Status.Should().Be(413);
    }

    [Fact]
    public async Task A_limit_above_that_of_the_web_server_applies()
    {
        await using var service = await TestService.StartAsync(new EwsOptions { MaxRequestBytes = 40_000_000 });

        var response = await service.PostAsync(EwsRequest.AddImGroup("Team") + new string(' ', 31_000_000));

        response.Should().Succeed();
    }

    private static ByteArrayContent Content(byte[] bytes, string encoding) => new(bytes)
    {
        Headers = { { "Content-Type", "text/xml" }, { "Content-Encoding", encoding } },
    };

    private static ByteArrayContent Gzipped(string text)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        return Content(bytes.ToArray(), "gzip");
    }

    private static async Task<HttpResponseMessage> PostChunkedAsync(TestService service, string body, bool withLength)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, EwsOptions.Path);
        request.Content = new StringContent(body, Encoding.UTF8, "text/xml");
        request.Headers.TransferEncodingChunked = !withLength;
        return await service.Client.SendAsync(request);
    }

    private sealed record BodyPipe(PipeReader Reader) : IRequestBodyPipeFeature;
}
