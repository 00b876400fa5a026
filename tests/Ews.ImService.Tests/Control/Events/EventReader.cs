using System.Diagnostics;
using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json;

namespace Ews.ImService.Tests.Control.Events;

/// <summary>A client of the event stream of a service.</summary>
internal sealed class EventReader : IAsyncDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private readonly HttpResponseMessage _response;
    private readonly SseParser<string> _parser;
    private readonly IAsyncEnumerator<SseItem<string>> _events;

    private EventReader(HttpResponseMessage response, Stream stream)
    {
        _response = response;
        _parser = SseParser.Create(stream);
        _events = _parser.EnumerateAsync().GetAsyncEnumerator();
    }

    /// <summary>Gets the id of the last event that had one.</summary>
    public string LastEventId => _parser.LastEventId;

    /// <summary>Gets the last event that was read.</summary>
    public SseItem<string> Current => _events.Current;

    /// <summary>Sends a request for the events.</summary>
    public static async Task<HttpResponseMessage> SendAsync(
        TestService service, string query = "", string? lastEventId = null, string realm = "", params (string Name, string Value)[] headers)
    {
        var path = (realm.Length > 0 ? $"/realms/{realm}" : "") + ControlCalls.Api + "/events" + query;
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (lastEventId is not null)
            request.Headers.Add("Last-Event-ID", lastEventId);
        foreach (var (name, value) in headers)
            request.Headers.Add(name, value);
        return await service.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    public static async Task<EventReader> OpenAsync(
        TestService service, string query = "", string? lastEventId = null, string realm = "")
    {
        var response = await SendAsync(service, query, lastEventId, realm);
        response.StatusCode.Should().Be(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.ToString().Should().Be("text/event-stream");
        return new EventReader(response, await response.Content.ReadAsStreamAsync());
    }

    /// <summary>Returns the data of the next event of a type.</summary>
    /// <exception cref="TimeoutException">There was none within the timeout.</exception>
    public async Task<JsonElement> NextAsync(string type)
    {
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < Timeout && await MoveNextAsync())
        {
            if (_events.Current.EventType == type)
                return JsonDocument.Parse(_events.Current.Data).RootElement;
        }

        throw new TimeoutException($"There was no event {type}.");
    }

    /// <summary>Applies the events of the journal to a list of entries, until it meets a condition.</summary>
    public async Task<JournalView> FollowAsync(JournalView view, Func<JournalView, bool> condition)
    {
        while (!condition(view))
            view = view.Apply(await NextAsync("journal"));
        return view;
    }

    /// <summary>Returns <c>true</c> if there is another event; <c>false</c> if the stream ended.</summary>
    public Task<bool> MoveNextAsync() => _events.MoveNextAsync().AsTask().WaitAsync(Timeout);

    /// <summary>Reads until the stream ends.</summary>
    public async Task ReadToEndAsync()
    {
        while (await MoveNextAsync())
        {
        }
    }

    /// <summary>Disconnects.</summary>
    public ValueTask DisposeAsync()
    {
        _response.Dispose();
        return ValueTask.CompletedTask;
    }
}

/// <summary>The entries of the journal as a client knows them from events: the state by id.</summary>
internal sealed record JournalView(SortedDictionary<long, string> States, int Skipped = 0, int Resets = 0)
{
    public static JournalView Empty => new([]);

    public IEnumerable<long> Ids => States.Keys;

    /// <summary>Returns the list after an event.</summary>
    public JournalView Apply(JsonElement changes)
    {
        var isReset = changes.GetProperty("reset").GetBoolean();
        var states = new SortedDictionary<long, string>(isReset ? [] : States);
        foreach (var id in states.Keys.Where(id => id < changes.GetProperty("firstId").GetInt64()).ToList())
            states.Remove(id);
        foreach (var removed in changes.GetProperty("removed").EnumerateArray())
            states.Remove(removed.GetInt64());
        foreach (var entry in changes.GetProperty("entries").EnumerateArray())
            states[entry.GetProperty("id").GetInt64()] = entry.GetProperty("state").GetString()!;
        return new JournalView(
            states, (isReset ? 0 : Skipped) + changes.GetProperty("skipped").GetInt32(), Resets + (isReset ? 1 : 0));
    }
}
