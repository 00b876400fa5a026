namespace Ews.ImService.Inspector.Tests.Browser;

/// <summary>The browser window and the service of a scenario.</summary>
internal sealed record InspectorOptions
{
    public static InspectorOptions Wide { get; } = new();

    public static InspectorOptions Narrow { get; } = new() { Width = 360, Height = 740 };

    public int Width { get; init; } = 1280;

    public int Height { get; init; } = 800;

    public ColorScheme ColorScheme { get; init; } = ColorScheme.Light;

    /// <summary>Gets settings of the service.</summary>
    public Dictionary<string, string?> Settings { get; init; } = [];
}
