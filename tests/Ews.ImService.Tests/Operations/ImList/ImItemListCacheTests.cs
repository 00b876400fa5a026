using System.Buffers;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text;
using Ews.ImService.Mailbox;
using Ews.ImService.Protocol;
using Ews.ImService.Protocol.Interception;
using Ews.ImService.Protocol.Operations.ImList;
using Ews.ImService.Protocol.Xml;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.DependencyInjection;

namespace Ews.ImService.Tests.Operations.ImList;

public sealed class ImItemListCacheTests
{
    private const int ResponseBytes = 1000;
    private const int KeptBytes = ResponseBytes + ImItemListCache.EntryBytes;

    private static readonly MailboxState Mailbox = NewState();

    private readonly ImItemListCache _cache = new(new EwsOptions { ResponseCacheBytes = 3 * KeptBytes }, Compression());
    private int _written;

    [Fact]
    public void A_response_is_written_once_for_a_state()
    {
        var next = NewState();

        var first = Get("a");
        Get("a").Should().BeSameAs(first);
        _written.Should().Be(1);
        Get("a", next).Should().NotBeSameAs(first);
        Get("a", next);
        _written.Should().Be(2);
        _cache.Bytes.Should().Be(KeptBytes, "only the response for the last state is kept");
    }

    [Fact]
    public void The_form_of_a_response_is_part_of_its_key()
    {
        Get("a");
        Get("a", namespaces: EwsNamespaces.Https);
        Get("a", requested: new ExtendedProperties(DisplayName: true));
        Get("b");
        _cache.GetOrWrite(Key("a") with { Mailbox = new MailboxKey("realm", Address("a")) }, Mailbox, Write);

        _written.Should().Be(5);
    }

    [Fact]
    public void The_least_recently_used_responses_are_removed_at_the_maximum_size()
    {
        Get("a");
        Get("b");
        Get("c");
        _cache.Bytes.Should().Be(3 * KeptBytes);
        Get("a");

        Get("d");

        _cache.Bytes.Should().Be(3 * KeptBytes);
        _written.Should().Be(4);
        Get("a");
        Get("c");
        Get("d");
        _written.Should().Be(4, "b was used before the others");
        Get("b");
        _written.Should().Be(5);
    }

    [Fact]
    public void A_response_that_is_larger_than_the_maximum_size_is_returned_but_not_kept()
    {
        var body = _cache.GetOrWrite(Key("a"), Mailbox, _ => new ResponseBody(new byte[3 * KeptBytes]));

        body.Length.Should().Be(3 * KeptBytes);
        _cache.Bytes.Should().Be(0);
        Get("a");
        _written.Should().Be(1);
    }

    [Fact]
    public void Every_full_collection_that_finds_little_memory_removes_all_responses()
    {
        var load = 0L;
        var cache = new ImItemListCache(new EwsOptions(), Compression(), () => (Volatile.Read(ref load), 90));
        foreach (var (found, kept) in new[] { (89, KeptBytes), (90, 0), (89, KeptBytes), (91, 0) })
        {
            cache.GetOrWrite(Key("a"), Mailbox, Write);
            Volatile.Write(ref load, found);

            GC.Collect();
            GC.WaitForPendingFinalizers();

            cache.Bytes.Should().Be(kept);
        }
    }

    [Fact]
    public async Task The_compressed_form_is_created_once_and_counts_against_the_maximum_size()
    {
        Get("a");
        var before = _cache.Bytes;

        var first = await SendAsync(Get("a"));
        var size = _cache.Bytes;
        var second = await SendAsync(Get("a"));

        size.Should().Be(before + first.Length);
        _cache.Bytes.Should().Be(size);
        second.Should().Equal(first);
        using var plain = new MemoryStream();
        await using (var gzip = new GZipStream(new MemoryStream(first), CompressionMode.Decompress))
            await gzip.CopyToAsync(plain);
        plain.ToArray().Should().Equal(Get("a").Bytes.ToArray());
    }

    [Fact]
    public async Task A_removed_response_no_longer_counts_when_it_is_compressed()
    {
        var removed = Get("a");
        var outdated = Get("b");
        Get("b", NewState());
        _cache.OnCollected(memoryLoadBytes: 90, highMemoryLoadThresholdBytes: 90);
        _cache.Bytes.Should().Be(0);
        Get("a", NewState());

        await SendAsync(removed);
        await SendAsync(outdated);

        _cache.Bytes.Should().Be(KeptBytes);
    }

