namespace Ews.ImService.Inspector.Tests.Browser;

/// <summary>Finds elements of the page by role and accessible name, as assistive technology does.</summary>
internal static class Elements
{
    public static ILocator Requests(this IPage page) => page.GetByRole(AriaRole.Grid, new() { Name = "Requests", Exact = true });

    /// <summary>Returns the rows of the request list that contain a text, without its header.</summary>
    public static ILocator RequestRows(this IPage page, string text = "") =>
        page.Requests().GetByRole(AriaRole.Row).Filter(new() { Has = page.GetByRole(AriaRole.Gridcell), HasText = text });

    /// <summary>Returns the region of a request beside the list.</summary>
    public static ILocator Entry(this IPage page, long id) => page.Region($"Request {id}");

    public static ILocator Region(this IPage page, string name) => page.GetByRole(AriaRole.Region, new() { Name = name, Exact = true });

    public static ILocator Region(this ILocator parent, string name) =>
        parent.GetByRole(AriaRole.Region, new() { Name = name, Exact = true });

    /// <summary>Returns the link to a view; the state of the view can follow its name.</summary>
    public static ILocator View(this IPage page, string name) => page
        .GetByRole(AriaRole.Navigation, new() { Name = "Views", Exact = true })
        .GetByRole(AriaRole.Link, new() { NameRegex = new($"^{name}( |$)") });

    public static ILocator Content(this IPage page) => page.GetByRole(AriaRole.Main);

    public static ILocator Button(this IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public static ILocator Button(this ILocator parent, string name) =>
        parent.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    /// <summary>Returns a field by its label. The text of a label around a list contains the options; its accessible name does
    /// not.</summary>
    public static ILocator Field(this ILocator parent, string label) => parent
        .GetByLabel(label, new() { Exact = true })
        .Or(parent.GetByRole(AriaRole.Combobox, new() { Name = label, Exact = true }));

    public static ILocator DialogBox(this IPage page, string name) => page.GetByRole(AriaRole.Dialog, new() { Name = name, Exact = true });

    /// <summary>Returns the state of the event stream.</summary>
    public static ILocator StreamState(this IPage page, string text) =>
        page.GetByRole(AriaRole.Status).Filter(new() { HasText = text });

    public static ILocator FaultRules(this IPage page) => page.GetByRole(AriaRole.Table, new() { Name = "Fault rules", Exact = true });
}
