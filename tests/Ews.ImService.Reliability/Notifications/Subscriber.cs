using System.Text;
using System.Text.RegularExpressions;

namespace Ews.ImService.Reliability.Notifications;

/// <summary>A client with one streaming subscription to the IM groups of a mailbox, and the events that it received.</summary>
internal sealed partial class Subscriber : IDisposable
{
    private const string End = "</Envelope>";
    private const int Minutes = 30;

    private readonly HttpResponseMessage _response;
    private readonly List<string> _events = [];

    private Subscriber(HttpResponseMessage response) => _response = response;

    /// <summary>Gets the events in the order of their arrival, each as the kind and the id of the object.</summary>
    public IReadOnlyList<string> Events
    {
        get
        {
            lock (_events)
                return [.. _events];
        }
    }

    /// <summary>Gets the number of events.</summary>
    public int Count
    {
        get
        {
            lock (_events)
                return _events.Count;
        }
    }

    /// <summary>Gets a task that completes when the service ends the connection; <c>true</c> if it announced the end.</summary>
    public Task<bool> Ended { get; private set; } = Task.FromResult(false);

    /// <summary>Subscribes, and opens the streaming connection.</summary>
    /// <param name="http">The client of HTTP.</param>
    /// <param name="ews">The client of EWS.</param>
    public static async Task<Subscriber> OpenAsync(HttpClient http, EwsClient ews)
    {
        var subscribed = await ews.CallAsync(
            "<m:Subscribe><m:StreamingSubscriptionRequest><t:FolderIds><t:DistinguishedFolderId Id='imcontactlist'/></t:FolderIds>"
            + "<t:EventTypes><t:EventType>CreatedEvent</t:EventType><t:EventType>ModifiedEvent</t:EventType>"
            + "<t:EventType>DeletedEvent</t:EventType></t:EventTypes></m:StreamingSubscriptionRequest></m:Subscribe>",
            Mailboxes.Default);
        if (SubscriptionId().Match(subscribed) is not { Success: true } id)
            throw new RunException($"Subscribe failed: {subscribed}");
        var request = Requests.Envelope(
            $"<m:GetStreamingEvents><m:SubscriptionIds><t:SubscriptionId>{id.Groups[1].Value}</t:SubscriptionId></m:SubscriptionIds>"
            + $"<m:ConnectionTimeout>{Minutes}</m:ConnectionTimeout></m:GetStreamingEvents>",
            Mailboxes.Default);
        using var message = new HttpRequestMessage(HttpMethod.Post, Requests.EwsPath)
        {
            Content = new StringContent(request, Encoding.UTF8, "text/xml"),
        };
        var subscriber = new Subscriber(await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead));
        var opened = new TaskCompletionSource();
        subscriber.Ended = Task.Run(() => subscriber.ReadAsync(opened));
        await await Task.WhenAny(opened.Task, subscriber.Ended);
        return subscriber;
    }

    /// <inheritdoc/>
    public void Dispose() => _response.Dispose();

    private async Task<bool> ReadAsync(TaskCompletionSource opened)
    {
        await using var stream = await _response.Content.ReadAsStreamAsync();
        var buffer = new byte[16 * 1024];
        var text = new StringBuilder();
        var isClosed = false;
        while (await stream.ReadAsync(buffer) is > 0 and var length)
        {
            text.Append(Encoding.UTF8.GetString(buffer, 0, length));
            for (var received = text.ToString(); received.IndexOf(End, StringComparison.Ordinal) is >= 0 and var end;)
            {
                var envelope = received[..end];
                received = received[(end + End.Length)..];
                text.Clear().Append(received);
                Add(envelope);
                isClosed |= envelope.Contains(">Closed<", StringComparison.Ordinal);
                opened.TrySetResult();
            }
        }

        return isClosed;
    }

    private void Add(string envelope)
    {
        if (envelope.Contains("\"Error\"", StringComparison.Ordinal))
            throw new RunException($"A streaming connection reported an error: {envelope}");
        lock (_events)
            _events.AddRange(Event().Matches(envelope).Select(one => $"{one.Groups[1].Value} {one.Groups[2].Value}"));
    }

    [GeneratedRegex("<m?:?SubscriptionId>([^<]+)<")]
    private static partial Regex SubscriptionId();

    [GeneratedRegex("""<(\w+)Event(?: [^>]*)?>.*?<(?:Item|Folder)Id Id="([^"]+)""")]
    private static partial Regex Event();
}
