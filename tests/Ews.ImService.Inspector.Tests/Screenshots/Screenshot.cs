using Ews.ImService.Inspector.Tests.Browser;

namespace Ews.ImService.Inspector.Tests.Screenshots;

/// <summary>A picture of a view.</summary>
/// <param name="Name">The name of the file, without extension.</param>
/// <param name="View">The address of the view.</param>
/// <param name="Options">The size and the colors.</param>
internal sealed record Screenshot(string Name, string View, InspectorOptions Options)
{
    /// <summary>Opens the view and writes the picture.</summary>
    public async Task TakeAsync(EwsImServer server, string folder)
    {
        await using var session = await InspectorSession.StartAsync(Options, EwsImServer.Attach(server.Url));
        await session.OpenAsync(View);
        await Expect(session.Page.StreamState("Live")).ToBeVisibleAsync();
        await Expect(session.Page.Content().GetByText("Loading…")).ToHaveCountAsync(0);
        await session.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, Name + ".png") });
    }
}
