using System.Collections.Concurrent;
using Ews.ImService.Control.Contract;
using Ews.ImService.Protocol;
using Ews.ImService.Recording;
using Ews.ImService.Tls;

namespace Ews.ImService.Tests.Recording;

/// <summary>A recorder on a free loopback port, which keeps its entries in memory.</summary>
internal sealed class TestRecorder : IAsyncDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    private readonly Recorder _recorder;
    private readonly BlockingCollection<JournalEntry> _entries = [];
    private bool _isDisposed;

    private TestRecorder(RecorderOptions options, ServerCertificate? certificate)
    {
        _recorder = Recorder.Create(options, certificate, _entries.Add);
        Client = new HttpClient();
    }

    public HttpClient Client { get; }

    public static Task<TestRecorder> StartAsync(TestService service) => StartAsync(OptionsFor(service));

    public static async Task<TestRecorder> StartAsync(RecorderOptions options, ServerCertificate? certificate = null)
    {
        var recorder = new TestRecorder(options, certificate);
        await recorder._recorder.StartAsync();
        recorder.Client.BaseAddress = new Uri(new Uri(recorder._recorder.Urls[0]), EwsOptions.Path);
        return recorder;
    }

    public static RecorderOptions OptionsFor(TestService service) =>
        new() { Server = new Uri(service.Client.BaseAddress!, "/"), Urls = ["http://127.0.0.1:0"] };

    /// <summary>Waits for the next entry.</summary>
    public JournalEntry TakeEntry()
    {
        _entries.TryTake(out var entry, Timeout).Should().BeTrue("the exchange ended");
        return entry!;
    }

    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        Client.Dispose();
        await _recorder.DisposeAsync();
        _entries.Dispose();
    }
}
