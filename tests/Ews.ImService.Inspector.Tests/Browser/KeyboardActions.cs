namespace Ews.ImService.Inspector.Tests.Browser;

/// <summary>Uses the page as a user without a mouse does.</summary>
internal static class KeyboardActions
{
    private const string IsInList = "focused => focused.closest('[role=grid]')";
    private const string IsNamed =
        "(focused, name) => (focused.ariaLabel ?? focused.innerText ?? '').trim().split('\\n')[0] === name";

    private const string IsInGroup = "(focused, group) => focused.closest('[role=group]')?.ariaLabel === group";

    private const string IsLabeled =
        "(focused, label) => [...(focused.labels ?? [])].some(element => element.innerText.trim().split('\\n')[0] === label)";

    /// <summary>Presses keys one after the other.</summary>
    public static async Task PressKeysAsync(this IPage page, params string[] keys)
    {
        foreach (var key in keys)
            await page.Keyboard.PressAsync(key);
    }

    /// <summary>Moves the focus to the current row of the request list.</summary>
    public static Task TabToListAsync(this IPage page) => page.TabToAsync(IsInList, "the list");

    /// <summary>Moves the focus to the field with a label.</summary>
    public static Task TabToFieldAsync(this IPage page, string label) => page.TabToAsync(IsLabeled, label);

    /// <summary>Moves the focus to the first control of a group.</summary>
    public static Task TabToGroupAsync(this IPage page, string name) => page.TabToAsync(IsInGroup, name);

    /// <summary>Moves the focus to the link or button with a name, and presses Enter.</summary>
    public static async Task ActivateAsync(this IPage page, string name)
    {
        await page.TabToAsync(IsNamed, name);
        await page.Keyboard.PressAsync("Enter");
    }

    private static async Task TabToAsync(this IPage page, string condition, string argument)
    {
        const int MaxStops = 400;
        for (var stop = 0; stop < MaxStops; stop++)
        {
            if (await page.EvaluateAsync<bool>($"argument => Boolean(({condition})(document.activeElement, argument))", argument))
                return;
            await page.Keyboard.PressAsync("Tab");
        }

        throw new InvalidOperationException($"The key Tab does not reach '{argument}'.");
    }
}
