using System.Net;
using System.Threading.Channels;
using System.Xml.Linq;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Ews.ImService.Tests.Operations.Notifications;

/// <summary>A client that receives push notifications.</summary>
internal sealed class NotificationListener : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly WebApplication _application;
    private readonly Channel<Notification> _received = Channel.CreateUnbounded<Notification>();

    private NotificationListener(WebApplication application) => _application = application;

    /// <summary>Gets the URL for Subscribe.</summary>
    public string Url => _application.Urls.Single() + "/listener";

    /// <summary>Gets or sets the response to the next notifications.</summary>
    public Func<HttpContext, Task> Respond { get; set; } = Status("OK");

    /// <summary>Gets the number of notifications that were received and not read.</summary>
    public int Count => _received.Reader.Count;

    public static async Task<NotificationListener> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.Services.Configure<KestrelServerOptions>(options => options.Listen(IPAddress.Loopback, 0));
        var application = builder.Build();
        var listener = new NotificationListener(application);
        application.Run(listener.ReceiveAsync);
        await application.StartAsync();
        return listener;
    }

    /// <summary>Returns a response with a SubscriptionStatus, as exchangelib writes it.</summary>
    public static Func<HttpContext, Task> Status(string status) => context =>
    {
        context.Response.ContentType = "text/xml; charset=utf-8";
        return context.Response.WriteAsync(
            "<?xml version='1.0' encoding='utf-8'?><s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body>"
            + "<m:SendNotificationResult xmlns:m='http://schemas.microsoft.com/exchange/services/2006/messages'>"
            + $"<m:SubscriptionStatus>{status}</m:SubscriptionStatus></m:SendNotificationResult></s:Body></s:Envelope>");
    };

    /// <summary>Returns a response with a status of HTTP.</summary>
    public static Func<HttpContext, Task> Fail(int statusCode) => context =>
    {
        context.Response.StatusCode = statusCode;
        context.Response.Headers.Location = "/elsewhere";
        return Task.CompletedTask;
    };

    /// <summary>Returns the next notification.</summary>
    public Task<Notification> ReadAsync() => _received.Reader.ReadAsync().AsTask().WaitAsync(Patience);

    /// <summary>Returns the events of the next notifications with events, up to a number.</summary>
    public async Task<List<string>> ReadEventsAsync(int count)
    {
        var events = new List<string>();
        while (events.Count < count)
            events.AddRange((await ReadAsync()).Events.Where(one => one != "StatusEvent "));
        return events;
    }

    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync(new CancellationToken(canceled: true));
        await _application.DisposeAsync();
    }

    private async Task ReceiveAsync(HttpContext context)
    {
        var envelope = await XElement.LoadAsync(context.Request.Body, LoadOptions.None, context.RequestAborted);
        _received.Writer.TryWrite(new Notification(envelope, context.Request));
        await Respond(context);
    }
}

/// <summary>A notification that was received.</summary>
internal sealed class Notification(XElement envelope, HttpRequest request)
{
    public XElement Envelope => envelope;

    public string Path { get; } = request.Path.ToString();

    public Dictionary<string, string> Headers { get; } =
        request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);

    public string SubscriptionId => Value("SubscriptionId");

    public string PreviousWatermark => Value("PreviousWatermark");

    public string LastWatermark => All("Watermark")[^1].Value;

    public bool HasMore => Value("MoreEvents") == "true";

    public string Code => Value("ResponseCode");

    public List<string> Events => All("Notification").Single().Elements()
        .Where(one => one.Name.LocalName.EndsWith("Event", StringComparison.Ordinal))
        .Select(EventStreamReader.Describe)
        .ToList();

    private string Value(string name) => All(name).Single().Value;

    private List<XElement> All(string name) => envelope.Descendants().Where(one => one.Name.LocalName == name).ToList();
}
