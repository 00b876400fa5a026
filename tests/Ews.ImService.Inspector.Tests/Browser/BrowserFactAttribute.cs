namespace Ews.ImService.Inspector.Tests.Browser;

/// <summary>Marks a test that requires a browser. It is skipped if no Chromium is installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserFactAttribute : FactAttribute
{
    /// <summary>The reason for which tests are skipped.</summary>
    internal const string Reason = "NOT TESTED: no Chromium is installed. Install it, for example with 'apt-get install chromium'.";

    /// <summary>Initializes the attribute.</summary>
    public BrowserFactAttribute() => Skip = Chromium.Path is null ? Reason : null;
}
