using Ews.ImService.Inspector.Tests.Browser;

namespace Ews.ImService.Inspector.Tests.Screenshots;

/// <summary>Takes the pictures of the documentation.</summary>
internal static class ScreenshotsCommand
{
    private const int Port = 5080;

    private static readonly InspectorOptions Light = new() { Width = 1280, Height = 640 };
    private static readonly InspectorOptions Dark = Light with { ColorScheme = ColorScheme.Dark };

    private static readonly Screenshot[] All =
    [
        new("requests", "#/requests", Light),
        new("requests-dark", "#/requests", Dark),
        new("violation", "#/requests/2", Light with { Height = 900 }),
        new("mailbox", "#/mailbox/alice@contoso.com", Light),
        new("faults-dark", "#/faults", Dark),
        new("requests-narrow", "#/requests", InspectorOptions.Narrow),
    ];

    public static async Task RunAsync(string folder)
    {
        Directory.CreateDirectory(folder);
        await using var server = await EwsImServer.StartAsync(options => options.Port = Port);
        await SampleData.CreateAsync(server);
        foreach (var screenshot in All)
            await screenshot.TakeAsync(server, folder);
    }
}
