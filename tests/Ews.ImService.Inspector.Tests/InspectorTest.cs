using System.Runtime.CompilerServices;
using Ews.ImService.Inspector.Tests.Browser;

namespace Ews.ImService.Inspector.Tests;

/// <summary>Runs scenarios in a browser. A scenario also fails if the page does something that <see cref="PageGuard"/> records.</summary>
public abstract class InspectorTest(ITestOutputHelper output)
{
    private protected ITestOutputHelper Output => output;

    /// <summary>Runs a scenario. If it fails, the test output has the console messages and the path of a screenshot.</summary>
    private protected async Task RunAsync(
        Func<InspectorSession, Task> scenario, InspectorOptions? options = null, [CallerMemberName] string name = "")
    {
        await using var session = await InspectorSession.StartAsync(options ?? InspectorOptions.Wide);
        await RunAsync(session, scenario, name);
    }

    /// <summary>Runs a scenario in a window that is open.</summary>
    private protected async Task RunAsync(
        InspectorSession session, Func<InspectorSession, Task> scenario, [CallerMemberName] string name = "")
    {
        try
        {
            await scenario(session);
            session.Guard.Problems.Should().BeEmpty();
        }
        catch (Exception)
        {
            await ReportAsync(session, name);
            throw;
        }
    }

    private async Task ReportAsync(InspectorSession session, string name)
    {
        var screenshot = Path.Combine(AppContext.BaseDirectory, "screenshots", $"{GetType().Name}.{name}.png");
        output.WriteLine($"Page: {session.Page.Url}");
        foreach (var line in session.Guard.Console.Concat(session.Guard.Problems))
            output.WriteLine(line);
        try
        {
            await session.Page.ScreenshotAsync(new() { Path = screenshot });
            output.WriteLine($"Screenshot: {screenshot}");
        }
        catch (PlaywrightException e)
        {
            output.WriteLine($"No screenshot: {e.Message}");
        }
    }
}
