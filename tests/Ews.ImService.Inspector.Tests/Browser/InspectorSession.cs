namespace Ews.ImService.Inspector.Tests.Browser;

/// <summary>The inspector in a browser window of its own, and the service that it shows.</summary>
internal sealed class InspectorSession : IAsyncDisposable
{
    /// <summary>The limit of all waits; the slowest machine needs a small part of it.</summary>
    private const float Milliseconds = 30_000;

    private readonly IBrowserContext _context;

    private InspectorSession(EwsImServer server, IBrowserContext context, IPage page, PageGuard guard) =>
        (Server, _context, Page, Guard) = (server, context, page, guard);

    public EwsImServer Server { get; }

    public IPage Page { get; }

    public PageGuard Guard { get; }

    /// <summary>Starts a service and opens a window, which shows no page yet.</summary>
    public static async Task<InspectorSession> StartAsync(InspectorOptions options) =>
        await StartAsync(options, await ServiceAsync(options));

    /// <summary>Opens a window for a service that is running.</summary>
    public static async Task<InspectorSession> StartAsync(InspectorOptions options, EwsImServer server)
    {
        SetDefaultExpectTimeout(Milliseconds);
        var browser = await Chromium.GetAsync();
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = new Uri(server.Url, "/").ToString(),
            ViewportSize = new() { Width = options.Width, Height = options.Height },
            ColorScheme = options.ColorScheme,
            ReducedMotion = ReducedMotion.Reduce,
            Locale = "en-US",
            TimezoneId = "America/New_York",
            Permissions = ["clipboard-read", "clipboard-write"],
        });
        context.SetDefaultTimeout(Milliseconds);
        var guard = new PageGuard(context, server.Url);
        return new InspectorSession(server, context, await context.NewPageAsync(), guard);
    }

    /// <summary>Opens a view of the default realm, or of the realm that the path names.</summary>
    public Task OpenAsync(string path = "#/requests") => Page.GotoAsync("/" + path);

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        await Server.DisposeAsync();
    }

    private static Task<EwsImServer> ServiceAsync(InspectorOptions options) => EwsImServer.StartAsync(server =>
    {
        foreach (var (key, value) in options.Settings)
            server.Settings[key] = value;
    });
}