    [Fact]
    public void Full_collections_remove_all_responses_only_if_little_memory_is_available()
    {
        Get("a");
        Get("b");

        _cache.OnCollected(memoryLoadBytes: 89, highMemoryLoadThresholdBytes: 90);
        Get("a");
        _written.Should().Be(2);
        _cache.OnCollected(memoryLoadBytes: 91, highMemoryLoadThresholdBytes: 90);
        _cache.Bytes.Should().Be(0);
        Get("a");
        _written.Should().Be(3);
    }

    [Fact]
    public void A_cache_that_is_no_longer_used_is_collected_although_it_observes_collections()
    {
        var cache = CreateUnused();

        for (var i = 0; i < 10 && cache.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        cache.IsAlive.Should().BeFalse();

        [MethodImpl(MethodImplOptions.NoInlining)]
        static WeakReference CreateUnused() => new(new ImItemListCache(new EwsOptions(), Compression()));
    }

    [Fact]
    public async Task Concurrent_requests_for_a_state_wait_until_its_response_is_written_once()
    {
        using var release = new ManualResetEventSlim();
        var tasks = Enumerable.Range(0, 8).Select(_ => Task.Run(() => _cache.GetOrWrite(Key("a"), Mailbox, parts =>
        {
            release.Wait();
            return Write(parts);
        }))).ToList();
        release.Set();

        var bodies = await Task.WhenAll(tasks);

        bodies.Distinct().Should().ContainSingle();
        _written.Should().Be(1);
    }

    [Fact]
    public void A_part_is_reused_if_the_objects_it_was_written_from_are_the_same()
    {
        object changed = new(), same = new(), other = new();
        var written = new List<object>();

        var first = Write([(same, []), (changed, [other])], null);
        var second = Write([(same, []), (changed, [new object()])], first);

        written.Should().Equal(same, changed, changed);
        second[same].Bytes.Should().BeSameAs(first[same].Bytes);

        Dictionary<object, EncodedPart> Write((object Source, object[] Others)[] list, Dictionary<object, EncodedPart>? earlier)
        {
            var parts = new EncodedParts(EwsNamespaces.Http, earlier);
            foreach (var (source, others) in list)
            {
                parts.Write(new EwsXmlWriter(new ChunkedBuffer(), EwsNamespaces.Http), source, others, xml =>
                {
                    written.Add(source);
                    xml.Type("Persona", "text");
                });
            }

            return parts.Written;
        }
    }

    private static MailboxState NewState() => new(Guid.NewGuid(), Address("a"));

    private static SmtpAddress Address(string name) => SmtpAddress.Parse(name + "@contoso.com");

    private static ImItemListKey Key(string name) => new(new MailboxKey("", Address(name)), EwsNamespaces.Http, default);

    private static Lazy<IResponseCompressionProvider> Compression() => new(() => new ServiceCollection().AddLogging()
        .AddResponseCompression(options =>
        {
            options.MimeTypes = ["text/xml"];
            options.Providers.Add<GzipCompressionProvider>();
        })
        .BuildServiceProvider().GetRequiredService<IResponseCompressionProvider>());

    /// <summary>Sends a body to a client that accepts gzip.</summary>
    private static async Task<byte[]> SendAsync(ResponseBody body)
    {
        var context = new DefaultHttpContext();
        using var sent = new MemoryStream();
        context.Request.Headers.AcceptEncoding = "gzip";
        context.Response.ContentType = "text/xml; charset=utf-8";
        context.Response.Body = sent;
        await body.SendAsync(context);
        context.Response.Headers.ContentEncoding.ToString().Should().Be("gzip");
        return sent.ToArray();
    }

    private ResponseBody Get(
        string name, MailboxState? mailbox = null, EwsNamespaces? namespaces = null, ExtendedProperties requested = default) =>
        _cache.GetOrWrite(
            Key(name) with { Namespaces = namespaces ?? EwsNamespaces.Http, Requested = requested }, mailbox ?? Mailbox, Write);

    private ResponseBody Write(EncodedParts parts)
    {
        Interlocked.Increment(ref _written);
        return new ResponseBody(Encoding.ASCII.GetBytes(new string('x', ResponseBytes)));
    }
}
