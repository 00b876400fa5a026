using System.Text;
using System.Xml.Linq;
using Ews.ImService.Protocol;

namespace Ews.ImService.Tests.Operations.Notifications;

/// <summary>A client of a streaming connection, which reads one envelope after the other.</summary>
internal sealed class EventStreamReader : IDisposable
{
    private const string End = "</Envelope>";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly HttpResponseMessage _response;
    private readonly Stream _stream;
    private readonly byte[] _buffer = new byte[16 * 1024];
    private string _text = string.Empty;

    private EventStreamReader(HttpResponseMessage response, Stream stream) => (_response, _stream) = (response, stream);

    public HttpResponseMessage Response => _response;

    /// <summary>Gets the envelopes that were received, as text.</summary>
    public List<string> Envelopes { get; } = [];

    /// <summary>Gets the events that were received: the names of their elements, each with the id of the object.</summary>
    public List<string> Events { get; } = [];

    public static async Task<EventStreamReader> OpenAsync(
        HttpClient client, string request, string path = EwsOptions.Path, string? acceptEncoding = null)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(request, Encoding.UTF8, "text/xml"),
        };
        if (acceptEncoding is not null)
            message.Headers.Add("Accept-Encoding", acceptEncoding);
        var response = await client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead).WaitAsync(Patience);
        return new EventStreamReader(response, await response.Content.ReadAsStreamAsync());
    }

    /// <summary>Returns the next envelope, or <c>null</c> at the end of the response.</summary>
    public async Task<XElement?> ReadAsync()
    {
        while (!_text.Contains(End, StringComparison.Ordinal))
        {
            var length = await _stream.ReadAsync(_buffer).AsTask().WaitAsync(Patience);
            if (length == 0)
            {
                _text.Should().BeEmpty("the response ends with a complete envelope");
                return null;
            }

            _text += Encoding.UTF8.GetString(_buffer, 0, length);
        }

        var end = _text.IndexOf(End, StringComparison.Ordinal) + End.Length;
        var envelope = _text[..end];
        _text = _text[end..];
        Envelopes.Add(envelope);
        var xml = XElement.Parse(envelope);
        Events.AddRange(xml.Descendants().Where(one => one.Name.LocalName.EndsWith("Event", StringComparison.Ordinal)).Select(Describe));
        return xml;
    }

    /// <summary>Reads until a number of events have been received.</summary>
    public async Task<List<string>> ReadEventsAsync(int count)
    {
        while (Events.Count < count)
            (await ReadAsync()).Should().NotBeNull($"the connection is open, after {string.Join(", ", Events)}");
        return Events;
    }

    /// <summary>Reads until the response ends, and returns the status or response code of each envelope that was read.</summary>
    public async Task<List<string>> ReadToEndAsync()
    {
        var codes = new List<string>();
        while (await ReadAsync() is { } envelope)
            codes.Add(Code(envelope));
        return codes;
    }

    /// <summary>Returns the error code, the connection status, or <c>Events</c>.</summary>
    public static string Code(XElement envelope)
    {
        var values = envelope.Descendants().Where(one => !one.HasElements).ToLookup(one => one.Name.LocalName, one => one.Value);
        var code = values["ResponseCode"].Single();
        return code != "NoError" ? code : values["ConnectionStatus"].SingleOrDefault("Events");
    }

    public static string Describe(XElement one) =>
        $"{one.Name.LocalName} {one.Elements().FirstOrDefault(id => id.Attribute("Id") is not null)?.Attribute("Id")!.Value}";

    public void Dispose()
    {
        _stream.Dispose();
        _response.Dispose();
    }
}

/// <summary>A clock that runs faster than that of the system by a factor.</summary>
internal sealed class FastClock(int factor) : TimeProvider
{
    public override long GetTimestamp() => base.GetTimestamp() * factor;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, dueTime > TimeSpan.Zero ? dueTime / factor : dueTime, period);
}
