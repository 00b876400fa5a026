namespace Ews.ImService.Inspector.Tests.Browser;

/// <summary>The Chromium of the system, which the tests use instead of a downloaded browser.</summary>
internal static class Chromium
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

    private static readonly string[] OtherPlaces =
    [
        "/snap/bin/chromium",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        @"C:\Program Files\Google\Chrome\Application\chrome.exe",
        @"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    ];

    private static readonly Lazy<Task<IBrowser>> Shared = new(LaunchAsync);

    /// <summary>Gets the path of the program, or <c>null</c> if none is installed.</summary>
    public static string? Path { get; } = Find();

    /// <summary>Returns the browser of this process; each test has its own context in it.</summary>
    public static Task<IBrowser> GetAsync() => Shared.Value;

    private static string? Find()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator);
        var onPath = folders.SelectMany(folder => Names.Select(name => System.IO.Path.Combine(folder, name)));
        return onPath.Concat(OtherPlaces).FirstOrDefault(File.Exists);
    }

    private static async Task<IBrowser> LaunchAsync()
    {
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Path, Args = Arguments() });
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            browser.CloseAsync().Wait(TimeSpan.FromSeconds(10));
            playwright.Dispose();
        };
        return browser;
    }

    private static List<string> Arguments()
    {
        List<string> arguments = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic"];

        // Chromium does not start as root with its sandbox.
        if (OperatingSystem.IsLinux() && Environment.UserName == "root")
            arguments.Add("--no-sandbox");
        return arguments;
    }
}
