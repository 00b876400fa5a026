namespace Ews.ImService.Inspector.Tests.Browser;

/// <summary>Marks a test with arguments that requires a browser. It is skipped if no Chromium is installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserTheoryAttribute : TheoryAttribute
{
    /// <summary>Initializes the attribute.</summary>
    public BrowserTheoryAttribute() => Skip = Chromium.Path is null ? BrowserFactAttribute.Reason : null;
}
